#include "downstage/criteria/measurability.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace downstage::criteria {

namespace {

// All in micrometres, so that twice a slice of 6.25 mm is whole.
constexpr std::int64_t least_lesion = 10'000;         // RULES 1.1, 1.3
constexpr std::int64_t least_on_chest_xray = 20'000;  // RULES 1.4
constexpr std::int64_t least_target_node = 15'000;    // RULES 1.5
constexpr std::int64_t least_pathological_node = 10'000;
constexpr std::int64_t thick_slice = 5'000;  // RULES 1.2: thicker than this

std::int64_t micrometres_of_tenths(TenthsMm tenths)
{
    return tenths * 100;
}

/// Twice a thick slice; no floor of its own for a thin one.
std::int64_t floor_of_slice(const std::optional<double>& slice_mm)
{
    const std::int64_t slice = slice_mm ? std::llround(*slice_mm * 1000.0) : 0;
    return slice > thick_slice ? 2 * slice : 0;
}

std::int64_t floor_of_lesion(const BaselineLesion& lesion)
{
    switch (lesion.modality) {
    case Modality::chest_xray: return least_on_chest_xray;
    case Modality::calipers: return least_lesion;
    case Modality::ct_or_mri: break;
    }
    return std::max(least_lesion, floor_of_slice(lesion.slice_mm));
}

Measurability of_node(std::int64_t short_axis, std::int64_t least_target)
{
    if (short_axis >= least_target) return Measurability::target_eligible;
    return short_axis >= least_pathological_node ? Measurability::non_target : Measurability::normal;
}

}  // namespace

MeasurabilityAnswer measurability(const BaselineLesion& lesion, const MeasurabilityOptions& options)
{
    const std::int64_t size = micrometres_of_tenths(to_tenths(lesion.mm));
    if (!lesion.is_node) {
        const bool is_large = size >= floor_of_lesion(lesion);
        return {.answer = is_large ? Measurability::target_eligible : Measurability::non_target};
    }
    const Measurability by_size = of_node(size, least_target_node);
    const Measurability by_slice =
        of_node(size, std::max(least_target_node, floor_of_slice(lesion.slice_mm)));
    return {.answer = options.double_slice_nodes ? by_slice : by_size, .is_contested = by_size != by_slice};
}

}  // namespace downstage::criteria
