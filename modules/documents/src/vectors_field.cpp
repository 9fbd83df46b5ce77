#include "vectors_field.hpp"

#include "downstage/core/error.hpp"

#include <cmath>

namespace downstage::documents {

VectorField VectorField::at(const std::string& name) const
{
    const std::string place = place_.empty() ? name : place_ + "." + name;
    if (!has(name)) throw Error{Errc::usage, "field " + place + " is missing"};
    return {value_->at(name), place};
}

std::vector<VectorField> VectorField::list() const
{
    if (!value_->is_array()) refuse("wanted is a list");
    std::vector<VectorField> entries;
    for (std::size_t n = 0; n < value_->size(); ++n)
        entries.emplace_back((*value_)[n], place_ + "[" + std::to_string(n) + "]");
    return entries;
}

std::vector<std::pair<std::string, VectorField>> VectorField::members() const
{
    if (!value_->is_object()) refuse("wanted is an object");
    std::vector<std::pair<std::string, VectorField>> all;
    for (const auto& [name, value] : value_->items())
        all.emplace_back(name, VectorField{value, place_.empty() ? name : place_ + "." + name});
    return all;
}

double VectorField::number() const
{
    if (!value_->is_number()) refuse("wanted is a number");
    const auto number = value_->get<double>();
    if (!std::isfinite(number)) refuse("the number is too large");
    return number;
}

std::string VectorField::text() const
{
    if (!value_->is_string()) refuse("wanted is a text");
    return value_->get<std::string>();
}

bool VectorField::flag() const
{
    if (!value_->is_boolean()) refuse("wanted is true or false");
    return value_->get<bool>();
}

std::int32_t VectorField::whole() const
{
    constexpr double largest = 1e6;  // days of 2700 years
    const double value = number();
    if (value != std::floor(value) || std::abs(value) > largest) refuse("wanted is a whole number");
    return static_cast<std::int32_t>(value);
}

double VectorField::mm() const
{
    constexpr double longest_mm = 2000.0;  // longer than a patient
    const double length_mm = number();
    if (length_mm < 0.0 || length_mm > longest_mm) refuse("wanted is a length of 0 to 2000 mm");
    return length_mm;
}

std::vector<double> VectorField::numbers() const
{
    std::vector<double> values;
    for (const VectorField& entry : list())
        values.push_back(entry.number());
    return values;
}

bool VectorField::flag_or(const std::string& name, bool otherwise) const
{
    return has(name) ? at(name).flag() : otherwise;
}

std::string VectorField::text_or(const std::string& name, const std::string& otherwise) const
{
    return has(name) ? at(name).text() : otherwise;
}

std::optional<double> VectorField::number_if(const std::string& name) const
{
    return has(name) && !value_->at(name).is_null() ? std::optional{at(name).number()} : std::nullopt;
}

void VectorField::refuse(const std::string& why) const
{
    throw Error{Errc::usage, "field " + (place_.empty() ? "of the example" : place_) + ": " + why};
}

}  // namespace downstage::documents
