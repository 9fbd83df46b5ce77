#include "named_inputs.hpp"

#include "downstage/core/error.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace downstage::criteria {

namespace {

constexpr std::array<std::string_view, 45> known_names{"cm",
                                                       "macro_vi",
                                                       "extrahepatic",
                                                       "vi",
                                                       "major_branch",
                                                       "adjacent_organ",
                                                       "nodes",
                                                       "metastasis",
                                                       "infiltrative",
                                                       "symptoms",
                                                       "afp",
                                                       "afp_now",
                                                       "afp_peak",
                                                       "afp_max",
                                                       "afp_final",
                                                       "after_lrt",
                                                       "dcp",
                                                       "grade",
                                                       "grade_es",
                                                       "ecog",
                                                       "child",
                                                       "transplantable",
                                                       "bili_mgdl",
                                                       "bili_umol",
                                                       "alb_gdl",
                                                       "alb_gl",
                                                       "inr",
                                                       "ascites",
                                                       "enceph",
                                                       "flr_ml",
                                                       "slv_ml",
                                                       "cirrhosis",
                                                       "icg_r15",
                                                       "r0_feasible",
                                                       "cycles",
                                                       "response",
                                                       "response_weeks",
                                                       "need_weeks",
                                                       "days",
                                                       "height_cm",
                                                       "weight_kg",
                                                       "micro_vi",
                                                       "ps",
                                                       "treated",
                                                       "note"};

template <typename Value, std::size_t count>
std::optional<Value> in_table(const std::array<std::pair<std::string_view, Value>, count>& table,
                              const std::string& word)
{
    for (const auto& [name, value] : table)
        if (name == word) return value;
    return std::nullopt;
}

constexpr std::array<std::pair<std::string_view, Response>, 5> responses{{{"CR", Response::complete},
                                                                          {"PR", Response::partial},
                                                                          {"SD", Response::stable},
                                                                          {"PD", Response::progressive},
                                                                          {"NE", Response::not_evaluable}}};
constexpr std::array<std::pair<std::string_view, Differentiation>, 3> grades{
    {{"well", Differentiation::well},
     {"moderate", Differentiation::moderate},
     {"poor", Differentiation::poor}}};
constexpr std::array<std::pair<std::string_view, std::int32_t>, 4> edmondson{
    {{"I", 1}, {"II", 2}, {"III", 3}, {"IV", 4}}};
constexpr std::array<std::pair<std::string_view, ChildClass>, 3> classes{
    {{"A", ChildClass::a}, {"B", ChildClass::b}, {"C", ChildClass::c}}};

template <typename Table>
auto word_in(const Inputs& inputs, std::string_view name, const Table& table)
    -> std::optional<typename Table::value_type::second_type>
{
    const std::optional<std::string> word = inputs.word(name);
    if (!word) return std::nullopt;
    const auto value = in_table(table, *word);
    if (!value) inputs.refuse(name, "one of the words of docs/criteria.md");
    return value;
}

std::optional<std::int32_t> whole(const Inputs& inputs, std::string_view name)
{
    const std::optional<double> value = inputs.number(name);
    if (!value) return std::nullopt;
    if (*value != std::round(*value)) inputs.refuse(name, "a whole number");
    return static_cast<std::int32_t>(*value);
}

/// A value given in one unit or, scaled, in another.
std::optional<double>
either(const Inputs& inputs, std::string_view name, std::string_view other, double factor)
{
    if (const std::optional<double> value = inputs.number(name)) return value;
    const std::optional<double> value = inputs.number(other);
    return value ? std::optional{*value * factor} : std::nullopt;
}

void read_liver(const Inputs& inputs, ClinicalFacts& facts)
{
    constexpr double umol_l_of_mg_dl = 17.1;  // RULES.md 0.1
    constexpr double g_l_of_g_dl = 10.0;
    facts.bilirubin_umol_l = either(inputs, "bili_umol", "bili_mgdl", umol_l_of_mg_dl);
    facts.albumin_g_l = either(inputs, "alb_gl", "alb_gdl", g_l_of_g_dl);
    facts.inr = inputs.number("inr");
    // The worked examples give both by their points, 1 to 3.
    if (const std::optional<std::int32_t> points = whole(inputs, "ascites")) {
        if (*points < 1 || *points > 3) inputs.refuse("ascites", "its points, 1 to 3");
        facts.ascites = static_cast<Ascites>(*points - 1);
    }
    if (const std::optional<std::int32_t> points = whole(inputs, "enceph")) {
        if (*points < 1 || *points > 3) inputs.refuse("enceph", "its points, 1 to 3");
        facts.encephalopathy_grade = std::array{0, 1, 3}.at(static_cast<std::size_t>(*points - 1));
    }
    facts.child_pugh = word_in(inputs, "child", classes);
    facts.cirrhosis = inputs.truth("cirrhosis");
    facts.remnant_ml = inputs.number("flr_ml");
    facts.standard_liver_ml = inputs.number("slv_ml");
    facts.icg_r15_percent = inputs.number("icg_r15");
    facts.height_cm = inputs.number("height_cm");
    facts.weight_kg = inputs.number("weight_kg");
}

void read_tumour(const Inputs& inputs, ClinicalFacts& facts)
{
    facts.macrovascular_invasion = inputs.truth("macro_vi").value_or(false);
    facts.extrahepatic_disease = inputs.truth("extrahepatic");
    facts.nodal_metastasis = inputs.truth("nodes").value_or(false);
    facts.distant_metastasis = inputs.truth("metastasis").value_or(false);
    if (!facts.extrahepatic_disease)
        facts.extrahepatic_disease = *facts.nodal_metastasis || *facts.distant_metastasis;
    facts.vascular_invasion = inputs.truth("vi").value_or(false);
    facts.major_branch_invasion = inputs.truth("major_branch").value_or(false);
    facts.adjacent_organ_invasion = inputs.truth("adjacent_organ").value_or(false);
    facts.infiltrative_growth = inputs.truth("infiltrative").value_or(false);
    facts.tumour_symptoms = inputs.truth("symptoms").value_or(false);
    facts.afp_ng_ml = either(inputs, "afp", "afp_now", 1.0);
    facts.afp_peak_ng_ml = inputs.number("afp_peak");
    facts.dcp_mau_ml = inputs.number("dcp");
    facts.differentiation = word_in(inputs, "grade", grades);
    facts.edmondson_grade = word_in(inputs, "grade_es", edmondson);
}

}  // namespace

