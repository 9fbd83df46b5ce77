#include "downstage/criteria/response_sum.hpp"

#include <cmath>

namespace downstage::criteria {

namespace {

constexpr std::int64_t too_small_counts_mm = 5;       // RULES 1.15
constexpr std::int64_t node_is_normal_below_mm = 10;  // RULES 1.20, exclusive at 10.0

const Extent& extent_of(const TargetReading& reading, Part part)
{
    return part == Part::whole ? reading.whole : reading.viable;
}

std::int64_t size_of(const Extent& extent, Rounding rounding)
{
    if (extent.state == LesionState::too_small) return too_small_counts_mm * units_per_mm(rounding);
    std::int64_t size = 0;
    for (const Length& length : extent.lengths)  // several after a split: RULES 1.27
        size += in_units(length, rounding);
    return size;
}

void add(TargetSum& sum, const BaselineTarget& target, const Extent& extent, const SumOptions& options)
{
    if (extent.state == LesionState::not_evaluable) {
        sum.is_complete = false;
        return;
    }
    // A merged lesion is part of its partner, which is measured, or gone, for both (RULES 1.27).
    if (extent.state == LesionState::absent || extent.state == LesionState::merged) return;
    const std::int64_t size = size_of(extent, options.rounding);
    sum.measured += size;
    if (target.is_node && options.nodes_become_normal)
        sum.node_is_enlarged |= size >= node_is_normal_below_mm * units_per_mm(options.rounding);
    else
        sum.lesion_is_seen |= size > 0;
}

void add_new_lesions(TargetSum& sum, const NewDisease& fresh, Rounding rounding)
{
    for (const Length& length : fresh.targets)
        sum.measured += in_units(length, rounding);
    sum.lesion_is_seen |= !fresh.targets.empty() || fresh.non_target != NewNonTarget::none;
}

}  // namespace

std::int64_t in_units(const Length& length, Rounding rounding)
{
    switch (rounding) {
    case Rounding::whole_mm: return std::llround(length.raw_mm);
    case Rounding::raw: return std::llround(length.raw_mm * static_cast<double>(units_per_mm(rounding)));
    case Rounding::tenths: break;
    }
    return length.tenths;
}

TargetSum baseline_sum(std::span<const BaselineTarget> targets, const SumOptions& options)
{
    TargetSum sum;
    for (const BaselineTarget& target : targets)
        add(sum, target, extent_of(target.reading, options.part), options);
    return sum;
}

TargetSum visit_sum(std::span<const BaselineTarget> targets, const Visit& visit, const SumOptions& options)
{
    static const Extent nothing_known;
    TargetSum sum;
    for (std::size_t n = 0; n < targets.size(); ++n) {
        const bool is_read = n < visit.targets.size();
        add(sum, targets[n], is_read ? extent_of(visit.targets[n], options.part) : nothing_known, options);
    }
    if (options.new_lesions_add) add_new_lesions(sum, visit.new_disease, options.rounding);
    return sum;
}

}  // namespace downstage::criteria
