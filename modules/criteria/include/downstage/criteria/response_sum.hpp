#pragma once

#include "downstage/core/timepoint.hpp"

#include <cstdint>
#include <span>

/// From the lesions of one visit to the sum of their diameters (RULES.md 1.14 to 1.17, 1.27).
namespace downstage::criteria {

/// How a length becomes a whole number. `tenths` decides; the others only tell whether a customary rounding
/// would have decided otherwise (RULES.md 0.2). `raw` keeps a millionth of a millimetre, so that decimals as
/// they were written stay exact.
enum class Rounding { tenths, whole_mm, raw };

/// So many units of `rounding` are one millimetre.
[[nodiscard]] constexpr std::int64_t units_per_mm(Rounding rounding)
{
    switch (rounding) {
    case Rounding::whole_mm: return 1;
    case Rounding::raw: return 1'000'000;
    case Rounding::tenths: break;
    }
    return 10;
}

/// One length in units of `rounding`, half away from zero.
[[nodiscard]] std::int64_t in_units(const Length& length, Rounding rounding);

/// Which part of a lesion a rule set reads.
enum class Part { whole, viable };

struct SumOptions {
    Part part{Part::whole};
    Rounding rounding{Rounding::tenths};
    bool nodes_become_normal{true};  ///< a node below 10 mm is no disease (RULES.md 1.20)
    bool new_lesions_add{};          ///< new target lesions count in the sum (imRECIST)
};

/// The targets of one visit taken together. An empty list of targets is complete, 0 and without disease.
struct TargetSum {
    std::int64_t measured{};  ///< units of the rounding; over the targets that could be evaluated
    bool is_complete{true};   ///< every target could
    bool lesion_is_seen{};    ///< a target that is no node is still there, however small
    bool node_is_enlarged{};  ///< a node of 10 mm or more
    friend bool operator==(const TargetSum&, const TargetSum&) = default;
};

/// The sum at baseline.
[[nodiscard]] TargetSum baseline_sum(std::span<const BaselineTarget> targets, const SumOptions& options);

/// The sum at a later visit. A target without a reading is not evaluable (RULES.md 0.4): never 0 mm.
[[nodiscard]] TargetSum
visit_sum(std::span<const BaselineTarget> targets, const Visit& visit, const SumOptions& options);

}  // namespace downstage::criteria
