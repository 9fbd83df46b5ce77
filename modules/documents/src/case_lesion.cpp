#include "case_lesion.hpp"

#include "downstage/core/text.hpp"

#include <algorithm>

namespace downstage::documents {
namespace {

constexpr std::pair<std::string_view, CaseRole> roles[]{
    {"target", CaseRole::target}, {"non_target", CaseRole::non_target}, {"automatic", CaseRole::automatic}};
constexpr std::pair<std::string_view, LesionState> states[]{{"present", LesionState::measured},
                                                            {"absent", LesionState::absent},
                                                            {"too_small", LesionState::too_small},
                                                            {"not_evaluable", LesionState::not_evaluable},
                                                            {"merged", LesionState::merged}};

/// Larger than any liver.
constexpr Believed diameter_mm{0.0, 400.0};
/// A baseline whose every lesion is below this is taken for centimetres: nobody starts treatment of a liver
/// tumour whose largest focus is below the 10 mm at which lesions are counted (RULES.md 6.5).
constexpr double surely_not_mm = 10.0;

[[noreturn]] void refuse(const std::string& why)
{
    throw Error{Errc::input, why};
}

std::optional<CaseSize> size_of(const FieldReader& fields, const std::string& name)
{
    const std::optional<double> mm = fields.number(name + "_mm", diameter_mm);
    const std::optional<double> low = fields.number(name + "_low_mm", diameter_mm);
    const std::optional<double> high = fields.number(name + "_high_mm", diameter_mm);
    if (low.has_value() != high.has_value())
        fields.refuse(name + (low ? "_high_mm" : "_low_mm"), "is missing; an interval has two ends");
    if (!mm) {
        if (low) fields.refuse(name + "_mm", "is missing beside its interval");
        return std::nullopt;
    }
    CaseSize size{.mm = *mm};
    if (low && high) {
        if (*low > *mm || *high < *mm)
            fields.refuse(name + "_low_mm", "and " + name + "_high_mm do not enclose the size");
        size.ci95_mm = Interval95{*low, *high};
    }
    return size;
}

bool has_any_size(const CaseLesion& lesion)
{
    return lesion.axial || lesion.any_plane || lesion.viable;
}

void check_sizes(const CaseLesion& lesion, const FieldReader& fields)
{
    const bool says_measured = lesion.state == LesionState::measured;
    if (!says_measured && has_any_size(lesion))
        fields.refuse("state", "says that the lesion has no size, and a size stands beside it");
    if (says_measured && !has_any_size(lesion))
        fields.refuse("longest_diameter_mm",
                      "is missing; where the lesion was not measured, say so in the field state");
    if (lesion.axial && to_tenths(lesion.axial->mm) == 0)
        fields.refuse("longest_diameter_mm", "is 0; a lesion that is gone has the state absent");
    if (lesion.axial && lesion.viable && lesion.viable->mm > lesion.axial->mm && !lesion.any_plane)
        fields.refuse("viable_diameter_mm", "is larger than the whole lesion");
}

bool is_below(const std::optional<CaseSize>& size, double limit_mm)
{
    return !size || size->mm < limit_mm;
}

bool looks_like_centimetres(const CaseVisit& baseline)
{
    const auto measured = [](const CaseLesion& lesion) { return lesion.axial || lesion.any_plane; };
    const auto tiny = [](const CaseLesion& lesion) {
        return is_below(lesion.axial, surely_not_mm) && is_below(lesion.any_plane, surely_not_mm);
    };
    return std::ranges::any_of(baseline.lesions, measured) && std::ranges::all_of(baseline.lesions, tiny);
}

void check_order(const Case& patient)
{
    for (std::size_t n = 1; n < patient.visits.size(); ++n) {
        const Day before = patient.visits[n - 1].day;
        const Day now = patient.visits[n].day;
        if (now == before) refuse("field date: " + date_text(now) + " stands there for two visits");
        if (now < before)
            refuse("field date: " + date_text(now) + " stands behind " + date_text(before) +
                   (n == 1 ? "; a follow-up cannot be before baseline" : "; visits stand in order of dates"));
    }
}

/// A target is one from baseline on, and no lesion becomes a node.
void check_identity(const Case& patient)
{
    const CaseVisit& baseline = patient.visits.front();
    for (const CaseVisit& visit : patient.visits)
        for (const CaseLesion& lesion : visit.lesions) {
            const auto first = std::ranges::find(baseline.lesions, lesion.id, &CaseLesion::id);
            const std::string which = "visit " + date_text(visit.day) + ", lesion " + lesion.id;
            if (first == baseline.lesions.end()) {
                if (lesion.role == CaseRole::target)
                    refuse(which + ": field role is target, but the lesion is not there at baseline");
                continue;
            }
            if (first->is_node != lesion.is_node) refuse(which + ": field node differs from baseline");
            if (lower_case(first->organ) != lower_case(lesion.organ))
                refuse(which + ": field organ differs from baseline");
        }
}

}  // namespace

CaseLesion case_lesion(const FieldReader& fields)
{
    CaseLesion lesion;
    const std::optional<std::string> id = fields.text("lesion_id");
    if (!id) fields.refuse("lesion_id", "is missing");
    lesion.id = *id;
    lesion.organ = lower_case(fields.text("organ").value_or("liver"));
    lesion.is_node = fields.yes_or_no("node").value_or(false);
    lesion.role = fields.word("role", roles).value_or(CaseRole::automatic);
    lesion.state = fields.word("state", states).value_or(LesionState::measured);
    lesion.axial = size_of(fields, "longest_diameter");
    lesion.any_plane = size_of(fields, "any_plane_diameter");
    lesion.viable = size_of(fields, "viable_diameter");
    lesion.probability_real = fields.number("probability_real", {0.0, 1.0});
    lesion.is_equivocal = fields.yes_or_no("equivocal").value_or(false);
    lesion.progressed = fields.yes_or_no("progressed").value_or(false);
    check_sizes(lesion, fields);
    return lesion;
}

void check_lesions(const std::vector<CaseLesion>& lesions)
{
    for (auto lesion = lesions.begin(); lesion != lesions.end(); ++lesion)
        if (std::ranges::find(lesions.begin(), lesion, lesion->id, &CaseLesion::id) != lesion)
            refuse("field lesion_id: " + lesion->id + " stands there twice at one visit");
}

void check_case(const Case& patient, bool unit_is_stated)
{
    if (patient.visits.empty()) refuse("there is no visit");
    check_order(patient);
    check_identity(patient);
    if (!unit_is_stated && looks_like_centimetres(patient.visits.front()))
        refuse("field longest_diameter_mm: every lesion of the baseline is below " +
               mm_text(surely_not_mm, 0) +
               ", which looks like centimetres; give millimetres, or state unit mm if they are");
}

}  // namespace downstage::documents
