#pragma once

#include "downstage/core/timepoint.hpp"
#include "downstage/criteria/response_limits.hpp"

#include <cstdint>
#include <string_view>

/// Response by the sum of tumour volumes. No criterion of its own: several sets of limits are in use
/// (RULES.md 3.14, 4.4), so a result names the one it used.
namespace downstage::criteria {

struct VolumeLimits {
    std::string_view name;
    std::string_view source;
    Ratio partial, progressive;  ///< of the baseline and of the smallest sum; both inclusive
};

/// The cubes of -30 % and +20 % in diameter: -65.7 % and +72.8 %.
inline constexpr VolumeLimits cube_law{.name = "cube law",
                                       .source = "RULES 3.14: 0.7 and 1.2 cubed",
                                       .partial = {.numerator = 343, .denominator = 1000},
                                       .progressive = {.numerator = 216, .denominator = 125}};
inline constexpr VolumeLimits qeasl{.name = "qEASL",
                                    .source = "RULES 3.14: 65 % and 73 %",
                                    .partial = {.numerator = 35, .denominator = 100},
                                    .progressive = {.numerator = 173, .denominator = 100}};
inline constexpr VolumeLimits lung_reliability{.name = "lung reliability model",
                                               .source = "RULES 4.4, Cancer Imaging 2015, 15:11",
                                               .partial = {.numerator = 65, .denominator = 100},
                                               .progressive = {.numerator = 155, .denominator = 100}};

struct VolumeSums {
    double baseline_ml{};
    double smallest_ml{};  ///< of the sums so far, baseline included
    double now_ml{};
};

/// CR at 0, then PD, PR, SD. Volumes are quantised once, to 1 mm3, and compared as whole numbers.
[[nodiscard]] Response volumetric(const VolumeSums& sums, const VolumeLimits& limits = cube_law);

}  // namespace downstage::criteria
