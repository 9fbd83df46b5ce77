#pragma once

#include "downstage/core/units.hpp"

#include <optional>
#include <string>

/// Numbers as a reader sees them: a point for the decimals, whatever the locale.
namespace downstage::report {

/// "31.4"; "not known" when the value is not finite.
[[nodiscard]] std::string fixed(double value, int decimals);
/// "31.4 mm"
[[nodiscard]] std::string with_mm(double length_mm);
/// "29.8 to 33.0 mm"
[[nodiscard]] std::string with_mm(const Interval95& ci95_mm);
/// "1540 ml", "11.8 ml", "0.35 ml": three digits that mean something.
[[nodiscard]] std::string with_ml(double volume_ml);
/// "10.4 to 13.3 ml"
[[nodiscard]] std::string with_ml(const Interval95& ci95_ml);
/// "97 %"; never 0 % or 100 % for what is not certain: "under 1 %", "over 99 %".
[[nodiscard]] std::string percent(double fraction);
/// "1 lesion", "2 lesions"
[[nodiscard]] std::string counted(std::size_t count, const std::string& one, const std::string& many);

}  // namespace downstage::report
