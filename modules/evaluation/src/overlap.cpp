#include "downstage/evaluation/overlap.hpp"

#include "downstage/core/error.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace downstage::evaluation {

namespace {

template <typename T>
void require_one_grid(const Image<T>& a, const Image<T>& b)
{
    if (!same_grid(a.grid(), b.grid()))
        throw Error{Errc::internal, "what was found and what is true were compared on different grids"};
}

std::vector<std::size_t> sizes_of_labels(const LabelMap& map)
{
    std::vector<std::size_t> sizes(1, 0);
    for (const std::uint16_t label : map.voxels()) {
        if (label >= sizes.size()) sizes.resize(label + std::size_t{1}, 0);
        ++sizes[label];
    }
    return sizes;
}

double ratio(std::size_t part, std::size_t whole)
{
    return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

std::optional<double> dice(const Mask& a, const Mask& b)
{
    require_one_grid(a, b);
    std::size_t in_both = 0;
    std::size_t in_each = 0;
    for (std::size_t n = 0; n < a.voxels().size(); ++n) {
        const bool in_a = a.voxels()[n] != 0;
        const bool in_b = b.voxels()[n] != 0;
        in_both += in_a && in_b ? 1U : 0U;
        in_each += (in_a ? 1U : 0U) + (in_b ? 1U : 0U);
    }
    if (in_each == 0) return std::nullopt;
    return 2.0 * ratio(in_both, in_each);
}

double OverlapTable::dice(const SharedVoxels& pair) const
{
    return 2.0 * ratio(pair.voxels, truth_voxels[pair.truth] + found_voxels[pair.found]);
}

double OverlapTable::covered(std::uint16_t truth) const
{
    std::size_t voxels = 0;
    for (const SharedVoxels& pair : shared)
        if (pair.truth == truth) voxels += pair.voxels;
    return ratio(voxels, truth_voxels[truth]);
}

double OverlapTable::justified(std::uint16_t found) const
{
    std::size_t voxels = 0;
    for (const SharedVoxels& pair : shared)
        if (pair.found == found) voxels += pair.voxels;
    return ratio(voxels, found_voxels[found]);
}

std::optional<SharedVoxels> OverlapTable::best_for(std::uint16_t truth) const
{
    std::optional<SharedVoxels> best;
    for (const SharedVoxels& pair : shared)
        if (pair.truth == truth && (!best || pair.voxels > best->voxels)) best = pair;
    return best;
}

OverlapTable overlap_of(const LabelMap& truth, const LabelMap& found)
{
    require_one_grid(truth, found);
    std::map<std::pair<std::uint16_t, std::uint16_t>, std::size_t> pairs;
    for (std::size_t n = 0; n < truth.voxels().size(); ++n)
        if (truth.voxels()[n] != 0 && found.voxels()[n] != 0) ++pairs[{truth.voxels()[n], found.voxels()[n]}];
    OverlapTable table{
        .truth_voxels = sizes_of_labels(truth), .found_voxels = sizes_of_labels(found), .shared = {}};
    for (const auto& [labels, voxels] : pairs)
        table.shared.push_back({labels.first, labels.second, voxels});
    return table;
}

}  // namespace downstage::evaluation
