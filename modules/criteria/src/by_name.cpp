#include "downstage/criteria/by_name.hpp"

#include "downstage/core/error.hpp"
#include "downstage/criteria/afp_model.hpp"
#include "downstage/criteria/ajcc.hpp"
#include "downstage/criteria/albi.hpp"
#include "downstage/criteria/bclc.hpp"
#include "downstage/criteria/child_pugh.hpp"
#include "downstage/criteria/conversion.hpp"
#include "downstage/criteria/liver_volume.hpp"
#include "downstage/criteria/size_probability.hpp"
#include "downstage/criteria/transplant_rules.hpp"
#include "downstage/criteria/treatment_bands.hpp"
#include "downstage/criteria/washout.hpp"

#include "named_inputs.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace downstage::criteria {

namespace {

NamedAnswer answer_of(const Verdict& verdict)
{
    NamedAnswer answer{.contested = verdict.contested, .missing = verdict.missing};
    if (verdict.status != VerdictStatus::indeterminate) answer.value = verdict.status == VerdictStatus::met;
    return answer;
}

NamedAnswer answer_of(const Staging& staging)
{
    NamedAnswer answer{.contested = staging.contested, .missing = staging.missing};
    if (staging.stage) answer.value = *staging.stage;
    return answer;
}

NamedAnswer by_stage(const StagingTable& table, const Inputs& inputs)
{
    return answer_of(stage_of(table, eligibility_input(inputs)));
}

NamedAnswer bclc_by_name(const Inputs& inputs)
{
    return by_stage(bclc, inputs);
}

NamedAnswer ajcc_by_name(const Inputs& inputs)
{
    return by_stage(ajcc8_t, inputs);
}

NamedAnswer ajcc_stage_by_name(const Inputs& inputs)
{
    return by_stage(ajcc8_stage, inputs);
}

NamedAnswer band_by_name(const Inputs& inputs)
{
    return by_stage(acs_band, inputs);
}

NamedAnswer french_by_name(const Inputs& inputs)
{
    const Staging staging = french_afp_points(eligibility_input(inputs));
    NamedAnswer answer{.missing = staging.missing};
    if (staging.score)
        answer.value = AnswerParts{{"points", *staging.score}, {"low_risk", staging.stage == "low risk"}};
    return answer;
}

std::string nyca_group(std::int32_t points)
{
    if (points <= 2) return "low";
    return points <= 6 ? "acceptable" : "high";
}

NamedAnswer nyca_by_name(const Inputs& inputs)
{
    NamedAnswer answer{.contested = "the points could not be read in any public source (RULES 5.15)"};
    const std::vector<double> sizes_mm = inputs.sizes_mm();
    const std::optional<double> highest = inputs.number("afp_max");
    const std::optional<double> last = inputs.number("afp_final");
    if (!highest) answer.missing.emplace_back("afp_max");
    if (!last) answer.missing.emplace_back("afp_final");
    if (!answer.missing.empty() || sizes_mm.empty()) return answer;
    const std::int32_t points = nyca_points({.largest = to_tenths(*std::ranges::max_element(sizes_mm)),
                                             .count = static_cast<std::int64_t>(sizes_mm.size()),
                                             .afp_highest_ng_ml = *highest,
                                             .afp_final_ng_ml = *last});
    answer.value = AnswerParts{{"points", static_cast<double>(points)}, {"group", nyca_group(points)}};
    return answer;
}

NamedAnswer child_by_name(const Inputs& inputs)
{
    const Staging staging = child_pugh(clinical_facts(inputs));
    NamedAnswer answer{.contested = staging.contested, .missing = staging.missing};
    if (!staging.stage) return answer;
    AnswerParts parts{{"cls", *staging.stage}};
    if (staging.score) parts["points"] = *staging.score;
    answer.value = std::move(parts);
    return answer;
}

NamedAnswer albi_by_name(const Inputs& inputs)
{
    const Staging staging = albi(clinical_facts(inputs));
    NamedAnswer answer{.missing = staging.missing};
    if (staging.score)
        answer.value = AnswerParts{{"score", *staging.score},
                                   {"grade", static_cast<double>(albi_grade(*staging.score))},
                                   {"mgrade", *staging.stage}};
    return answer;
}

NamedAnswer remnant_by_name(const Inputs& inputs)
{
    return answer_of(remnant(clinical_facts(inputs)));
}

NamedAnswer washout_by_name(const Inputs& inputs)
{
    const std::optional<double> days = inputs.number("days");
    if (!days) return {.missing = {"days"}};
    return {.value = std::string{washout_band(static_cast<std::int32_t>(std::lround(*days)))}};
}

/// The project's gate by its weeks; size is not asked in the worked examples, which give no lesions.
ConversionProtocol gate_protocol(const Inputs& inputs)
{
    ConversionProtocol protocol;
    protocol.responses.push_back(Response::stable);
    protocol.size_rule.reset();
    if (const std::optional<double> weeks = inputs.number("need_weeks"))
        protocol.hold_weeks = static_cast<std::int32_t>(std::lround(*weeks));
    return protocol;
}

NamedAnswer gate_by_name(const Inputs& inputs)
{
    const ConversionProtocol protocol = gate_protocol(inputs);
    const EligibilityInput input{.facts = clinical_facts(inputs)};
    std::vector<ConversionItem> items = conversion_items_now(protocol, input, 0);
    const std::optional<Response> response = inputs.response();
    items.push_back(response_item(protocol, response.value_or(Response::not_evaluable)));
    const std::optional<double> weeks = inputs.number("response_weeks");
    items.push_back(
        stability_item(protocol, weeks ? std::optional{static_cast<Day>(*weeks * 7.0)} : std::nullopt));

    NamedAnswer answer;
    std::vector<std::string> unmet;
    for (const ConversionItem& item : items) {
        if (item.contested) answer.contested = item.contested;
        if (item.status == ItemStatus::unmet) unmet.push_back(item.name);
        if (item.status == ItemStatus::unknown)
            answer.missing.insert(answer.missing.end(), item.missing.begin(), item.missing.end());
    }
    if (!unmet.empty() || answer.missing.empty()) answer.value = std::move(unmet);
    return answer;
}

using Answer = NamedAnswer (*)(const Inputs&);

struct NamedCriterion {
    std::string_view name;
    Answer answer;
};

constexpr std::array<NamedCriterion, 12> criteria_with_own_form{{{"bclc", bclc_by_name},
                                                                 {"ajcc8_t", ajcc_by_name},
                                                                 {"ajcc8_stage", ajcc_stage_by_name},
                                                                 {"acs_band", band_by_name},
                                                                 {"french_afp", french_by_name},
                                                                 {"nyca", nyca_by_name},
                                                                 {"child_pugh", child_by_name},
                                                                 {"albi", albi_by_name},
                                                                 {"flr", remnant_by_name},
                                                                 {"remnant", remnant_by_name},
                                                                 {"washout", washout_by_name},
                                                                 {"conversion_gate", gate_by_name}}};

}  // namespace

