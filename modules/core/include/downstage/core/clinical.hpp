#pragma once

#include "downstage/core/timepoint.hpp"

#include <cstdint>
#include <optional>

namespace downstage {

/// How much a tumour still looks like liver tissue, from a biopsy.
enum class Differentiation { well, moderate, poor };

enum class Ascites { none, slight, moderate_or_more };

enum class ChildClass { a, b, c };

/// Clinical facts that no image shows, as they stood on one day. Empty is unknown, and unknown is not no
/// (RULES.md 0.4). Units are those of RULES.md 0.1.
struct ClinicalFacts {
    // Where the tumour has gone.
    std::optional<bool> macrovascular_invasion;
    std::optional<bool> extrahepatic_disease;
    std::optional<bool> vascular_invasion;        ///< of any vessel, under the microscope too (AJCC)
    std::optional<bool> major_branch_invasion;    ///< a major branch of the portal or a hepatic vein
    std::optional<bool> adjacent_organ_invasion;  ///< other than the gallbladder, or visceral peritoneum
    std::optional<bool> nodal_metastasis, distant_metastasis;
    std::optional<bool> infiltrative_growth;

    // What the tumour makes, and what a biopsy says.
    std::optional<double> afp_ng_ml;
    std::optional<double> afp_peak_ng_ml;  ///< highest ever
    std::optional<double> dcp_mau_ml;      ///< des-gamma-carboxyprothrombin, PIVKA-II
    std::optional<Differentiation> differentiation;
    std::optional<std::int32_t> edmondson_grade;  ///< Edmondson-Steiner, 1 to 4

    // The patient.
    std::optional<std::int32_t> ecog;     ///< performance status 0 to 4
    std::optional<bool> tumour_symptoms;  ///< cancer-related: pain, weight loss
    std::optional<bool> transplantable;   ///< end-stage liver, but a candidate for transplantation
    std::optional<double> height_cm, weight_kg;

    // The liver.
    std::optional<bool> cirrhosis;  ///< or another chronic liver disease
    std::optional<double> bilirubin_umol_l, albumin_g_l, inr;
    std::optional<Ascites> ascites;
    std::optional<std::int32_t> encephalopathy_grade;  ///< 0 to 4
    std::optional<ChildClass> child_pugh;              ///< where the class was stated and not its values
    std::optional<double> remnant_ml;                  ///< volume that a resection would leave
    std::optional<double> standard_liver_ml;           ///< where it was stated; else by height and weight
    std::optional<double> icg_r15_percent;             ///< indocyanine green retained after 15 minutes
    std::optional<bool> r0_feasible;                   ///< a surgeon judges complete removal possible

    // Treatment so far.
    std::optional<bool> locoregional_therapy;
    std::optional<std::int32_t> immunotherapy_cycles;
    std::optional<Day> last_immunotherapy;  ///< day of the last dose, counted from 1970-01-01

    friend bool operator==(const ClinicalFacts&, const ClinicalFacts&) = default;
};

/// Whether anything was done against the tumour before this day: then the viable part counts (RULES.md 6.2).
[[nodiscard]] inline std::optional<bool> was_treated(const ClinicalFacts& facts)
{
    if (facts.locoregional_therapy == true || facts.immunotherapy_cycles.value_or(0) > 0) return true;
    if (!facts.locoregional_therapy || !facts.immunotherapy_cycles) return std::nullopt;
    return false;
}

}  // namespace downstage
