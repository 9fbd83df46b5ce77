#pragma once

#include "downstage/core/space.hpp"
#include "downstage/core/units.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <optional>
#include <string>

/// How one value of ours stands in a document: rounded, and `null` where it could not be obtained.
namespace downstage::documents {

using Json = nlohmann::ordered_json;

/// The last decimal that a document keeps of each kind of number.
namespace decimals {
inline constexpr int mm = 2;           // a tenth of the 0.1 mm in which rules decide (RULES.md 0.2)
inline constexpr int spacing_mm = 6;   // a thousand columns of 0.703125 mm must still end at the same place
inline constexpr int ml = 3;           // 1 mm3
inline constexpr int hu = 1;           // noise of a mean over a small lesion is near 1 HU
inline constexpr int deg = 2;          // 0.01 degrees move the end of a 100 mm line by 0.02 mm
inline constexpr int probability = 3;  // a per mille
inline constexpr int seconds = 3;
}  // namespace decimals

/// `value` to so many decimals, half away from zero; never -0; `null` when it is not finite.
[[nodiscard]] Json number(double value, int decimals);
[[nodiscard]] Json number(const std::optional<double>& value, int decimals);
/// `null` when `text` is empty.
[[nodiscard]] Json text(const std::string& text);
[[nodiscard]] Json text(const std::optional<std::string>& text);
/// [low, high], or `null` when either is not finite.
[[nodiscard]] Json interval(const Interval95& ci95, int decimals);
/// [x, y, z] in LPS mm, or `null` when one is not finite.
[[nodiscard]] Json place(const PointLps& point);
/// Both ends, or `null` when one cannot be said.
[[nodiscard]] Json ends(const std::array<PointLps, 2>& ends);

}  // namespace downstage::documents
