#pragma once

#include "downstage/criteria/eligibility.hpp"

#include <cstdint>
#include <span>

namespace downstage::criteria {

/// French AFP model (RULES.md 5.14): largest <= 3 cm 0, to 6 cm 1, above 4; up to three lesions 0, more 2;
/// AFP
/// <= 100 ng/mL 0, to 1000 2, above 3. Upper ends belong to the lower band. Low risk is at most 2
/// (transplant_rules.hpp). Duvoux 2012; Hepatoma Res 2018;4:63 Table 2.
struct AfpModelInputs {
    TenthsMm largest{};
    std::int64_t count{};
    std::int64_t afp{};  ///< tenths of ng/mL
};
[[nodiscard]] constexpr std::int32_t french_points_of_size(TenthsMm largest)
{
    if (largest <= 300) return 0;
    return largest <= 600 ? 1 : 4;
}
[[nodiscard]] constexpr std::int32_t french_points_of_count(std::int64_t count)
{
    return count <= 3 ? 0 : 2;
}
[[nodiscard]] constexpr std::int32_t french_points_of_afp(std::int64_t afp_tenths)
{
    if (afp_tenths <= 1000) return 0;
    return afp_tenths <= 10000 ? 2 : 3;
}
[[nodiscard]] constexpr std::int32_t french_points(const AfpModelInputs& inputs)
{
    return french_points_of_size(inputs.largest) + french_points_of_count(inputs.count) +
           french_points_of_afp(inputs.afp);
}

/// The points of one patient, "low risk" (<= 2) or "high risk".
[[nodiscard]] Staging french_afp_points(const EligibilityInput& input);

/// NYCA (RULES.md 5.15). Its table could not be read in any public source, so that no report shows it; it is
/// reachable by name only, for the worked examples, which carry the same reserve. Points for the largest
/// diameter 0, 2, 4 (above 3, above 6 cm), for the number 0, 2, 4 (two, four), and for how AFP answered to
/// treatment 0 to 6.
struct NycaInputs {
    TenthsMm largest{};
    std::int64_t count{};
    double afp_highest_ng_ml{}, afp_final_ng_ml{};
};
[[nodiscard]] std::int32_t nyca_points(const NycaInputs& inputs);

}  // namespace downstage::criteria
