#include "downstage/criteria/afp_model.hpp"
#include "downstage/criteria/eligibility.hpp"
#include "downstage/criteria/transplant_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace {

namespace rules = downstage::criteria::rules;
using downstage::ClinicalFacts;
using downstage::VerdictStatus;
using downstage::criteria::apply;
using downstage::criteria::eligibility;
using downstage::criteria::EligibilityInput;
using downstage::criteria::LesionSize;
using downstage::criteria::Rule;
using testing::ElementsAre;
using testing::HasSubstr;

ClinicalFacts confined()
{
    return {.macrovascular_invasion = false, .extrahepatic_disease = false};
}

EligibilityInput input_mm(const std::vector<double>& diameters_mm, const ClinicalFacts& facts)
{
    EligibilityInput input{.facts = facts};
    for (const double mm : diameters_mm)
        input.lesions.push_back({.axial = LesionSize{.diameter_mm = mm, .ci95_mm = {mm, mm}}});
    return input;
}

struct AtLimit {
    const Rule* rule;
    std::vector<double> inside, outside;
    std::optional<double> afp{};
};

// RULES.md section 5: the last size that is inside and the first that is not, for every limit of size and
// number.
TEST(TransplantRules, TurnExactlyAtEveryLimitOfSizeAndNumber)
{
    const std::vector<AtLimit> limits{
        {&rules::ucsf, {65.0}, {65.1}},
        {&rules::ucsf, {45.0, 30.0}, {45.1, 30.0}},
        {&rules::ucsf, {30.0, 25.0, 25.0}, {30.0, 25.0, 25.1}},
        {&rules::ucsf, {10.0, 10.0, 10.0}, {10.0, 10.0, 10.0, 10.0}},
        {&rules::up_to_seven, {60.0}, {60.1}},
        {&rules::up_to_seven, {50.0, 10.0}, {50.1, 10.0}},
        {&rules::metroticket2, {60.0}, {60.1}, 199.9},
        {&rules::metroticket2, {40.0}, {40.1}, 200.0},
        {&rules::metroticket2, {40.0}, {40.1}, 400.0},
        {&rules::metroticket2, {30.0}, {30.1}, 400.1},
        {&rules::metroticket2, {30.0}, {30.1}, 1000.0},
        {&rules::optn_t2, {20.0}, {19.9}},
        {&rules::optn_t2, {50.0}, {50.1}},
        {&rules::optn_t2, {30.0, 10.0}, {30.0, 9.9}},
        {&rules::optn_t2, {30.0, 10.0}, {30.1, 10.0}},
        {&rules::optn_t2, {20.0, 20.0, 20.0}, {20.0, 20.0, 20.0, 20.0}},
        {&rules::unos_ds, {50.1}, {50.0}},
        {&rules::unos_ds, {80.0}, {80.1}},
        {&rules::unos_ds, {30.1, 10.0}, {30.0, 10.0}},
        {&rules::unos_ds, {50.0, 30.0}, {50.1, 20.0}},
        {&rules::unos_ds, {50.0, 30.0}, {50.0, 30.1}},
        {&rules::unos_ds, {30.0, 20.0, 20.0, 10.0}, {30.1, 20.0, 20.0, 9.0}},
        {&rules::unos_ds, {20.0, 20.0, 20.0, 20.0}, {20.1, 20.0, 20.0, 20.0}},
        {&rules::unos_ds, {10.0, 10.0, 10.0, 10.0, 10.0}, {10.0, 10.0, 10.0, 10.0, 10.0, 10.0}},
        {&rules::all_comers, {80.1}, {80.0}},
        {&rules::all_comers, {50.1, 10.0}, {50.0, 10.0}},
        {&rules::all_comers, {50.0, 30.1}, {50.0, 30.0}},
        {&rules::all_comers, {30.1, 30.0, 20.0}, {30.0, 30.0, 30.0}},
        {&rules::all_comers, {30.1, 5.0, 5.0, 5.0}, {30.0, 5.0, 5.0, 5.0}},
        {&rules::all_comers, {20.1, 20.0, 20.0, 20.0}, {20.0, 20.0, 20.0, 20.0}},
        {&rules::all_comers, {5.0, 5.0, 5.0, 5.0, 5.0, 5.0}, {5.0, 5.0, 5.0, 5.0, 5.0}},
        {&rules::ttv115, {60.3}, {60.4}, 400.0},  // pi/6 of 6.03^3 is 114.8, of 6.04^3 115.4 cm3
        {&rules::french_afp, {30.0}, {30.1}, 1000.0},
        {&rules::french_afp, {60.0}, {60.1}, 100.0},
        {&rules::french_afp, {40.0, 1.0, 1.0}, {40.0, 1.0, 1.0, 1.0}, 100.0},
        {&rules::asan, {50.0}, {50.1}},
        {&rules::asan, std::vector<double>(6, 10.0), std::vector<double>(7, 10.0)},
        {&rules::hangzhou, {40.0, 40.0}, {40.0, 40.1}, 401.0},
        {&rules::japan_555, {50.0}, {50.1}, 500.0},
        {&rules::japan_555, std::vector<double>(5, 10.0), std::vector<double>(6, 10.0), 500.0},
        {&rules::samsung, {60.0}, {60.1}, 1000.0},
        {&rules::samsung, std::vector<double>(7, 10.0), std::vector<double>(8, 10.0), 1000.0},
        {&rules::cun, {60.0}, {60.1}},
        {&rules::cun, {50.0, 10.0}, {50.1, 10.0}},
        {&rules::cun, std::vector<double>(3, 10.0), std::vector<double>(4, 10.0)},
        {&rules::onaca, {60.0}, {60.1}},
        {&rules::onaca, {50.0, 10.0}, {50.1, 10.0}},
        {&rules::onaca, std::vector<double>(4, 10.0), std::vector<double>(5, 10.0)},
        {&rules::tokyo, {50.0}, {50.1}},
        {&rules::tokyo, std::vector<double>(5, 10.0), std::vector<double>(6, 10.0)},
    };
    for (const AtLimit& at : limits) {
        ClinicalFacts facts = confined();
        facts.afp_ng_ml = at.afp;
        facts.edmondson_grade = 3;
        EXPECT_EQ(apply(*at.rule, input_mm(at.inside, facts)).status, VerdictStatus::met)
            << at.rule->criterion << " " << testing::PrintToString(at.inside);
        EXPECT_EQ(apply(*at.rule, input_mm(at.outside, facts)).status, VerdictStatus::not_met)
            << at.rule->criterion << " " << testing::PrintToString(at.outside);
    }
}