Inputs::Inputs(std::string_view criterion, const NamedInputs& inputs) : criterion_{criterion}, inputs_{inputs}
{
    for (const auto& [name, value] : inputs)
        if (std::ranges::find(known_names, name) == known_names.end())
            throw Error{Errc::input, criterion_ + ": there is no input '" + name + "'"};
}

void Inputs::refuse(std::string_view name, const std::string& wanted) const
{
    throw Error{Errc::input, criterion_ + ": input '" + std::string{name} + "' is not " + wanted};
}

template <typename T>
std::optional<T> Inputs::get(std::string_view name, const std::string& wanted) const
{
    const auto found = inputs_.find(name);
    if (found == inputs_.end()) return std::nullopt;
    const T* const value = std::get_if<T>(&found->second);
    if (value == nullptr) refuse(name, wanted);
    return *value;
}

std::optional<double> Inputs::number(std::string_view name) const
{
    const std::optional<double> value = get<double>(name, "a number");
    if (value && (!std::isfinite(*value) || *value < 0.0)) refuse(name, "a number of 0 or more");
    return value;
}

std::optional<bool> Inputs::truth(std::string_view name) const
{
    return get<bool>(name, "true or false");
}

std::optional<std::string> Inputs::word(std::string_view name) const
{
    return get<std::string>(name, "a word");
}

std::vector<double> Inputs::sizes_mm() const
{
    std::vector<double> sizes =
        get<std::vector<double>>("cm", "a list of diameters").value_or(std::vector<double>{});
    constexpr double mm_of_cm = 10.0;
    for (double& size : sizes) {
        if (!std::isfinite(size) || size < 0.0) refuse("cm", "a list of diameters of 0 or more");
        size *= mm_of_cm;
    }
    return sizes;
}

std::optional<Response> Inputs::response() const
{
    return word_in(*this, "response", responses);
}

ClinicalFacts clinical_facts(const Inputs& inputs)
{
    ClinicalFacts facts;
    read_tumour(inputs, facts);
    read_liver(inputs, facts);
    facts.ecog = whole(inputs, "ecog").value_or(0);
    facts.transplantable = inputs.truth("transplantable").value_or(false);
    facts.locoregional_therapy = inputs.truth("after_lrt").value_or(false);
    facts.immunotherapy_cycles = whole(inputs, "cycles").value_or(0);
    facts.r0_feasible = inputs.truth("r0_feasible");
    return facts;
}

EligibilityInput eligibility_input(const Inputs& inputs)
{
    EligibilityInput input{.facts = clinical_facts(inputs)};
    for (const double size_mm : inputs.sizes_mm())
        input.lesions.push_back({.axial = LesionSize{.diameter_mm = size_mm, .ci95_mm = {size_mm, size_mm}}});
    return input;
}

}  // namespace downstage::criteria
