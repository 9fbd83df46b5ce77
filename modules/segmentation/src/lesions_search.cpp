#include "lesions_search.hpp"

#include "candidates.hpp"
#include "lesions_bright.hpp"
#include "lesions_label.hpp"
#include "lesions_network.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace downstage::segmentation {

namespace {

Found found_from(const Suspect& suspect, const Hearing& hearing)
{
    LabelledRegion whole = labelled_region(suspect, hearing);
    return {.drawn = std::move(whole.region),
            .features = suspect.features,
            .evidence = suspect.evidence,
            .darkness_hu = suspect.region.lev_hu,
            .holds_deposits = whole.holds_deposits,
            .diameter_by_network_mm = diameter_by_network_mm(suspect.region.patch, hearing)};
}

std::vector<Suspect> dark_suspects(const Hearing& hearing)
{
    const std::vector<Candidate> candidates = dark_spots(hearing.tissue, hearing.workers);
    std::vector<Suspect> suspects = best_apart(suspects_among(candidates, hearing), hearing.tissue.grid);
    return pieces_joined(std::move(suspects), hearing);
}

}  // namespace

std::vector<Found> lesions_in(const Hearing& hearing)
{
    std::vector<Suspect> suspects = dark_suspects(hearing);
    std::ranges::move(seen_by_network_alone(suspects, hearing), std::back_inserter(suspects));

    std::vector<Found> found;
    for (const Suspect& suspect : suspects)
        found.push_back(found_from(suspect, hearing));
    if (hearing.arterial != nullptr) found = united_with_bright(std::move(found), hearing);
    std::ranges::stable_sort(
        found, std::ranges::greater{}, [](const Found& one) { return chance_of(one.evidence); });
    return found;
}

}  // namespace downstage::segmentation
