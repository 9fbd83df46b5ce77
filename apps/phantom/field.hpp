#pragma once

#include "downstage/core/space.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace downstage::phantom_app {

/// A place in a JSON document that knows its own name, so that what is wrong there can be told. Every reader
/// throws `Error{usage}`: "lesions[0].centre_mm must be three numbers".
class Field {
public:
    Field(const nlohmann::json& value, std::string name) : value_{value}, name_{std::move(name)} {}

    [[nodiscard]] bool has(const std::string& key) const { return value_.contains(key); }
    [[nodiscard]] const std::string& name() const { return name_; }
    /// The member `key`, which must be there.
    [[nodiscard]] Field at(const std::string& key) const;
    [[nodiscard]] std::vector<Field> items() const;
    [[nodiscard]] std::vector<std::pair<std::string, Field>> members() const;
    /// Refuses what is no object, and members of other names than these.
    void check_members(const std::vector<std::string_view>& known) const;

    [[nodiscard]] bool is_number() const { return value_.is_number(); }

    [[nodiscard]] double number() const;
    [[nodiscard]] double positive() const;
    [[nodiscard]] std::int32_t whole() const;
    [[nodiscard]] bool truth() const;
    [[nodiscard]] std::string text() const;
    [[nodiscard]] VectorLps triple() const;
    /// One of these words.
    template <typename T>
    [[nodiscard]] T word(const std::vector<std::pair<std::string, T>>& known) const;

    /// An object whose members are named by these words, each a number.
    template <typename T>
    [[nodiscard]] std::map<T, double> numbers_by(const std::vector<std::pair<std::string, T>>& known) const;

    [[noreturn]] void fail(const std::string& must_be) const;

private:
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-const-or-ref-data-members): a view, as short-lived as its
    // document
    const nlohmann::json& value_;
    std::string name_;
};

template <typename T>
T Field::word(const std::vector<std::pair<std::string, T>>& known) const
{
    std::string words;
    const std::string wanted = text();
    for (const auto& [name, meaning] : known) {
        if (name == wanted) return meaning;
        words += (words.empty() ? "" : ", ") + name;
    }
    fail("must be one of " + words);
}

template <typename T>
std::map<T, double> Field::numbers_by(const std::vector<std::pair<std::string, T>>& known) const
{
    std::map<T, double> result;
    for (const auto& [key, number] : members()) {
        const nlohmann::json name = key;
        result[Field{name, number.name()}.word(known)] = number.number();
    }
    return result;
}

/// Puts the member `key`, where it is there, into `target`: take(field, "blur_mm", blur_mm, &Field::number).
template <typename T, typename Read>
void take(const Field& object, const std::string& key, T& target, Read read)
{
    if (object.has(key)) target = static_cast<T>(std::invoke(read, object.at(key)));
}

}  // namespace downstage::phantom_app
