#include "run_verify_facts.hpp"

#include "downstage/cohort/meta.hpp"
#include "downstage/cohort/waterfall.hpp"
#include "downstage/core/error.hpp"
#include "downstage/criteria/by_name.hpp"
#include "downstage/criteria/choi.hpp"
#include "downstage/criteria/easl.hpp"
#include "downstage/criteria/irecist.hpp"
#include "downstage/criteria/measurability.hpp"
#include "downstage/criteria/mrecist.hpp"
#include "downstage/criteria/recist11.hpp"
#include "downstage/criteria/response_best.hpp"
#include "downstage/criteria/response_words.hpp"
#include "downstage/criteria/selection.hpp"

#include <utility>
#include <variant>
#include <vector>

namespace downstage::app {

namespace {

using documents::Facts;
using documents::FactValue;

double number(std::size_t count)
{
    return static_cast<double>(count);
}

FactValue fact(const std::optional<Day>& day)
{
    return day ? FactValue{static_cast<double>(*day)} : FactValue{};
}

FactValue fact(const std::optional<TenthsMm>& length)
{
    return length ? FactValue{from_tenths(*length)} : FactValue{};
}

/// `values` as a list at `path`.
template <typename Values, typename AsFact>
void put_list(Facts& facts, const std::string& path, const Values& values, const AsFact& as_fact)
{
    facts[path + ".count"] = number(values.size());
    std::size_t n = 0;
    for (const auto& value : values)
        facts[path + "." + std::to_string(n++)] = as_fact(value);
}

void put_visits(Facts& facts, const std::string& path, const std::vector<VisitAssessment>& visits)
{
    facts[path + ".count"] = number(visits.size());
    for (std::size_t n = 0; n < visits.size(); ++n) {
        const std::string at = path + "." + std::to_string(n);
        facts[at] = criteria::word(visits[n].overall);
        facts[at + ".day"] = static_cast<double>(visits[n].day);
        const bool is_measured = visits[n].target != Response::not_applicable;
        facts[at + ".sum"] = is_measured ? fact(visits[n].sum) : FactValue{};
        facts[at + ".target"] = criteria::word(visits[n].target);
        facts[at + ".overall"] = criteria::word(visits[n].overall);
    }
}

/// A response over time stands in the examples as `timepoints` with `bor` and `pd_day`, or as a bare list.
Facts facts_of(const ResponseAssessment& assessment)
{
    Facts facts{{"expect.bor", criteria::word(assessment.best)},
                {"expect.pd_day", fact(assessment.progression_day)}};
    put_visits(facts, "expect.timepoints", assessment.visits);
    put_visits(facts, "expect", assessment.visits);
    put_list(facts, "expect.overall", assessment.visits, [](const VisitAssessment& visit) {
        return FactValue{criteria::word(visit.overall)};
    });
    return facts;
}

Facts facts_of(const ImmuneAssessment& assessment)
{
    Facts facts{{"expect.ibor", criteria::word(assessment.best)},
                {"expect.ipd_day", fact(assessment.progression_day)}};
    put_list(facts, "expect.codes", assessment.visits, [](const ImmuneVisit& visit) {
        return FactValue{criteria::word(visit.code)};
    });
    put_list(facts, "expect", assessment.visits, [](const ImmuneVisit& visit) {
        return FactValue{criteria::word(visit.code)};
    });
    put_list(facts, "expect.windows", assessment.visits, [](const ImmuneVisit& visit) {
        return FactValue{criteria::word(visit.window)};
    });
    return facts;
}

Facts one_fact(FactValue value)
{
    return {{"expect", std::move(value)}};
}

Facts answer(const documents::CourseExample& example)
{
    switch (example.rules) {
    case documents::CourseRules::irecist: return facts_of(criteria::irecist(example.course, example.options));
    case documents::CourseRules::mrecist: return facts_of(criteria::mrecist(example.course, example.options));
    case documents::CourseRules::recist11: break;
    }
    return facts_of(criteria::recist11(example.course, example.options));
}

criteria::Modality modality_of(const std::string& word)
{
    if (word.empty() || word == "CT" || word == "MRI") return criteria::Modality::ct_or_mri;
    if (word == "CXR") return criteria::Modality::chest_xray;
    if (word == "calipers") return criteria::Modality::calipers;
    throw Error{Errc::input, "modality " + word + " is not known; give CT, MRI, CXR or calipers"};
}

std::string word(criteria::Measurability answer)
{
    switch (answer) {
    case criteria::Measurability::target_eligible: return "target-eligible";
    case criteria::Measurability::non_target: return "non-target";
    case criteria::Measurability::normal: break;
    }
    return "normal";
}

Facts answer(const documents::MeasurabilityExample& example)
{
    const criteria::BaselineLesion lesion{.mm = example.mm,
                                          .is_node = example.is_node,
                                          .slice_mm = example.slice_mm,
                                          .modality = modality_of(example.modality)};
    return one_fact(
        word(criteria::measurability(lesion, {.double_slice_nodes = example.double_slice_nodes}).answer));
}

Facts answer(const documents::SelectionExample& example)
{
    std::vector<criteria::Candidate> candidates;
    candidates.reserve(example.lesions.size());
    for (const documents::SelectionExample::Lesion& lesion : example.lesions)
        candidates.push_back(
            {.id = lesion.id, .organ = lesion.organ, .lesion = {.mm = lesion.mm, .is_node = lesion.is_node}});
    const criteria::Selection selection = criteria::propose_targets(candidates);
    Facts facts{{"expect.sum", from_tenths(selection.sum)}};
    put_list(facts, "expect.targets", selection.chosen, [&](std::size_t n) { return candidates[n].id; });
    return facts;
}

criteria::DiseaseKind kind_of(const std::string& word)
{
    if (word == "liver") return criteria::DiseaseKind::liver_lesion;
    if (word == "pvt") return criteria::DiseaseKind::portal_vein_thrombus;
    if (word == "node") return criteria::DiseaseKind::node;
    if (word == "ascites" || word == "effusion") return criteria::DiseaseKind::effusion;
    throw Error{Errc::input, "kind " + word + " is not known; give liver, pvt, node, ascites or effusion"};
}

std::string word(criteria::LesionRole role)
{
    switch (role) {
    case criteria::LesionRole::target: return "target";
    case criteria::LesionRole::non_target: return "non-target";
    case criteria::LesionRole::not_malignant: break;
    }
    return "not-malignant";
}

std::optional<Length> length(const std::optional<double>& mm)
{
    return mm ? std::optional{length_of(*mm)} : std::nullopt;
}

Facts answer(const documents::LesionRoleExample& example)
{
    return one_fact(word(criteria::role_in_mrecist({.kind = kind_of(example.kind),
                                                    .size = length(example.mm),
                                                    .viable = length(example.viable_mm),
                                                    .enhances = example.enhances,
                                                    .is_infiltrative = example.is_infiltrative,
                                                    .is_at_porta_hepatis = example.is_at_porta_hepatis,
                                                    .is_proven_malignant = example.is_proven_malignant})));
}

std::vector<criteria::DiameterPair> pairs(const documents::ProductsExample::Pairs& mm)
{
    std::vector<criteria::DiameterPair> lesions;
    for (const auto& [longest_mm, perpendicular_mm] : mm)
        lesions.push_back({.longest = length_of(longest_mm), .perpendicular = length_of(perpendicular_mm)});
    return lesions;
}

Facts answer(const documents::ProductsExample& example)
{
    return one_fact(criteria::word(criteria::easl(pairs(example.baseline), pairs(example.current)).response));
}

Facts answer(const documents::ChoiExample& example)
{
    return one_fact(criteria::word(criteria::choi(
        {.before = {.size = length_of(example.size_before_mm), .density_hu = example.density_before_hu},
         .now = {.size = length_of(example.size_now_mm), .density_hu = example.density_now_hu},
         .has_new_lesion = example.has_new_lesion})));
}

Response response_of(const std::string& word)
{
    for (const Response response : {Response::complete,
                                    Response::partial,
                                    Response::stable,
                                    Response::non_cr_non_pd,
                                    Response::progressive,
                                    Response::not_evaluable})
        if (criteria::word(response) == word) return response;
    throw Error{Errc::input, "response " + word + " is not known; give CR, PR, SD, NON-CR/NON-PD, PD or NE"};
}

Facts answer(const documents::SequenceExample& example)
{
    std::vector<criteria::DatedResponse> visits;
    visits.reserve(example.visits.size());
    for (const documents::SequenceExample::Visit& visit : example.visits)
        visits.push_back({.day = visit.day, .overall = response_of(visit.overall)});
    const std::vector<criteria::DatedResponse> counting = criteria::visits_that_count(visits, std::nullopt);
    const FactValue best = criteria::word(criteria::best_response(counting, {}, example.options).best);
    return {{"expect", best}, {"expect.bor", best}};
}

FactValue as_fact(const criteria::AnswerPart& part)
{
    return std::visit([](const auto& value) { return FactValue{value}; }, part);
}

Facts facts_of_value(std::monostate /*unknown*/)
{
    return one_fact({});
}
Facts facts_of_value(bool met)
{
    return one_fact(met);
}
Facts facts_of_value(const std::string& stage)
{
    return one_fact(stage);
}
Facts facts_of_value(const std::vector<std::string>& unmet)
{
    Facts facts;
    put_list(facts, "expect", unmet, [](const std::string& item) { return FactValue{item}; });
    return facts;
}
Facts facts_of_value(const criteria::AnswerParts& parts)
{
    Facts facts;
    for (const auto& [name, part] : parts)
        facts["expect." + name] = as_fact(part);
    return facts;
}

Facts answer(const documents::CriterionExample& example)
{
    const criteria::NamedAnswer given = criteria::evaluate(example.criterion, example.inputs);
    return std::visit([](const auto& value) { return facts_of_value(value); }, given.value);
}

Facts answer(const documents::ProbabilityExample& example)
{
    std::vector<criteria::ProbabilityTerm> terms;
    terms.reserve(example.terms.size());
    for (const auto& [measured_mm, sd_mm, limit_mm] : example.terms)
        terms.push_back({.measured_mm = measured_mm, .sd_mm = sd_mm, .limit_mm = limit_mm});
    return one_fact(criteria::probability_of_all(terms));
}

Facts answer(const documents::VolumeExample& example)
{
    return {{"expect_cm3", criteria::total_tumour_volume_cm3(example.diameters_cm)}};
}

Facts answer(const documents::VolumeChangeExample& example)
{
    const auto change = criteria::volume_change(example.diameter_mm, example.before, example.after);
    if (!change) return one_fact({});
    return {{"expect.change_pct", change->change_percent}, {"expect.real", change->is_real}};
}

Facts list_of(const std::vector<double>& values)
{
    Facts facts;
    put_list(facts, "expect", values, [](double value) { return FactValue{value}; });
    return facts;
}

Facts answer(const documents::MetaExample& example)
{
    std::vector<cohort::StudyTable> tables;
    tables.reserve(example.tables.size());
    for (const auto& [a, b, c, d] : example.tables)
        tables.push_back(
            {.treated_events = a, .treated_others = b, .control_events = c, .control_others = d});
    if (example.method == "MH") {
        const auto odds_ratio = cohort::mantel_haenszel(tables);
        return odds_ratio ? list_of({*odds_ratio}) : one_fact({});
    }
    const bool is_random = example.method == "DL";
    if (!is_random && example.method != "IV")
        throw Error{Errc::input, "method " + example.method + " is not known; give IV, MH or DL"};
    const auto pooled = is_random ? cohort::dersimonian_laird(tables) : cohort::inverse_variance(tables);
    if (!pooled) return one_fact({});
    return is_random ? list_of({pooled->odds_ratio, pooled->tau2, pooled->i2})
                     : list_of({pooled->odds_ratio, pooled->q});
}

Facts answer(const documents::WaterfallExample& example)
{
    const cohort::Waterfall drawn = cohort::waterfall(example.changes_percent);
    Facts facts;
    put_list(facts, "expect_order", drawn.bars, [](const cohort::WaterfallBar& bar) { return bar.patient; });
    for (const cohort::WaterfallBar& bar : drawn.bars)
        facts["expect_best." + bar.patient] = bar.best_percent;
    return facts;
}

}  // namespace

Facts facts_of(const documents::WorkedExample& example)
{
    return std::visit([](const auto& input) { return answer(input); }, example.input);
}

}  // namespace downstage::app
