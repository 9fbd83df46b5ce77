#include "network_manifest_field.hpp"

#include "downstage/core/error.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace downstage::documents {

namespace {

std::string number_text(double value)
{
    std::array<char, 32> digits{};  // the shortest form of any double fits
    return {digits.data(), std::to_chars(digits.begin(), digits.end(), value).ptr};
}

std::string between_text(const Bounds& bounds)
{
    return "between " + number_text(bounds.least) + " and " + number_text(bounds.most);
}

bool within(double value, const Bounds& bounds)
{
    return value >= bounds.least && value <= bounds.most;
}

}  // namespace

void ManifestField::refuse(const std::string& why) const
{
    throw Error{Errc::usage, "field " + place_ + " " + why};
}

ManifestField ManifestField::at(const std::string& name) const
{
    if (!value_.is_object()) refuse("must be an object");
    const std::string place = place_.empty() ? name : place_ + "." + name;
    if (!value_.contains(name)) throw Error{Errc::usage, "field " + place + " is missing"};
    return {value_.at(name), place};
}

ManifestField ManifestField::at(std::size_t n) const
{
    return {value_.at(n), place_ + "[" + std::to_string(n) + "]"};
}

std::size_t ManifestField::entries(const Bounds& bounds) const
{
    if (!value_.is_array() || !within(static_cast<double>(value_.size()), bounds))
        refuse("must be a list with a number of entries " + between_text(bounds));
    return value_.size();
}

std::array<ManifestField, 2> ManifestField::pair() const
{
    if (!value_.is_array() || value_.size() != 2) refuse("must be a list of two numbers");
    return {at(0), at(1)};
}

double ManifestField::number(const Bounds& bounds) const
{
    if (!value_.is_number() || !within(value_.get<double>(), bounds))
        refuse("must be a number " + between_text(bounds));
    return value_.get<double>();
}

std::int32_t ManifestField::whole(const Bounds& bounds) const
{
    if (!value_.is_number_integer() || !within(value_.get<double>(), bounds))
        refuse("must be a whole number " + between_text(bounds));
    return value_.get<std::int32_t>();
}

std::string ManifestField::text() const
{
    if (!value_.is_string() || value_.get_ref<const std::string&>().empty())
        refuse("must be a text that is not empty");
    return value_.get<std::string>();
}

std::size_t ManifestField::choice(std::span<const std::string_view> words) const
{
    if (value_.is_string()) {
        const auto found = std::ranges::find(words, value_.get_ref<const std::string&>());
        if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    }
    std::string allowed;
    for (const std::string_view word : words)
        allowed += (allowed.empty() ? "\"" : " or \"") + std::string{word} + "\"";
    refuse("must be " + allowed);
}

void ManifestField::must_be(std::string_view word) const
{
    static_cast<void>(choice(std::array{word}));
}

}  // namespace downstage::documents
