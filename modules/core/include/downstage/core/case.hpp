#pragma once

#include "downstage/core/assessment.hpp"
#include "downstage/core/notice.hpp"
#include "downstage/core/protocol.hpp"
#include "downstage/core/timepoint.hpp"
#include "downstage/core/units.hpp"

#include <optional>
#include <string>
#include <vector>

/// A patient whose measurements somebody already has, and what the rules say of them.
namespace downstage {

/// A diameter with its 95 % interval; without one the program's default error is taken (RULES.md section 5,
/// Uncertainty).
struct CaseSize {
    double mm{};
    std::optional<Interval95> ci95_mm;
    friend bool operator==(const CaseSize&, const CaseSize&) = default;
};

enum class CaseRole {
    automatic,  ///< the program proposes targets by size (RULES.md 1.9)
    target,
    non_target,
};

/// One lesion at one visit.
struct CaseLesion {
    std::string id;  ///< the same at every visit
    std::string organ{"liver"};
    bool is_node{};  ///< its axial size is the short axis
    CaseRole role{CaseRole::automatic};
    LesionState state{LesionState::measured};
    std::optional<CaseSize> axial, any_plane, viable;
    std::optional<double> probability_real;  ///< stated: a finding that may be no lesion and does not count
    bool is_equivocal{};                     ///< new, but not surely tumour (RULES.md 1.32)
    bool progressed{};  ///< a non-target lesion that a reader judges unequivocally progressive (1.25)
    friend bool operator==(const CaseLesion&, const CaseLesion&) = default;
};

struct CaseVisit {
    Day day{};  ///< counted from 1970-01-01
    std::vector<CaseLesion> lesions;
    std::optional<double> slice_mm;
    ClinicalFacts facts;
    friend bool operator==(const CaseVisit&, const CaseVisit&) = default;
};

/// Visits in the order of their days, the first is baseline.
struct Case {
    std::string id;
    std::vector<CaseVisit> visits;
    friend bool operator==(const Case&, const Case&) = default;
};

/// Everything that the rules say of one visit.
struct CaseVisitAssessment {
    Day day{};
    std::optional<VisitAssessment> recist11, mrecist;  ///< empty at baseline
    std::optional<ImmuneVisit> irecist;
    std::vector<Verdict> eligibility;
    std::vector<Staging> stagings;
    Verdict remnant;
    Conversion conversion;
};

struct CaseAssessment {
    std::string id;
    std::vector<std::string> targets;  ///< ids, whoever chose them
    bool targets_were_proposed{};      ///< by the program; a reader confirms
    ResponseAssessment recist11;
    std::optional<ResponseAssessment> mrecist;  ///< empty where no viable size was given at baseline
    ImmuneAssessment irecist;
    std::vector<CaseVisitAssessment> visits;
    std::vector<Notice> warnings;
};

}  // namespace downstage
