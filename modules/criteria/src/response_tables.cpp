#include "downstage/criteria/response_tables.hpp"

#include <algorithm>

namespace downstage::criteria {

namespace {

constexpr TenthsMm node_is_normal_below = 100;  // 10 mm, exclusive (RULES 1.25)

bool is_gone(const NonTargetLesion& lesion)
{
    return lesion.state == NonTargetState::absent ||
           (lesion.state == NonTargetState::node && lesion.short_axis.tenths < node_is_normal_below);
}

/// Table 2: non-target disease only. It is never "SD": nothing was measured.
Response non_target_only(NonTarget non_target)
{
    switch (non_target) {
    case NonTarget::complete: return Response::complete;
    case NonTarget::persisting: return Response::non_cr_non_pd;
    case NonTarget::not_evaluable: return Response::not_evaluable;
    case NonTarget::progressive: return Response::progressive;
    case NonTarget::none_at_baseline: break;
    }
    return Response::not_applicable;
}

}  // namespace

NonTarget non_target_status(std::span<const NonTargetLesion> lesions)
{
    const auto any = [lesions](NonTargetState state) {
        return std::ranges::any_of(lesions, [=](const NonTargetLesion& l) { return l.state == state; });
    };
    if (lesions.empty()) return NonTarget::none_at_baseline;
    if (any(NonTargetState::unequivocal_progression)) return NonTarget::progressive;
    if (any(NonTargetState::not_evaluable)) return NonTarget::not_evaluable;
    return std::ranges::all_of(lesions, is_gone) ? NonTarget::complete : NonTarget::persisting;
}

NonTarget non_target_of(const Visit& visit)
{
    return visit.non_target_lesions.empty() ? visit.non_target : non_target_status(visit.non_target_lesions);
}

Response overall_response(Response target, const OtherDisease& other)
{
    if (target == Response::progressive || other.non_target == NonTarget::progressive ||
        other.new_lesion == NewLesion::unequivocal || other.has_malignant_effusion)
        return Response::progressive;
    if (target == Response::not_applicable) return non_target_only(other.non_target);
    const bool rest_is_gone =
        other.non_target == NonTarget::complete || other.non_target == NonTarget::none_at_baseline;
    if (target == Response::complete && !rest_is_gone) return Response::partial;
    return target;
}

}  // namespace downstage::criteria
