#include "vectors_course.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string_view>
#include <utility>

namespace downstage::documents {

namespace {

Extent measured(double mm)
{
    if (mm == 0.0) return {.state = LesionState::absent};
    return {.state = LesionState::measured, .lengths = {length_of(mm)}};
}

Extent state_of(const VectorField& word)
{
    const std::string text = word.text();
    if (text == "ABSENT") return {.state = LesionState::absent};
    if (text == "TSTM") return {.state = LesionState::too_small};
    if (text == "NE") return {.state = LesionState::not_evaluable};
    if (text == "MERGED") return {.state = LesionState::merged};
    word.refuse("wanted is a length in mm, ABSENT, TSTM, NE, MERGED, {split: [...]} or {merged: [...], mm}");
}

/// A length, a word, the fragments of a split, or the one diameter of a merged mass.
Extent extent_of(const VectorField& value)
{
    if (value.is_number()) return measured(value.mm());
    if (value.has("merged")) return measured(value.at("mm").mm());
    if (!value.has("split")) return state_of(value);
    Extent extent{.state = LesionState::measured};
    for (const VectorField& fragment : value.at("split").list())
        extent.lengths.push_back(length_of(fragment.mm()));
    if (extent.lengths.empty()) value.refuse("a split lesion needs its fragments");
    return extent;
}

NonTargetLesion non_target_lesion(const VectorField& value)
{
    if (value.has("node"))
        return {.state = NonTargetState::node, .short_axis = length_of(value.at("node").mm())};
    const std::string word = value.text();
    if (word == "PRESENT") return {.state = NonTargetState::present};
    if (word == "ABSENT") return {.state = NonTargetState::absent};
    if (word == "UNEQ") return {.state = NonTargetState::unequivocal_progression};
    if (word == "NE") return {.state = NonTargetState::not_evaluable};
    value.refuse("wanted is PRESENT, ABSENT, UNEQ, NE or {node: mm}");
}

NonTarget non_target_word(const VectorField& value)
{
    const std::string word = value.text();
    if (word == "NA") return NonTarget::none_at_baseline;
    if (word == "CR") return NonTarget::complete;
    if (word == "NON-CR/NON-PD" || word == "IR/SD" || word == "SD") return NonTarget::persisting;
    if (word == "NE") return NonTarget::not_evaluable;
    if (word == "PD") return NonTarget::progressive;
    value.refuse("wanted is NA, CR, NON-CR/NON-PD, IR/SD, NE, PD or {lesions: [...]}");
}

void read_non_target(const VectorField& timepoint, Visit& visit, NonTarget otherwise)
{
    visit.non_target = otherwise;
    if (!timepoint.has("nontarget")) return;
    const VectorField value = timepoint.at("nontarget");
    if (!value.has("lesions")) {
        visit.non_target = non_target_word(value);
        return;
    }
    for (const VectorField& lesion : value.at("lesions").list())
        visit.non_target_lesions.push_back(non_target_lesion(lesion));
    if (visit.non_target_lesions.empty()) visit.non_target = NonTarget::none_at_baseline;
}

NewLesion certainty_of(const VectorField& value)
{
    const std::string word = value.text();
    if (word == "none") return NewLesion::none;
    if (word == "equivocal") return NewLesion::equivocal;
    if (word == "unequivocal") return NewLesion::unequivocal;
    value.refuse("wanted is none, equivocal or unequivocal");
}

/// Readings in the order of the baseline; a target that is not spoken of is not evaluable.
std::vector<TargetReading> target_readings(const VectorField& value,
                                           const std::vector<BaselineTarget>& targets)
{
    std::vector<TargetReading> readings(targets.size());
    for (const auto& [id, reading] : value.members()) {
        const auto target = std::ranges::find(targets, id, &BaselineTarget::id);
        if (target == targets.end()) reading.refuse("the baseline has no target of this name");
        readings[static_cast<std::size_t>(target - targets.begin())].whole = extent_of(reading);
    }
    return readings;
}

struct OptionName {
    std::string_view name;
    void (*set)(ResponseOptions& options, const VectorField& value);
};

constexpr std::array option_names{
    OptionName{"confirm", [](ResponseOptions& o, const VectorField& v) { o.confirm = v.flag(); }},
    OptionName{"pr_hold", [](ResponseOptions& o, const VectorField& v) { o.pr_hold = v.flag(); }},
    OptionName{"abs5", [](ResponseOptions& o, const VectorField& v) { o.abs5 = v.flag(); }},
    OptionName{"strictly_more", [](ResponseOptions& o, const VectorField& v) { o.strictly_more = v.flag(); }},
    OptionName{"accept_sd", [](ResponseOptions& o, const VectorField& v) { o.accept_sd_between = v.flag(); }},
    OptionName{"relabel_cr_as_pr",
               [](ResponseOptions& o, const VectorField& v) { o.relabel_cr_as_pr = v.flag(); }},
    OptionName{"max_nr_ne", [](ResponseOptions& o, const VectorField& v) { o.max_ne_between = v.whole(); }},
    OptionName{"min_sd_days", [](ResponseOptions& o, const VectorField& v) { o.min_sd_days = v.whole(); }},
    OptionName{"confirm_days",
               [](ResponseOptions& o, const VectorField& v) { o.confirm_after_days = v.whole(); }},
    OptionName{"early_tolerance_days",
               [](ResponseOptions& o, const VectorField& v) { o.early_tolerance_days = v.whole(); }},
};

/// A visit on its day, which is not before that of the visit before.
Visit visit_on(const VectorField& timepoint, const Course& course)
{
    Visit visit;
    visit.day = timepoint.at("day").whole();
    const Day before = course.visits.empty() ? course.baseline_day : course.visits.back().day;
    if (visit.day < before) timepoint.at("day").refuse("it lies before the baseline or the visit before");
    return visit;
}

ResponseOptions options_of(const VectorField& example)
{
    return example.has("options") ? response_options(example.at("options")) : ResponseOptions{};
}

std::vector<BaselineTarget> baseline_targets(const VectorField& list)
{
    std::vector<BaselineTarget> targets;
    for (const VectorField& target : list.list()) {
        const std::string id = target.at("id").text();
        if (std::ranges::count(targets, id, &BaselineTarget::id) != 0)
            target.at("id").refuse("this id stands there twice");
        targets.push_back({.id = id,
                           .organ = target.text_or("organ", ""),
                           .is_node = target.flag_or("node", false),
                           .reading = {.whole = extent_of(target.at("mm")), .viable = {}}});
    }
    return targets;
}

NewNonTarget new_non_target_of(const VectorField& value)
{
    const std::string word = value.text();
    const auto is_one_of = [&](std::initializer_list<std::string_view> words) {
        return std::ranges::count(words, word) != 0;
    };
    if (is_one_of({"new", "present", "stable", "unchanged", "same", "decrease"}))
        return NewNonTarget::present;
    if (is_one_of({"increase", "increased"})) return NewNonTarget::increased;
    if (is_one_of({"none", "absent", "gone"})) return NewNonTarget::none;
    value.refuse("wanted is new, stable, increase or none");
}

NewDisease new_disease_of(const VectorField& timepoint)
{
    NewDisease fresh;
    if (timepoint.has("nlt"))
        for (const VectorField& length : timepoint.at("nlt").list())
            if (length.mm() > 0.0) fresh.targets.push_back(length_of(length.mm()));
    if (timepoint.has("nlnt")) fresh.non_target = new_non_target_of(timepoint.at("nlnt"));
    if (timepoint.has("nl_new")) fresh.appeared = timepoint.at("nl_new").whole();
    const bool is_there =
        fresh.appeared > 0 || !fresh.targets.empty() || fresh.non_target != NewNonTarget::none;
    fresh.certainty = is_there ? NewLesion::unequivocal : NewLesion::none;
    return fresh;
}

NoduleSite site_of(const VectorField& nodule)
{
    if (nodule.flag_or("node_porta", false)) return NoduleSite::porta_hepatis_node;
    const std::string site = nodule.text_or("site", "liver");
    if (nodule.flag_or("node", false) || site == "node") return NoduleSite::other_node;
    return site == "liver" ? NoduleSite::liver : NoduleSite::elsewhere;
}

NewNodule nodule_of(const VectorField& nodule)
{
    NewNodule fresh{.size = length_of(nodule.at("mm").mm()),
                    .site = site_of(nodule),
                    .is_typical = nodule.flag_or("typical", false)};
    if (nodule.has("growth_mm")) fresh.growth = length_of(nodule.at("growth_mm").mm());
    if (nodule.has("first_seen_day")) fresh.first_seen = nodule.at("first_seen_day").whole();
    return fresh;
}

Effusion effusion_of(const VectorField& value)
{
    const std::string word = value.text();
    if (word == "none") return Effusion::none_new;
    if (word == "new_or_worse_cyto_neg") return Effusion::cytology_negative;
    if (word == "new_or_worse_cyto_pos") return Effusion::cytology_positive;
    if (word.starts_with("new_or_worse")) return Effusion::without_cytology;
    value.refuse("wanted is none, new_or_worse, new_or_worse_cyto_neg or new_or_worse_cyto_pos");
}

/// The same list position is the same lesion; the list must be as long as the baseline's.
void read_parts(const VectorField& list, Visit& visit, Extent TargetReading::* part)
{
    const std::vector<VectorField> values = list.list();
    if (values.size() != visit.targets.size()) list.refuse("wanted is one value for each baseline lesion");
    for (std::size_t n = 0; n < values.size(); ++n)
        visit.targets[n].*part = extent_of(values[n]);
}

}  // namespace

ResponseOptions response_options(const VectorField& options)
{
    ResponseOptions chosen;
    for (const auto& [name, value] : options.members()) {
        const auto* const known = std::ranges::find(option_names, name, &OptionName::name);
        if (known == option_names.end()) value.refuse("this option is not known");
        known->set(chosen, value);
    }
    return chosen;
}

CourseExample recist11_example(const VectorField& example)
{
    CourseExample read{.rules = CourseRules::recist11, .options = options_of(example)};
    const VectorField baseline = example.at("baseline");
    read.course.baseline_day = baseline.has("day") ? baseline.at("day").whole() : 0;
    read.course.targets = baseline_targets(baseline.at("targets"));
    for (const VectorField& timepoint : example.at("timepoints").list()) {
        Visit visit = visit_on(timepoint, read.course);
        visit.targets = target_readings(timepoint.at("targets"), read.course.targets);
        read_non_target(timepoint, visit, NonTarget::none_at_baseline);
        if (timepoint.has("new")) visit.new_disease.certainty = certainty_of(timepoint.at("new"));
        if (timepoint.has("confirms_equivocal_from_day"))
            visit.new_disease.equivocal_since = timepoint.at("confirms_equivocal_from_day").whole();
        read.course.visits.push_back(std::move(visit));
    }
    return read;
}

CourseExample irecist_example(const VectorField& example)
{
    CourseExample read{.rules = CourseRules::irecist, .options = options_of(example)};
    read.course.targets = {
        {.id = "sum", .reading = {.whole = extent_of(example.at("baseline_sum")), .viable = {}}}};
    for (const VectorField& timepoint : example.at("timepoints").list()) {
        Visit visit = visit_on(timepoint, read.course);
        visit.targets.resize(1);
        if (timepoint.has("target")) visit.targets.front().whole = extent_of(timepoint.at("target"));
        read_non_target(timepoint, visit, NonTarget::persisting);
        visit.non_target_increased = timepoint.flag_or("nt_increase", false);
        visit.new_disease = new_disease_of(timepoint);
        visit.unscheduled_for_symptom = timepoint.flag_or("unscheduled_symptom", false);
        read.course.visits.push_back(std::move(visit));
    }
    return read;
}

CourseExample mrecist_example(const VectorField& example)
{
    CourseExample read{.rules = CourseRules::mrecist, .options = options_of(example)};
    for (const VectorField& viable : example.at("baseline_viable").list())
        read.course.targets.push_back({.id = std::to_string(read.course.targets.size() + 1),
                                       .organ = "liver",
                                       .reading = {.whole = {}, .viable = extent_of(viable)}});
    for (const VectorField& timepoint : example.at("timepoints").list()) {
        Visit visit = visit_on(timepoint, read.course);
        visit.targets.resize(read.course.targets.size());
        read_parts(timepoint.at("viable"), visit, &TargetReading::viable);
        if (timepoint.has("whole")) read_parts(timepoint.at("whole"), visit, &TargetReading::whole);
        read_non_target(timepoint, visit, NonTarget::none_at_baseline);
        if (timepoint.has("new"))
            for (const VectorField& nodule : timepoint.at("new").list())
                visit.new_nodules.push_back(nodule_of(nodule));
        if (timepoint.has("effusion")) visit.effusion = effusion_of(timepoint.at("effusion"));
        read.course.visits.push_back(std::move(visit));
    }
    return read;
}

}  // namespace downstage::documents
