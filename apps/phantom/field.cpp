#include "field.hpp"

#include "downstage/core/error.hpp"

#include <algorithm>

namespace downstage::phantom_app {

void Field::fail(const std::string& must_be) const
{
    throw Error{Errc::usage, (name_.empty() ? "the scene" : name_) + " " + must_be};
}

Field Field::at(const std::string& key) const
{
    const std::string path = name_.empty() ? key : name_ + "." + key;
    if (!value_.contains(key)) throw Error{Errc::usage, path + " is missing"};
    return {value_.at(key), path};
}

std::vector<Field> Field::items() const
{
    if (!value_.is_array()) fail("must be a list");
    std::vector<Field> fields;
    fields.reserve(value_.size());
    for (std::size_t n = 0; n < value_.size(); ++n)
        fields.emplace_back(value_.at(n), name_ + "[" + std::to_string(n) + "]");
    return fields;
}

std::vector<std::pair<std::string, Field>> Field::members() const
{
    if (!value_.is_object()) fail("must be an object");
    std::vector<std::pair<std::string, Field>> fields;
    for (const auto& [key, value] : value_.items())
        fields.emplace_back(key, at(key));
    return fields;
}

void Field::check_members(const std::vector<std::string_view>& known) const
{
    for (const auto& [key, member] : members())
        if (std::ranges::find(known, key) == known.end()) member.fail("is not known; see docs/phantoms.md");
}

double Field::number() const
{
    if (!value_.is_number()) fail("must be a number");
    return value_.get<double>();
}

double Field::positive() const
{
    if (number() <= 0.0) fail("must be positive");
    return number();
}

std::int32_t Field::whole() const
{
    // Nothing counted in a scene needs more than this, and sums of such numbers stay within 32 bits.
    constexpr std::int64_t most = 1'000'000;
    if (!value_.is_number_integer() || value_.get<std::int64_t>() < 0 || value_.get<std::int64_t>() > most)
        fail("must be a whole number from 0 to 1000000");
    return value_.get<std::int32_t>();
}

bool Field::truth() const
{
    if (!value_.is_boolean()) fail("must be true or false");
    return value_.get<bool>();
}

std::string Field::text() const
{
    if (!value_.is_string()) fail("must be a text");
    return value_.get<std::string>();
}

VectorLps Field::triple() const
{
    const bool is_triple = value_.is_array() && value_.size() == 3 &&
                           std::ranges::all_of(value_, [](const auto& part) { return part.is_number(); });
    if (!is_triple) fail("must be three numbers");
    return {value_.at(0).get<double>(), value_.at(1).get<double>(), value_.at(2).get<double>()};
}

}  // namespace downstage::phantom_app
