#include "clinical_fields.hpp"

#include <algorithm>
#include <array>

namespace downstage::documents {
namespace {

constexpr std::array<std::string_view, 2> extrahepatic_fields{"extrahepatic_disease", "extrahepatic_spread"};

constexpr std::array<std::string_view, 35> clinical_fields{"macrovascular_invasion",
                                                           "extrahepatic_disease",
                                                           "extrahepatic_spread",
                                                           "vascular_invasion",
                                                           "major_branch_invasion",
                                                           "adjacent_organ_invasion",
                                                           "nodal_metastasis",
                                                           "distant_metastasis",
                                                           "infiltrative_growth",
                                                           "afp_ng_ml",
                                                           "afp_peak_ng_ml",
                                                           "dcp_mau_ml",
                                                           "differentiation",
                                                           "edmondson_grade",
                                                           "ecog",
                                                           "tumour_symptoms",
                                                           "transplantable",
                                                           "height_cm",
                                                           "weight_kg",
                                                           "cirrhosis",
                                                           "bilirubin_umol_l",
                                                           "bilirubin_mg_dl",
                                                           "albumin_g_l",
                                                           "albumin_g_dl",
                                                           "inr",
                                                           "ascites",
                                                           "encephalopathy_grade",
                                                           "child_pugh",
                                                           "remnant_ml",
                                                           "standard_liver_ml",
                                                           "icg_r15_percent",
                                                           "r0_feasible",
                                                           "locoregional_therapy",
                                                           "immunotherapy_cycles",
                                                           "last_immunotherapy"};

constexpr std::pair<std::string_view, Differentiation> differentiations[]{
    {"well", Differentiation::well},
    {"moderate", Differentiation::moderate},
    {"poor", Differentiation::poor}};
constexpr std::pair<std::string_view, std::int32_t> edmondson_grades[]{
    {"I", 1}, {"II", 2}, {"III", 3}, {"IV", 4}, {"1", 1}, {"2", 2}, {"3", 3}, {"4", 4}};
constexpr std::pair<std::string_view, Ascites> ascites_words[]{
    {"none", Ascites::none},
    {"slight", Ascites::slight},
    {"mild", Ascites::slight},
    {"moderate", Ascites::moderate_or_more},
    {"severe", Ascites::moderate_or_more},
    {"moderate_or_more", Ascites::moderate_or_more}};
constexpr std::pair<std::string_view, ChildClass> child_classes[]{
    {"A", ChildClass::a}, {"B", ChildClass::b}, {"C", ChildClass::c}};

constexpr Believed marker{0.0, 1e8};
constexpr Believed volume_ml{0.0, 10000.0};

std::optional<bool> extrahepatic(const FieldReader& fields)
{
    const std::optional<bool> disease = fields.yes_or_no(extrahepatic_fields[0]);
    const std::optional<bool> spread = fields.yes_or_no(extrahepatic_fields[1]);
    if (disease && spread && *disease != *spread)
        fields.refuse("extrahepatic_disease", "and extrahepatic_spread contradict each other");
    return disease ? disease : spread;
}

/// One value under either of two units; both at once is refused.
std::optional<double> in_either(const FieldReader& fields,
                                std::pair<std::string_view, Believed> wanted,
                                std::pair<std::string_view, Believed> other,
                                double factor)
{
    const std::optional<double> value = fields.number(wanted.first, wanted.second);
    const std::optional<double> converted = fields.number(other.first, other.second);
    if (value && converted)
        fields.refuse(wanted.first, "stands beside " + std::string{other.first} + "; give one of them");
    if (value) return value;
    return converted ? std::optional{*converted * factor} : std::nullopt;
}

void read_tumour(ClinicalFacts& facts, const FieldReader& fields)
{
    facts.macrovascular_invasion = fields.yes_or_no("macrovascular_invasion");
    facts.extrahepatic_disease = extrahepatic(fields);
    facts.vascular_invasion = fields.yes_or_no("vascular_invasion");
    facts.major_branch_invasion = fields.yes_or_no("major_branch_invasion");
    facts.adjacent_organ_invasion = fields.yes_or_no("adjacent_organ_invasion");
    facts.nodal_metastasis = fields.yes_or_no("nodal_metastasis");
    facts.distant_metastasis = fields.yes_or_no("distant_metastasis");
    facts.infiltrative_growth = fields.yes_or_no("infiltrative_growth");
    facts.afp_ng_ml = fields.number("afp_ng_ml", marker);
    facts.afp_peak_ng_ml = fields.number("afp_peak_ng_ml", marker);
    if (facts.afp_ng_ml && facts.afp_peak_ng_ml && *facts.afp_peak_ng_ml < *facts.afp_ng_ml)
        fields.refuse("afp_peak_ng_ml", "is below afp_ng_ml, and a peak is the highest");
    facts.dcp_mau_ml = fields.number("dcp_mau_ml", marker);
    facts.differentiation = fields.word("differentiation", differentiations);
    facts.edmondson_grade = fields.word("edmondson_grade", edmondson_grades);
}

void read_liver(ClinicalFacts& facts, const FieldReader& fields)
{
    constexpr double umol_l_of_mg_dl = 17.1;  // RULES.md 0.1
    constexpr double g_l_of_g_dl = 10.0;
    facts.cirrhosis = fields.yes_or_no("cirrhosis");
    facts.bilirubin_umol_l = in_either(
        fields, {"bilirubin_umol_l", {0.0, 2000.0}}, {"bilirubin_mg_dl", {0.0, 120.0}}, umol_l_of_mg_dl);
    facts.albumin_g_l =
        in_either(fields, {"albumin_g_l", {8.0, 80.0}}, {"albumin_g_dl", {0.8, 8.0}}, g_l_of_g_dl);
    facts.inr = fields.number("inr", {0.5, 20.0});
    facts.ascites = fields.word("ascites", ascites_words);
    facts.encephalopathy_grade = fields.whole("encephalopathy_grade", {0.0, 4.0});
    facts.child_pugh = fields.word("child_pugh", child_classes);
    facts.remnant_ml = fields.number("remnant_ml", volume_ml);
    facts.standard_liver_ml = fields.number("standard_liver_ml", {100.0, 10000.0});
    facts.icg_r15_percent = fields.number("icg_r15_percent", {0.0, 100.0});
}

}  // namespace

bool is_clinical_field(std::string_view name)
{
    return std::ranges::find(clinical_fields, name) != clinical_fields.end();
}

ClinicalFacts clinical_facts(const FieldReader& fields)
{
    ClinicalFacts facts;
    read_tumour(facts, fields);
    read_liver(facts, fields);
    facts.ecog = fields.whole("ecog", {0.0, 4.0});
    facts.tumour_symptoms = fields.yes_or_no("tumour_symptoms");
    facts.transplantable = fields.yes_or_no("transplantable");
    facts.height_cm = fields.number("height_cm", {50.0, 250.0});
    facts.weight_kg = fields.number("weight_kg", {10.0, 400.0});
    facts.r0_feasible = fields.yes_or_no("r0_feasible");
    facts.locoregional_therapy = fields.yes_or_no("locoregional_therapy");
    facts.immunotherapy_cycles = fields.whole("immunotherapy_cycles", {0.0, 500.0});
    facts.last_immunotherapy = fields.date("last_immunotherapy");
    return facts;
}

}  // namespace downstage::documents
