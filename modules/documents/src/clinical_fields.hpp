#pragma once

#include "downstage/core/clinical.hpp"
#include "downstage/core/error.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

/// Named texts of one object or CSV row, read with the name of the field that is wrong.
namespace downstage::documents {

/// The fields of one object that have a value, by name.
using Fields = std::map<std::string, std::string, std::less<>>;

/// Smallest and largest value that is believed.
struct Believed {
    double least{}, most{};
};

/// Every getter is empty where the field is not there, empty or "null", and throws `Error` of the given kind
/// where it holds something else than asked for.
class FieldReader {
public:
    FieldReader(const Fields& fields, Errc kind) : fields_{fields}, kind_{kind} {}

    [[nodiscard]] std::optional<std::string> text(std::string_view name) const;
    /// true/false, yes/no, 1/0 in any case.
    [[nodiscard]] std::optional<bool> yes_or_no(std::string_view name) const;
    /// A decimal point, no unit, within what is believed. A decimal comma and "cm" are refused with the way
    /// out.
    [[nodiscard]] std::optional<double> number(std::string_view name, const Believed& believed) const;
    [[nodiscard]] std::optional<std::int32_t> whole(std::string_view name, const Believed& believed) const;
    /// YYYY-MM-DD that exists, as days from 1970-01-01.
    [[nodiscard]] std::optional<Day> date(std::string_view name) const;
    template <typename Value, std::size_t count>
    [[nodiscard]] std::optional<Value> word(std::string_view name,
                                            const std::pair<std::string_view, Value> (&table)[count]) const;
    [[noreturn]] void refuse(std::string_view name, const std::string& why) const;

private:
    const Fields& fields_;
    Errc kind_;
};

[[nodiscard]] std::string trimmed(std::string_view text);
[[nodiscard]] std::string lower_case(std::string text);
/// "2024-03-01".
[[nodiscard]] std::string date_text(Day day);

/// Whether a field is one of the clinical facts.
[[nodiscard]] bool is_clinical_field(std::string_view name);
/// All clinical facts; docs/assess.md lists the fields.
[[nodiscard]] ClinicalFacts clinical_facts(const FieldReader& fields);

template <typename Value, std::size_t count>
std::optional<Value> FieldReader::word(std::string_view name,
                                       const std::pair<std::string_view, Value> (&table)[count]) const
{
    const std::optional<std::string> said = text(name);
    if (!said) return std::nullopt;
    std::string known;
    for (const auto& [word, value] : table) {
        if (lower_case(*said) == lower_case(std::string{word})) return value;
        known += (known.empty() ? "" : ", ") + std::string{word};
    }
    refuse(name, "is none of " + known);
}

}  // namespace downstage::documents
