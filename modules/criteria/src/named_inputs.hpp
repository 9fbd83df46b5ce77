#pragma once

#include "downstage/core/timepoint.hpp"
#include "downstage/criteria/by_name.hpp"
#include "downstage/criteria/eligibility.hpp"

#include <optional>
#include <string>
#include <vector>

/// Checked reading of inputs by name.
namespace downstage::criteria {

/// Every getter is empty where the name is not there, and throws `Error{input}` naming criterion and input
/// where the kind is wrong.
class Inputs {
public:
    /// Refuses names that no criterion has.
    Inputs(std::string_view criterion, const NamedInputs& inputs);

    [[nodiscard]] std::optional<double> number(std::string_view name) const;
    [[nodiscard]] std::optional<bool> truth(std::string_view name) const;
    [[nodiscard]] std::optional<std::string> word(std::string_view name) const;
    /// "cm", in mm.
    [[nodiscard]] std::vector<double> sizes_mm() const;
    /// "CR", "PR", "SD", "PD", "NE".
    [[nodiscard]] std::optional<Response> response() const;
    [[noreturn]] void refuse(std::string_view name, const std::string& wanted) const;

private:
    template <typename T>
    [[nodiscard]] std::optional<T> get(std::string_view name, const std::string& wanted) const;

    std::string criterion_;
    const NamedInputs& inputs_;
};

/// The facts that the names state. Facts that would exclude and are not stated are taken as absent, ECOG as
/// 0.
[[nodiscard]] ClinicalFacts clinical_facts(const Inputs& inputs);
[[nodiscard]] EligibilityInput eligibility_input(const Inputs& inputs);

}  // namespace downstage::criteria
