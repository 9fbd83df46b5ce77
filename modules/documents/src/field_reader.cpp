#include "downstage/core/text.hpp"

#include "clinical_fields.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

namespace downstage::documents {
namespace {

constexpr std::string_view white_space = " \t\r\n";

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/// The whole text as a number; empty where it is none.
std::optional<double> as_number(std::string_view text)
{
    double value = 0.0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::optional<std::int32_t> digits(std::string_view text)
{
    std::int32_t value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// "3,5" to 3.5, to tell it from text that is no number at all.
std::optional<double> with_decimal_comma(std::string text)
{
    if (std::ranges::count(text, ',') != 1) return std::nullopt;
    std::ranges::replace(text, ',', '.');
    return as_number(text);
}

std::string short_number(double value)
{
    return fixed(value, value == std::round(value) ? 0 : 2);
}

}  // namespace

std::string trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(white_space);
    if (first == std::string_view::npos) return {};
    return std::string{text.substr(first, text.find_last_not_of(white_space) - first + 1)};
}

std::string lower_case(std::string text)
{
    std::ranges::transform(text, text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

std::string date_text(Day day)
{
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
    const auto two = [](unsigned value) { return (value < 10 ? "0" : "") + std::to_string(value); };
    return std::to_string(static_cast<int>(date.year())) + "-" + two(static_cast<unsigned>(date.month())) +
           "-" + two(static_cast<unsigned>(date.day()));
}

void FieldReader::refuse(std::string_view name, const std::string& why) const
{
    throw Error{kind_, "field " + std::string{name} + " " + why};
}

std::optional<std::string> FieldReader::text(std::string_view name) const
{
    const auto found = fields_.find(name);
    if (found == fields_.end() || found->second.empty() || lower_case(found->second) == "null")
        return std::nullopt;
    return found->second;
}

std::optional<bool> FieldReader::yes_or_no(std::string_view name) const
{
    constexpr std::array<std::string_view, 3> yes{"true", "yes", "1"};
    constexpr std::array<std::string_view, 3> no{"false", "no", "0"};
    const std::optional<std::string> said = text(name);
    if (!said) return std::nullopt;
    const std::string answer = lower_case(*said);
    if (std::ranges::count(yes, answer) != 0) return true;
    if (std::ranges::count(no, answer) != 0) return false;
    refuse(name, "is neither yes/no, true/false, 1/0 nor empty for unknown");
}

std::optional<double> FieldReader::number(std::string_view name, const Believed& believed) const
{
    const std::optional<std::string> said = text(name);
    if (!said) return std::nullopt;
    const std::optional<double> value = as_number(*said);
    if (!value) {
        if (const std::optional<double> comma = with_decimal_comma(*said))
            refuse(name, "has a decimal comma; write " + short_number(*comma) + " with a point");
        if (lower_case(*said).ends_with("cm"))
            refuse(name, "is in centimetres; give the number in the unit that the field names, without unit");
        refuse(name, "is no number; write digits and a decimal point, without unit, or leave it empty");
    }
    if (*value < believed.least || *value > believed.most)
        refuse(name,
               "is " + short_number(*value) + ", which is not between " + short_number(believed.least) +
                   " and " + short_number(believed.most) + "; check its unit");
    return value;
}

std::optional<std::int32_t> FieldReader::whole(std::string_view name, const Believed& believed) const
{
    const std::optional<double> value = number(name, believed);
    if (!value) return std::nullopt;
    if (*value != std::round(*value)) refuse(name, "is no whole number");
    return static_cast<std::int32_t>(*value);
}

std::optional<Day> FieldReader::date(std::string_view name) const
{
    const std::optional<std::string> said = text(name);
    if (!said) return std::nullopt;
    const std::string& iso = *said;
    const bool has_form = iso.size() == 10 && iso[4] == '-' && iso[7] == '-' && is_digit(iso[0]);
    const std::string_view view{iso};
    const auto year = has_form ? digits(view.substr(0, 4)) : std::nullopt;
    const auto month = has_form ? digits(view.substr(5, 2)) : std::nullopt;
    const auto day = has_form ? digits(view.substr(8, 2)) : std::nullopt;
    if (!year || !month || !day) refuse(name, "is no date; write YYYY-MM-DD");
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) refuse(name, "is a date that does not exist");
    constexpr int first_ct = 1971;
    if (*year < first_ct || *year > 2200) refuse(name, "is a date of no examination; check the year");
    return static_cast<Day>(std::chrono::sys_days{date}.time_since_epoch().count());
}

}  // namespace downstage::documents
