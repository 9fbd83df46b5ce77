#pragma once

#include "downstage/core/timepoint.hpp"
#include "downstage/criteria/response_course.hpp"

#include <optional>
#include <span>
#include <vector>

/// mRECIST for hepatocellular carcinoma (Lencioni & Llovet 2010; Llovet & Lencioni 2020; RULES.md section 3):
/// the longest diameter of the arterially enhancing part is what is summed.
namespace downstage::criteria {

enum class LesionRole { target, non_target, not_malignant };

enum class DiseaseKind { liver_lesion, portal_vein_thrombus, node, effusion };

/// What is known of one finding when targets are chosen.
struct MrecistFinding {
    DiseaseKind kind{DiseaseKind::liver_lesion};
    std::optional<Length> size;    ///< longest diameter; a node's short axis
    std::optional<Length> viable;  ///< longest enhancing diameter; empty: taken as the whole, if it enhances
    bool enhances{true};           ///< intratumoral arterial enhancement
    bool is_infiltrative{};
    bool is_at_porta_hepatis{};  ///< of a node
    bool is_proven_malignant{};  ///< by cytology, of an effusion or ascites
};

/// Target, non-target or not malignant (RULES.md 3.1, 3.9 to 3.11).
[[nodiscard]] LesionRole role_in_mrecist(const MrecistFinding& finding);

/// Whether a new nodule is progression (RULES.md 3.8, 3.10, 1.33): in the liver, typical and at least 10 mm,
/// or grown by at least 10 mm; a node of 20 mm at the porta hepatis, of 15 mm elsewhere; any size outside the
/// liver.
[[nodiscard]] bool is_new_tumour(const NewNodule& nodule);

/// The rules for viable sums: as RECIST 1.1, but without the 5 mm arm unless `abs5` asks for it (3.5).
[[nodiscard]] TargetRules mrecist_rules(const ResponseOptions& options);

/// What is beside the target lesions at each visit.
[[nodiscard]] std::vector<OtherDisease> other_disease_mrecist(std::span<const Visit> visits);

/// Reads `TargetReading::viable`, `new_nodules` and `effusion`. A nodule that only grew into progression
/// dates it to the day it was first seen (3.8). An effusion without cytology is named in `missing` (3.11)
/// unless the visit is progression anyway.
[[nodiscard]] ResponseAssessment mrecist(const Course& course, const ResponseOptions& options = {});

}  // namespace downstage::criteria
