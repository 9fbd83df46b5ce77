#pragma once

#include "downstage/criteria/terms.hpp"

#include <string>
#include <string_view>

/// How a quantity is called and printed.
namespace downstage::criteria {

enum class QuantityKind : std::uint8_t {
    number,  ///< a count
    length,  ///< tenths of a millimetre
    volume,  ///< cubes of diameters
    value,   ///< tenths of a unit
    grade,   ///< 0, 1, 2 ...
    fact     ///< present or absent
};

struct QuantityWords {
    std::string_view field;  ///< as the clinical file and the contract's `missing` name it
    std::string_view words;
    std::string_view unit;
    QuantityKind kind{};
};
[[nodiscard]] const QuantityWords& words_of(Quantity quantity);

/// The value in the unit that it is printed in.
[[nodiscard]] double shown_value(Quantity quantity, double value);
/// "45.0 mm", "3", "400 ng/mL", "present".
[[nodiscard]] std::string value_text(Quantity quantity, std::int64_t value);
/// "45.0 mm", "between 30.0 mm and 45.0 mm", "at least 20 ng/mL", "unknown".
[[nodiscard]] std::string range_text(Quantity quantity, const Range& range);
/// "at most 45.0 mm", "absent".
[[nodiscard]] std::string limit_text(const Condition& condition);
/// "46.0 mm <= 45.0 mm".
[[nodiscard]] std::string comparison_text(const Condition& condition, const Range& range);
[[nodiscard]] std::string_view word_of(Truth truth);
[[nodiscard]] bool is_size(Quantity quantity);

}  // namespace downstage::criteria
