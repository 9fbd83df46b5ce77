#include "downstage/segmentation/liver.hpp"

#include "downstage/imaging/orient.hpp"
#include "downstage/imaging/resample.hpp"

#include "liver_disagreement.hpp"
#include "liver_finding.hpp"
#include "liver_network.hpp"
#include "liver_place.hpp"
#include "liver_surface.hpp"
#include "self_check.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

namespace downstage::segmentation {

namespace {

using Answer = std::variant<Finding, NoLiver>;

// Below it the two are not the same organ, and the one with fewer doubts stays.
constexpr double gross_agreement = 0.70;

constexpr double dome_margin_mm = 30.0;  // the liver's dome may lie over where the search begins

/// The slices that the network is to look at: those of the search, and some over them.
Volume slices_of_search(const Volume& upright, const Place& place)
{
    const Grid& grid = upright.grid();
    const Grid& part = place.tissue.soft.grid();
    const SliceRange& search = place.landmarks.search;
    const auto slice_at = [&](std::int32_t k, double margin_mm) {
        const double own_k = to_voxel(grid, to_lps(part, Index{0, 0, k})).k + margin_mm / grid.spacing_mm.k;
        return std::clamp(static_cast<std::int32_t>(std::lround(own_k)), 0, grid.size.k - 1);
    };
    const std::int32_t first = slice_at(search.bottom_k, -part.spacing_mm.k);
    const std::int32_t last = slice_at(search.top_k, dome_margin_mm);
    return imaging::crop(upright, {0, 0, first}, {grid.size.i, grid.size.j, last - first + 1});
}

std::optional<NetworkLiver> look_for(const Volume& upright, const Place& place, const LiverOptions& options)
{
    if (options.network == nullptr) return std::nullopt;
    const Field probability =
        options.network->look(slices_of_search(upright, place), {.workers = options.workers});
    return one_liver(probability, options.network->manifest().output.threshold, options.workers);
}

std::string name_of(const inference::Network& network)
{
    return "network " + network.manifest().name + " " + network.manifest().version;
}

/// A finding in the words of the caller, its mask still missing.
Liver told_as_liver(Finding&& found, std::string method)
{
    return {.mask = {},
            .mean_hu = found.intensity.mean_hu,
            .spread_hu = found.intensity.spread_hu,
            .confidence = confidence_in(found.certainty, found.check.doubts),
            .cut_off = found.check.cut_off,
            .agreement = {},
            .method = std::move(method),
            .notices = std::move(found.check.notices)};
}

/// What was found, and what a choice between both rests on.
struct Both {
    Answer own;  ///< without learned weights
    std::optional<NetworkLiver> seen;
    Answer learned = NoLiver{};  ///< by the network
    std::optional<double> agreement;
};

const Finding* finding_in(const Answer& answer)
{
    return std::get_if<Finding>(&answer);
}

/// The network's liver stays, unless it is refused, or another organ than the one found without learned
/// weights and more doubtful.
bool network_stays(const Both& both)
{
    const Finding* learned = finding_in(both.learned);
    const Finding* own = finding_in(both.own);
    if (learned == nullptr) return false;
    if (own == nullptr || both.agreement.value_or(1.0) >= gross_agreement) return true;
    return learned->check.doubts < own->check.doubts;
}

Liver by_network(Both&& both, const Grid& upright, const LiverOptions& options)
{
    auto& found = std::get<Finding>(both.learned);
    const bool alone = finding_in(both.own) == nullptr;
    Mask mask = fine_surface(found.outline.liver, *both.seen, upright, options.workers);
    Liver liver = told_as_liver(std::move(found),
                                name_of(*options.network) +
                                    (alone ? ", nothing to compare it with" : ", repaired by landmarks"));
    liver.mask = std::move(mask);
    if (alone)
        liver.notices.push_back({.severity = Severity::warning,
                                 .text = "Only the network found a liver; without learned weights: " +
                                         std::get<NoLiver>(both.own).reason});
    return liver;
}

Liver by_density(Both&& both, const Grid& upright, const LiverOptions& options)
{
    auto& found = std::get<Finding>(both.own);
    if (both.agreement) found.certainty = std::min(found.certainty, certainty_of(*both.agreement));
    Mask mask = fine_surface(found.outline.liver, upright, options.workers);
    Liver liver = told_as_liver(std::move(found), "landmarks and density, without learned weights");
    liver.mask = std::move(mask);
    if (options.network != nullptr)
        liver.notices.push_back({.severity = Severity::warning,
                                 .text = "The liver of the " + name_of(*options.network) +
                                         " was not believed; it was found without learned weights."});
    return liver;
}

}  // namespace

std::variant<Liver, NoLiver> find_liver(const Volume& ct, const LiverOptions& options)
{
    if (options.modality == Modality::mr)
        return NoLiver{"The image is MR, and the liver is found by the densities of CT only."};
    const unsigned workers = options.workers;
    tell(options.progress, "looking for the liver: landmarks", 0.0);
    const Volume upright = imaging::to_lps_order(ct);
    const auto where = find_place(upright, workers);
    if (const auto* none = std::get_if<NoLiver>(&where)) return *none;
    const auto& place = std::get<Place>(where);

    tell(options.progress, "looking for the liver: density", 0.2);
    Both both{.own = find_by_density(place, workers), .seen = {}, .agreement = {}};
    const Finding* own = finding_in(both.own);
    tell(options.progress, "looking for the liver: network", 0.4);
    both.seen = look_for(upright, place, options);
    std::optional<Notice> notice;
    if (both.seen) {
        both.learned = find_by_network(*both.seen, place, own, workers);
        if (own != nullptr) {
            const Mask seen = on_working_grid(*both.seen, own->outline.liver.grid(), workers);
            both.agreement = dice(seen, own->outline.liver);
            notice = disagreement(seen, own->outline.liver, place.landmarks.spine, workers);
        }
    }

    tell(options.progress, "looking for the liver: surface", 0.9);
    const std::optional<double> agreement = both.agreement;
    const bool by_weights = network_stays(both);
    if (!by_weights && own == nullptr) return std::get<NoLiver>(both.own);
    Liver liver = by_weights ? by_network(std::move(both), upright.grid(), options)
                             : by_density(std::move(both), upright.grid(), options);
    liver.mask = imaging::to_order_of(liver.mask, ct.grid());
    liver.agreement = agreement;
    if (notice) liver.notices.push_back(*std::move(notice));
    tell(options.progress, "looking for the liver: done", 1.0);
    return liver;
}

}  // namespace downstage::segmentation
