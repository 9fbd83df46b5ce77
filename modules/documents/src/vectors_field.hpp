#pragma once

#include "downstage/core/timepoint.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace downstage::documents {

/// One value of a worked example and where it stands ("timepoints[1].targets.T1"). Each question throws
/// `Error{usage}` with the place when the value is not of the kind asked for.
class VectorField {
public:
    VectorField(const nlohmann::json& value, std::string place) : value_{&value}, place_{std::move(place)} {}

    [[nodiscard]] bool has(const std::string& name) const
    {
        return value_->is_object() && value_->contains(name);
    }
    [[nodiscard]] VectorField at(const std::string& name) const;
    [[nodiscard]] std::vector<VectorField> list() const;
    [[nodiscard]] std::vector<std::pair<std::string, VectorField>> members() const;

    [[nodiscard]] bool is_number() const { return value_->is_number(); }
    [[nodiscard]] bool is_text() const { return value_->is_string(); }
    [[nodiscard]] bool is_flag() const { return value_->is_boolean(); }
    [[nodiscard]] bool is_list() const { return value_->is_array(); }
    [[nodiscard]] bool is_object() const { return value_->is_object(); }

    [[nodiscard]] double number() const;
    [[nodiscard]] std::string text() const;
    [[nodiscard]] bool flag() const;
    [[nodiscard]] std::int32_t whole() const;
    /// A length of 0 to 2000 mm.
    [[nodiscard]] double mm() const;
    [[nodiscard]] std::vector<double> numbers() const;
    template <std::size_t count>
    [[nodiscard]] std::array<double, count> tuple() const
    {
        const std::vector<double> values = numbers();
        if (values.size() != count) refuse("wanted are " + std::to_string(count) + " numbers");
        std::array<double, count> result{};
        for (std::size_t n = 0; n < count; ++n)
            result[n] = values[n];
        return result;
    }

    /// Of a member that may be left out; a number may also be null.
    [[nodiscard]] bool flag_or(const std::string& name, bool otherwise) const;
    [[nodiscard]] std::string text_or(const std::string& name, const std::string& otherwise) const;
    [[nodiscard]] std::optional<double> number_if(const std::string& name) const;

    [[noreturn]] void refuse(const std::string& why) const;

private:
    const nlohmann::json* value_;
    std::string place_;
};

}  // namespace downstage::documents