NamedAnswer evaluate(std::string_view name, const NamedInputs& inputs)
{
    const Inputs named{name, inputs};
    const auto own = std::ranges::find(criteria_with_own_form, name, &NamedCriterion::name);
    if (own != criteria_with_own_form.end()) return own->answer(named);
    return answer_of(apply(rule_by_name(name), eligibility_input(named)));
}

std::vector<std::string> criterion_names()
{
    std::vector<std::string> names;
    for (const Rule* const rule : rules::all)
        names.emplace_back(rule->criterion);
    for (const NamedCriterion& criterion : criteria_with_own_form)
        if (std::ranges::find(names, criterion.name) == names.end()) names.emplace_back(criterion.name);
    return names;
}

double probability_of_all(std::span<const ProbabilityTerm> terms)
{
    constexpr double normal_95 = 1.959964;
    double product = 1.0;
    for (const ProbabilityTerm& term : terms) {
        const double half_mm = normal_95 * term.sd_mm;
        const LesionSize size{.diameter_mm = term.measured_mm,
                              .ci95_mm = {term.measured_mm - half_mm, term.measured_mm + half_mm}};
        product *= probability_within(size, to_tenths(term.limit_mm), Relation::at_most);
    }
    return product;
}

double total_tumour_volume_cm3(std::span<const double> diameters_cm)
{
    double cubes = 0.0;
    for (const double diameter_cm : diameters_cm)
        cubes += diameter_cm * diameter_cm * diameter_cm;
    return std::numbers::pi / 6.0 * cubes;
}

std::optional<VolumeChange> volume_change(double diameter_mm, double before, double after)
{
    // QIBA CTV-AD as RULES.md 4.2 gives it, which could not be read again; both docs and vectors say so.
    struct Band {
        double below_mm, percent;
    };
    constexpr std::array<Band, 3> bands{{{35.0, 39.0}, {50.0, 29.0}, {100.05, 24.0}}};
    constexpr double smallest_mm = 10.0;
    if (diameter_mm < smallest_mm || before <= 0.0) return std::nullopt;
    for (const Band& band : bands) {
        if (diameter_mm >= band.below_mm) continue;
        // Exact at the limit: 139 of 100 is no more than 39 %.
        constexpr double nudge = 1e-9;
        const double change_percent = 100.0 * (after - before) / before;
        return VolumeChange{.change_percent = change_percent,
                            .is_real = std::abs(change_percent) > band.percent + nudge};
    }
    return std::nullopt;
}

}  // namespace downstage::criteria
