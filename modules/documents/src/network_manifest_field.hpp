#pragma once

#include <nlohmann/json.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace downstage::documents {

/// A range of numbers, both ends in it.
struct Bounds {
    double least{}, most{};
};

/// One value of a manifest and where it stands ("input.channels[1].clip_hu"). Each question throws
/// `Error{usage}` with the place when the value is not of the kind asked for.
class ManifestField {
public:
    ManifestField(const nlohmann::json& value, std::string place) : value_{value}, place_{std::move(place)} {}

    [[nodiscard]] ManifestField at(const std::string& name) const;
    [[nodiscard]] ManifestField at(std::size_t n) const;
    [[nodiscard]] bool is_null() const { return value_.is_null(); }

    /// How many entries a list has, which must be between the bounds.
    [[nodiscard]] std::size_t entries(const Bounds& bounds) const;
    [[nodiscard]] std::array<ManifestField, 2> pair() const;
    [[nodiscard]] double number(const Bounds& bounds) const;
    [[nodiscard]] std::int32_t whole(const Bounds& bounds) const;
    [[nodiscard]] std::string text() const;
    /// Which of the allowed words it is.
    [[nodiscard]] std::size_t choice(std::span<const std::string_view> words) const;
    void must_be(std::string_view word) const;

    [[noreturn]] void refuse(const std::string& why) const;

private:
    const nlohmann::json& value_;
    std::string place_;
};

}  // namespace downstage::documents