VerdictStatus with_afp(const Rule& rule, double afp)
{
    ClinicalFacts facts = confined();
    facts.afp_ng_ml = afp;
    facts.edmondson_grade = 2;
    return apply(rule, input_mm({10.0}, facts)).status;
}

TEST(TransplantRules, TurnExactlyAtEveryLimitOfAfp)
{
    const std::vector<std::pair<const Rule*, double>> highest{{&rules::metroticket2, 1000.0},
                                                              {&rules::ttv115, 400.0},
                                                              {&rules::french_afp, 1000.0},
                                                              {&rules::japan_555, 500.0},
                                                              {&rules::samsung, 1000.0}};
    for (const auto& [rule, afp] : highest) {
        EXPECT_EQ(with_afp(*rule, afp), VerdictStatus::met) << rule->criterion;
        EXPECT_EQ(with_afp(*rule, afp + 0.1), VerdictStatus::not_met) << rule->criterion;
    }
}

TEST(TransplantRules, HangzhouAsksForGradeAndAfpOnlyAbove80Mm)
{
    const auto status = [](int grade, double afp) {
        ClinicalFacts facts = confined();
        facts.edmondson_grade = grade;
        facts.afp_ng_ml = afp;
        return apply(rules::hangzhou, input_mm({80.1}, facts)).status;
    };
    EXPECT_EQ(status(2, 400.0), VerdictStatus::met);
    EXPECT_EQ(status(3, 400.0), VerdictStatus::not_met);
    EXPECT_EQ(status(2, 400.1), VerdictStatus::not_met);
}

TEST(TransplantRules, GateTakesTheFallOnlyAfterLocoregionalTherapyAndBelow500)
{
    const auto status = [](double now, bool treated) {
        return apply(rules::optn_afp_gate,
                     {.facts = {.afp_ng_ml = now, .afp_peak_ng_ml = 1000.1, .locoregional_therapy = treated}})
            .status;
    };
    EXPECT_EQ(status(499.9, true), VerdictStatus::met);
    EXPECT_EQ(status(500.0, true), VerdictStatus::not_met);
    EXPECT_EQ(status(499.9, false), VerdictStatus::not_met);
}

