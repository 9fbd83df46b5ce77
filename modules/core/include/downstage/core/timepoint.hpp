#pragma once

#include "downstage/core/units.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What was seen of one patient's disease from baseline on: all that a response rule reads, and no image.
namespace downstage {

/// A day, counted from an epoch of the caller's choice (baseline in case files, 1970-01-01 for dates). Rules
/// look at differences only (RULES.md 0.5).
using Day = std::int32_t;

/// One measured length: as it was read, and quantised once to the tenths in which rules decide (RULES.md
/// 0.2).
struct Length {
    double raw_mm{};
    TenthsMm tenths{};
    friend bool operator==(const Length&, const Length&) = default;
};

[[nodiscard]] inline Length length_of(double raw_mm)
{
    return {.raw_mm = raw_mm, .tenths = to_tenths(raw_mm)};
}

/// What a reader could say of one lesion at one visit (RULES.md 1.15, 1.27, 1.28).
enum class LesionState {
    not_evaluable,  ///< not imaged, or not to be judged; nothing is known, and that is never 0 mm
    measured,       ///< has a diameter; several of them where it fell apart (split)
    too_small,      ///< seen, but too small to measure: counts 5 mm
    absent,         ///< gone
    merged,         ///< grown into another target lesion, whose one diameter stands for both
};

/// One lesion's size at one visit. `lengths` holds one length (a lesion's longest diameter in the axial
/// plane, a node's short axis), or one for each fragment after a split, and is empty unless it was measured.
struct Extent {
    LesionState state{LesionState::not_evaluable};
    std::vector<Length> lengths;
    friend bool operator==(const Extent&, const Extent&) = default;
};

/// A target lesion at one visit: the whole of it (RECIST) and its arterially enhancing part (mRECIST).
struct TargetReading {
    Extent whole, viable;
    friend bool operator==(const TargetReading&, const TargetReading&) = default;
};

struct BaselineTarget {
    std::string id;
    std::string organ;  ///< "liver", "lung", ...; all lymph nodes are one organ (RULES.md 1.8)
    bool is_node{};     ///< its length is the short axis
    TargetReading reading;
    friend bool operator==(const BaselineTarget&, const BaselineTarget&) = default;
};

/// A reader's judgement of all non-target disease together (RULES.md 1.25).
enum class NonTarget {
    none_at_baseline,
    complete,       ///< all gone, all nodes below 10 mm, markers normal
    persisting,     ///< non-CR/non-PD
    not_evaluable,  ///< not all evaluated, and no progression in what was
    progressive,    ///< unequivocal progression
};

/// One non-target lesion, where they are listed one by one.
enum class NonTargetState { absent, present, unequivocal_progression, not_evaluable, node };

struct NonTargetLesion {
    NonTargetState state{NonTargetState::not_evaluable};
    Length short_axis;  ///< of a `node`
    friend bool operator==(const NonTargetLesion&, const NonTargetLesion&) = default;
};

/// How sure a reader is that something is new and is tumour (RULES.md 1.32).
enum class NewLesion { none, equivocal, unequivocal };

/// New lesions that were not chosen for measuring (iRECIST's NLNT).
enum class NewNonTarget { none, present, increased };

/// New lesions at one visit. `appeared`, `targets` and `non_target` are what iRECIST follows (RULES.md 2.5).
struct NewDisease {
    NewLesion certainty{NewLesion::none};
    std::optional<Day>
        equivocal_since;          ///< this visit settles what was equivocal on that day (RULES.md 1.32)
    std::int32_t appeared{};      ///< new lesions seen for the first time at this visit
    std::vector<Length> targets;  ///< every new target lesion (NLT) as it is at this visit
    NewNonTarget non_target{NewNonTarget::none};
    friend bool operator==(const NewDisease&, const NewDisease&) = default;
};

enum class NoduleSite { liver, porta_hepatis_node, other_node, elsewhere };

/// A nodule that was not there at baseline, as mRECIST judges it (RULES.md 3.8, 3.10).
struct NewNodule {
    Length size;  ///< longest diameter; a node's short axis
    NoduleSite site{NoduleSite::liver};
    bool is_typical{};              ///< arterial hyperenhancement with washout
    Length growth;                  ///< since it was first seen
    std::optional<Day> first_seen;  ///< empty: at this visit
    friend bool operator==(const NewNodule&, const NewNodule&) = default;
};

/// Ascites or pleural effusion (RULES.md 3.11).
enum class Effusion { none_new, without_cytology, cytology_negative, cytology_positive };

/// One visit after baseline.
struct Visit {
    Day day{};
    std::vector<TargetReading> targets;  ///< in the order of the baseline's; a missing one is not evaluable
    NonTarget non_target{NonTarget::none_at_baseline};
    std::vector<NonTargetLesion> non_target_lesions;  ///< one by one; where any is listed, they decide
    bool non_target_increased{};  ///< against the visit before, unequivocal or not (iRECIST)
    NewDisease new_disease;
    std::vector<NewNodule> new_nodules;
    Effusion effusion{Effusion::none_new};
    bool unscheduled_for_symptom{};  ///< an extra scan for a new symptom (RULES.md 2.7)
    friend bool operator==(const Visit&, const Visit&) = default;
};

/// Everything from baseline on, visits in the order of their days.
struct Course {
    Day baseline_day{};
    std::vector<BaselineTarget> targets;  ///< none: non-target disease only
    std::vector<Visit> visits;
    std::optional<Day> new_therapy;  ///< another anticancer therapy began: nothing after it counts
    std::optional<Day> death;
    friend bool operator==(const Course&, const Course&) = default;
};

/// What counts as progression when the nadir is 0 mm and a percentage has no meaning (RULES.md 1.31).
enum class ZeroNadir {
    five_mm,       ///< a sum of 5 mm or more; adopted
    any_regrowth,  ///< any size
    never,         ///< the sum cannot say it
};

/// A node that was below 10 mm in a complete response and is 10 mm or more again (RULES.md 1.30, 1.31).
enum class NodeRegrowth { progression, by_the_sum };

/// What a protocol may choose within the response rules. The defaults are those of RULES.md.
struct ResponseOptions {
    bool confirm{};                  ///< a response must be confirmed (RULES.md 1.37)
    Day confirm_after_days{28};      ///< inclusive
    Day min_sd_days{42};             ///< stable disease must last this long from baseline, inclusive (1.38)
    std::int32_t max_ne_between{1};  ///< visits not evaluable between a response and its confirmation
    bool accept_sd_between{};        ///< one stable visit may lie between PR and its confirmation
    bool relabel_cr_as_pr{};         ///< CR followed by PR: the CR was a PR (footnote of Table 3)
    bool pr_hold{};                  ///< once PR, small regrowth that is not PD stays PR (1.24, contested)
    ZeroNadir zero_nadir{ZeroNadir::five_mm};
    NodeRegrowth node_regrowth{NodeRegrowth::progression};
    bool abs5{};                 ///< mRECIST: progression needs 5 mm, too (3.5, contested)
    bool strictly_more{};        ///< mRECIST: progression is more than 20 %, not 20 % (3.6, contested)
    Day early_tolerance_days{};  ///< iRECIST: so many days short of 28 still confirm (2.7, contested)
    friend bool operator==(const ResponseOptions&, const ResponseOptions&) = default;
};

/// A response category; `not_applicable` where there is nothing to judge (no target at baseline).
enum class Response {
    not_applicable,
    not_evaluable,
    complete,
    partial,
    stable,
    non_cr_non_pd,
    progressive,
};

/// Why a visit is progression; `none` where it is not.
enum class ProgressionCause {
    none,
    target_sum,      ///< at least 20 % and 5 mm over the nadir
    measured_alone,  ///< what could be measured is that much already (RULES.md 1.28)
    reappearance,    ///< disease seen again after a complete response (RULES.md 1.31)
    non_target,
    new_lesion,
    effusion,  ///< malignant by cytology (RULES.md 3.11)
};

/// One visit's answers with every number they came from, so that they can be derived again by hand.
struct VisitAssessment {
    Day day{};
    std::optional<TenthsMm> sum;       ///< empty when a target could not be evaluated
    TenthsMm measured{};               ///< sum over the targets that could
    std::optional<TenthsMm> baseline;  ///< reference of partial response; empty when it was not complete
    std::optional<TenthsMm> nadir;  ///< reference of progression: the smallest complete sum before this visit
    std::optional<double> change_from_baseline_percent;  ///< for display, never an input of a decision
    std::optional<double> change_from_nadir_percent;
    Response target{Response::not_applicable};
    NonTarget non_target{NonTarget::none_at_baseline};
    NewLesion new_lesion{NewLesion::none};
    Response overall{Response::not_evaluable};
    ProgressionCause cause{ProgressionCause::none};
    bool rounding_sensitive{};  ///< another customary rounding gives another category (RULES.md 0.2)
    friend bool operator==(const VisitAssessment&, const VisitAssessment&) = default;
};

/// Another reading of a contested row, with what it would have said.
struct OtherReading {
    std::string rule;    ///< RULES.md id
    std::string why;     ///< one sentence: who reads it how
    std::string option;  ///< the option that chooses this reading, e.g. "pr_hold"
    std::vector<Response> overall;
    Response best{Response::not_evaluable};
    friend bool operator==(const OtherReading&, const OtherReading&) = default;
};

struct ResponseAssessment {
    std::vector<VisitAssessment> visits;
    Response best{Response::not_evaluable};
    std::optional<Day> progression_day;        ///< when it is dated, which may be before it was sure
    std::optional<Day> response_day;           ///< first CR or PR of the best response, where it is one
    std::vector<OtherReading> other_readings;  ///< contested rows that this patient touches
    std::vector<std::string> missing;          ///< unknown facts the answer depends on
    bool rounding_sensitive{};
    friend bool operator==(const ResponseAssessment&, const ResponseAssessment&) = default;
};

/// iRECIST's categories (Seymour 2017).
enum class ImmuneResponse {
    not_evaluable,
    complete,                 ///< iCR
    partial,                  ///< iPR
    stable,                   ///< iSD
    non_cr_non_pd,            ///< iNon-CR/non-UPD
    unconfirmed_progressive,  ///< iUPD
    confirmed_progressive,    ///< iCPD
};

/// Where a visit lies in the time for confirming an unconfirmed progression (RULES.md 2.7).
enum class ConfirmationWindow { in_time, early, late };

struct ImmuneVisit {
    Day day{};
    ImmuneResponse code{ImmuneResponse::not_evaluable};
    ConfirmationWindow window{ConfirmationWindow::in_time};
    std::string because;  ///< the row that decided, in words
    friend bool operator==(const ImmuneVisit&, const ImmuneVisit&) = default;
};

struct ImmuneAssessment {
    std::vector<ImmuneVisit> visits;
    ImmuneResponse best{ImmuneResponse::not_evaluable};
    std::optional<Day> progression_day;  ///< first iUPD of the run that counts (RULES.md 2.12)
    std::int32_t pseudo_progressions{};  ///< iUPD that was later reset (RULES.md 2.15)
    std::vector<std::string> contested;  ///< rows whose readings part on this patient
    ResponseAssessment recist11;         ///< in parallel (RULES.md 2.1)
    friend bool operator==(const ImmuneAssessment&, const ImmuneAssessment&) = default;
};

}  // namespace downstage
