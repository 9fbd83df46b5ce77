#pragma once

#include "downstage/core/timepoint.hpp"
#include "downstage/criteria/response_limits.hpp"
#include "downstage/criteria/response_sum.hpp"
#include "downstage/criteria/response_tables.hpp"

#include <span>
#include <vector>

/// The one walk from visit to visit that RECIST 1.1, RECIST 1.0 and mRECIST share: sum, reference values,
/// target response, overall response. What sets the rule sets apart is data.
namespace downstage::criteria {

/// When a sum is partial response or progression.
struct TargetRules {
    Part part{Part::whole};
    Ratio partial{minus_30_percent};     ///< at most this much of the baseline (RULES.md 1.21)
    Ratio progressive{plus_20_percent};  ///< at least this much of the nadir (RULES.md 1.22)
    bool progressive_is_strict{};        ///< equality is no progression
    std::int64_t least_growth_mm{5};     ///< over the nadir, inclusive; 0: no such arm
    bool nodes_become_normal{true};      ///< below 10 mm a node is no disease
    bool new_lesions_add{};  ///< new target lesions count in the sum: imRECIST, never iRECIST (2.6)
};

/// What a visit is compared with, in units of one rounding.
struct References {
    std::optional<std::int64_t> baseline;  ///< empty when the baseline sum was not complete
    std::optional<std::int64_t> nadir;     ///< smallest complete sum, baseline included (RULES.md 1.18, 1.19)
    bool was_complete{};                   ///< overall complete response at an earlier visit
    bool was_partial{};                    ///< target response at an earlier visit, no progression since
};

struct TargetAnswer {
    Response response{Response::not_evaluable};
    ProgressionCause cause{ProgressionCause::none};
    friend bool operator==(const TargetAnswer&, const TargetAnswer&) = default;
};

/// The target response of one visit (RULES.md 1.17 to 1.24, 1.28, 1.31), asked in this order: disease seen
/// again after a complete response; growth, which the measured targets can prove alone; a target that could
/// not be evaluated; all gone; partial response; stable. Nodes that are all normal and nothing else left is
/// complete response, whatever they grew by.
[[nodiscard]] TargetAnswer target_response(const TargetSum& now,
                                           const References& before,
                                           const TargetRules& rules,
                                           const ResponseOptions& options,
                                           Rounding rounding);

/// Every visit with its sum, references and answers. `others` holds what is beside the targets, one a visit.
/// Non-target disease that is back after an overall complete response is progression (RULES.md 1.31).
[[nodiscard]] std::vector<VisitAssessment> assess_visits(const Course& course,
                                                         const TargetRules& rules,
                                                         const ResponseOptions& options,
                                                         std::span<const OtherDisease> others);

/// The same by another rounding, which decides nothing.
[[nodiscard]] std::vector<VisitAssessment> assess_visits_by(Rounding rounding,
                                                            const Course& course,
                                                            const TargetRules& rules,
                                                            const ResponseOptions& options,
                                                            std::span<const OtherDisease> others);

/// Marks every visit whose overall response another customary rounding changes (RULES.md 0.2).
void mark_rounding_sensitive(std::vector<VisitAssessment>& visits,
                             const Course& course,
                             const TargetRules& rules,
                             const ResponseOptions& options,
                             std::span<const OtherDisease> others);

}  // namespace downstage::criteria
