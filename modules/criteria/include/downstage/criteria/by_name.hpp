#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// Every criterion by its name, with inputs by theirs: the form of the worked examples in
/// testdata/vectors/eligibility.json, which anybody can write without knowing our types.
namespace downstage::criteria {

/// A list holds diameters in cm, as the papers print them.
using NamedInput = std::variant<bool, double, std::string, std::vector<double>>;
using NamedInputs = std::map<std::string, NamedInput, std::less<>>;

/// A word or number of an answer with several parts; empty is unknown.
using AnswerPart = std::variant<std::monostate, bool, double, std::string>;
using AnswerParts = std::map<std::string, AnswerPart, std::less<>>;

/// What a criterion answers: met or not, a stage, the items not met (conversion_gate), or named parts
/// (points, score, grade ...); `std::monostate` where an unknown input leaves it open.
struct NamedAnswer {
    std::variant<std::monostate, bool, std::string, std::vector<std::string>, AnswerParts> value;
    std::optional<std::string> contested;  ///< where readings of the rule disagree on these inputs
    std::vector<std::string> missing;      ///< unknown inputs that the answer depends on
};

/// The criterion `name` on `inputs`. Facts that would exclude (macro_vi, extrahepatic, symptoms ...) and are
/// not stated are taken as absent, and ecog as 0, as in the worked examples; measured values never are.
/// Throws `Error{input}` naming the criterion or input that it does not know or that has the wrong kind.
[[nodiscard]] NamedAnswer evaluate(std::string_view name, const NamedInputs& inputs);

/// The names that `evaluate` knows.
[[nodiscard]] std::vector<std::string> criterion_names();

/// One measured size against one limit: vectors `probability`, each term [measured, sd, limit] in mm.
struct ProbabilityTerm {
    double measured_mm{}, sd_mm{}, limit_mm{};
};
/// That every true size is within its limit; errors are normal and independent (RULES section 5).
[[nodiscard]] double probability_of_all(std::span<const ProbabilityTerm> terms);

/// Total tumour volume of spheres of these diameters, cm3: vectors `volume` (RULES 5.13).
[[nodiscard]] double total_tumour_volume_cm3(std::span<const double> diameters_cm);

/// A change of volume against the noise of measuring it: vectors `qiba` (RULES 4.2).
struct VolumeChange {
    double change_percent{};
    bool is_real{};  ///< larger than what measuring the same tumour twice gives in 95 of 100
};
/// Empty where the profile makes no claim (a diameter under 10 mm or over 100 mm, or no volume before).
[[nodiscard]] std::optional<VolumeChange> volume_change(double diameter_mm, double before, double after);

}  // namespace downstage::criteria