TEST(TransplantRules, AnUnknownValueLeavesOpenOnlyWhatDependsOnIt)
{
    EXPECT_EQ(apply(rules::ttv115, input_mm({60.4}, confined())).status, VerdictStatus::not_met);
    const auto open = apply(rules::ttv115, input_mm({60.3}, confined()));
    EXPECT_EQ(open.status, VerdictStatus::indeterminate);
    EXPECT_THAT(open.missing, ElementsAre("afp_ng_ml"));
    EXPECT_EQ(apply(rules::metroticket2, input_mm({60.1}, confined())).status, VerdictStatus::not_met);
}

TEST(TransplantRules, FrenchLowRiskIsAtMostTwoPoints)
{
    for (const int size : {300, 301, 600, 601})
        for (const int count : {1, 3, 4})
            for (const int afp : {1000, 1001, 10000, 10001}) {
                ClinicalFacts facts = confined();
                facts.afp_ng_ml = afp / 10.0;
                std::vector<double> sizes(static_cast<std::size_t>(count), 10.0);
                sizes.front() = size / 10.0;
                const auto points =
                    downstage::criteria::french_points({.largest = size, .count = count, .afp = afp});
                EXPECT_EQ(apply(rules::french_afp, input_mm(sizes, facts)).status == VerdictStatus::met,
                          points <= 2)
                    << size << " " << count << " " << afp;
            }
}

EligibilityInput treated(double whole_mm, std::optional<double> viable_mm)
{
    EligibilityInput input{.facts = confined()};
    input.facts.locoregional_therapy = true;
    input.lesions = {{.any_plane = LesionSize{.diameter_mm = whole_mm, .ci95_mm = {whole_mm, whole_mm}}}};
    if (viable_mm) input.lesions[0].viable = LesionSize{*viable_mm, {*viable_mm, *viable_mm}};
    return input;
}

TEST(TransplantRules, ReadTheViablePartAfterTreatmentWhereTheRuleDoes)  // RULES 6.2, 6.6
{
    EXPECT_EQ(apply(rules::optn_t2, treated(60.0, 45.0)).status, VerdictStatus::met);
    EXPECT_EQ(apply(rules::milan, treated(60.0, 45.0)).status, VerdictStatus::not_met);
    EXPECT_THAT(apply(rules::milan, treated(60.0, 45.0)).contested.value(), HasSubstr("RULES 6.3"));
    EXPECT_EQ(apply(rules::unos_ds_success, treated(60.0, 0.0)).status, VerdictStatus::met);
    EXPECT_EQ(apply(rules::optn_t2, treated(60.0, 0.0)).status, VerdictStatus::not_met);
}

TEST(TransplantRules, AViablePartNotMeasuredIsUnknownAndAtMostTheWhole)
{
    const auto open = apply(rules::unos_ds_success, treated(60.0, std::nullopt));
    EXPECT_EQ(open.status, VerdictStatus::indeterminate);
    EXPECT_THAT(open.missing, ElementsAre("viable_diameter_mm"));
    EXPECT_EQ(apply(rules::unos_ds_success, treated(45.0, std::nullopt)).status, VerdictStatus::met);
}

TEST(TransplantRules, EveryCounterfactualTurnsTheAnswerWhenItIsTried)
{
    const std::vector<std::vector<double>> patients{
        {46.9}, {52.0}, {31.1, 12.0}, {82.0}, {40.0, 41.0}, {66.0}};
    for (const std::vector<double>& sizes : patients) {
        ClinicalFacts facts = confined();
        facts.afp_ng_ml = 50.0;
        facts.edmondson_grade = 3;
        for (const Rule* const rule : rules::all) {
            const auto before = apply(*rule, input_mm(sizes, facts));
            if (!before.counterfactual || before.counterfactual->lesion.empty() || !before.counterfactual->to)
                continue;
            std::vector<double> changed = sizes;
            const auto n = static_cast<std::size_t>(before.counterfactual->lesion.back() - '1');
            changed[n] = *before.counterfactual->to;
            EXPECT_NE(apply(*rule, input_mm(changed, facts)).status, before.status)
                << rule->criterion << ": " << before.counterfactual->sentence;
        }
    }
}

TEST(Eligibility, BeginsWithTheThreeMilansAndOneHeadline)
{
    const auto all = eligibility(input_mm({20.0}, confined()));
    ASSERT_EQ(all.size(), rules::all.size());
    EXPECT_EQ(all[0].criterion, "milan_strict");
    EXPECT_EQ(all[1].criterion, "milan_acs");
    EXPECT_EQ(all[2].criterion, "milan");
    for (std::size_t n = 0; n < all.size(); ++n)
        EXPECT_EQ(all[n].headline, n == 0);
}

}  // namespace
