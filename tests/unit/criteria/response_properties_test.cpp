#include "downstage/criteria/irecist.hpp"
#include "downstage/criteria/mrecist.hpp"
#include "downstage/criteria/recist11.hpp"

#include "downstage_test/random_course.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What holds for every patient, tried on many random ones.
namespace {

using downstage::Course;
using downstage::Day;
using downstage::ImmuneAssessment;
using downstage::ImmuneResponse;
using downstage::ImmuneVisit;
using downstage::NewLesion;
using downstage::NonTarget;
using downstage::ProgressionCause;
using downstage::Response;
using downstage::ResponseAssessment;
using downstage::TargetReading;
using downstage::Visit;
using downstage::VisitAssessment;
using downstage::criteria::irecist;
using downstage::criteria::mrecist;
using downstage::criteria::recist11;
using namespace downstage::test;  // NOLINT(google-build-using-namespace): builders of courses

constexpr std::uint64_t seed = 20091113;

/// RECIST 1.1 once more, for patients of whom everything was measured: the page of Eisenhauer 2009 as a
/// second person would write it down, with visits looked up again and again instead of carried along.
class SecondDerivation {
public:
    explicit SecondDerivation(const Course& patient) : patient_{patient} {}

    // NOLINTNEXTLINE(misc-no-recursion): as deep as there are visits, five
    [[nodiscard]] Response of(std::size_t visit) const
    {
        if (disease_at(visit) == 0) return Response::complete;
        for (std::size_t n = 0; n < visit; ++n)
            if (of(n) == Response::complete) return Response::progressive;
        std::int64_t smallest = baseline();
        for (std::size_t n = 0; n < visit; ++n)
            smallest = std::min(smallest, sum_at(n));
        const std::int64_t now = sum_at(visit);
        if (100 * (now - smallest) >= 20 * smallest && now >= smallest + 50) return Response::progressive;
        return 100 * (baseline() - now) >= 30 * baseline() ? Response::partial : Response::stable;
    }

private:
    [[nodiscard]] static std::int64_t size(const TargetReading& target)
    {
        return target.whole.lengths.empty() ? 0 : target.whole.lengths.front().tenths;
    }
    [[nodiscard]] std::int64_t baseline() const
    {
        std::int64_t sum = 0;
        for (const auto& target : patient_.targets)
            sum += size(target.reading);
        return sum;
    }
    [[nodiscard]] std::int64_t sum_at(std::size_t visit) const
    {
        std::int64_t sum = 0;
        for (const TargetReading& target : patient_.visits[visit].targets)
            sum += size(target);
        return sum;
    }
    /// Targets that are no normal node and not gone.
    [[nodiscard]] std::size_t disease_at(std::size_t visit) const
    {
        std::size_t count = 0;
        for (std::size_t n = 0; n < patient_.targets.size(); ++n) {
            const std::int64_t now = size(patient_.visits[visit].targets[n]);
            if (now >= (patient_.targets[n].is_node ? 100 : 1)) ++count;
        }
        return count;
    }

    const Course& patient_;
};

TEST(EveryPatient, IsJudgedAsBySecondDerivation)
{
    RandomCourse random{seed};
    std::array<int, 8> seen{};
    for (int n = 0; n < random_patients; ++n) {
        const Course patient = random.measured();
        const ResponseAssessment assessment = recist11(patient);
        const SecondDerivation second{patient};
        for (std::size_t v = 0; v < patient.visits.size(); ++v) {
            ASSERT_EQ(assessment.visits[v].overall, second.of(v)) << "patient " << n << ", visit " << v;
            ++seen[static_cast<std::size_t>(assessment.visits[v].overall)];
        }
    }
    for (const Response response :
         {Response::complete, Response::partial, Response::stable, Response::progressive})
        EXPECT_GT(seen[static_cast<std::size_t>(response)], random_patients / 50);
}

TEST(EveryPatient, IsJudgedTheSameWhateverTheOrderOfTheLesions)
{
    RandomCourse random{seed + 1};
    for (int n = 0; n < random_patients; ++n) {
        const Course patient = random.any();
        Course turned = patient;
        std::ranges::reverse(turned.targets);
        for (Visit& visit : turned.visits)
            std::ranges::reverse(visit.targets);
        ASSERT_EQ(recist11(turned), recist11(patient)) << "patient " << n;
    }
}

TEST(EveryPatient, GetsTheKnownAnswerOrNoneWhenATargetBecomesUnknown)
{
    RandomCourse random{seed + 2};
    for (int n = 0; n < random_patients; ++n) {
        const Course patient = random.any();
        Course less_known = patient;
        auto& targets = less_known.visits.back().targets;
        targets[static_cast<std::size_t>(random.between(0, static_cast<int>(targets.size()) - 1))] = {};
        const Response known = recist11(patient).visits.back().overall;
        const Response answer = recist11(less_known).visits.back().overall;
        ASSERT_TRUE(answer == known || answer == Response::not_evaluable) << "patient " << n;
    }
}

/// Better is less.
int rank(Response response)
{
    constexpr std::array order{
        Response::complete, Response::partial, Response::stable, Response::progressive};
    return static_cast<int>(std::ranges::find(order, response) - order.begin());
}

TEST(EveryPatient, NeverGetsABetterResponseBecauseALesionIsLarger)
{
    RandomCourse random{seed + 3};
    for (int n = 0; n < random_patients; ++n) {
        const Course patient = random.measured();
        Course grown = patient;
        auto& targets = grown.visits.back().targets;
        auto& target =
            targets[static_cast<std::size_t>(random.between(0, static_cast<int>(targets.size()) - 1))];
        const double now_mm = target.whole.lengths.empty() ? 0.0 : target.whole.lengths.front().raw_mm;
        target = reading(mm(now_mm + random.between(1, 100) / 10.0));
        ASSERT_GE(rank(recist11(grown).visits.back().overall), rank(recist11(patient).visits.back().overall))
            << "patient " << n;
    }
}

/// Twenty percent and five millimetres over the nadir, in whole tenths.
bool has_grown(const VisitAssessment& visit)
{
    return visit.nadir && 5 * visit.measured >= 6 * *visit.nadir && visit.measured - *visit.nadir >= 50;
}

bool is_backed(const VisitAssessment& visit, const std::vector<VisitAssessment>& all)
{
    switch (visit.cause) {
    case ProgressionCause::target_sum: return visit.sum.has_value() && has_grown(visit);
    case ProgressionCause::measured_alone: return !visit.sum && has_grown(visit);
    case ProgressionCause::non_target: return visit.non_target == NonTarget::progressive;
    case ProgressionCause::new_lesion: return visit.new_lesion == NewLesion::unequivocal;
    case ProgressionCause::reappearance:
        return std::ranges::any_of(all, [&](const VisitAssessment& earlier) {
            return earlier.day < visit.day && earlier.overall == Response::complete;
        });
    case ProgressionCause::effusion:
    case ProgressionCause::none: break;
    }
    return false;
}

TEST(EveryPatient, HasProgressedByTheSumOrByANamedOtherCause)
{
    RandomCourse random{seed + 4};
    for (int n = 0; n < random_patients; ++n) {
        const ResponseAssessment assessment = recist11(random.any());
        for (const VisitAssessment& visit : assessment.visits)
            ASSERT_EQ(visit.overall == Response::progressive, is_backed(visit, assessment.visits))
                << "patient " << n << ", day " << visit.day;
    }
}

TEST(EveryPatient, HasNoBetterBestResponseWhenItMustBeConfirmed)
{
    RandomCourse random{seed + 5};
    for (int n = 0; n < random_patients; ++n) {
        const Course patient = random.measured();
        const Response freely = recist11(patient).best;
        const Response confirmed = recist11(patient, {.confirm = true}).best;
        ASSERT_TRUE(confirmed == Response::not_evaluable || rank(confirmed) >= rank(freely))
            << "patient " << n;
    }
}

TEST(EveryPatient, ProgressesInImmuneRecistFirstWhereItDoesInRecist)
{
    RandomCourse random{seed + 6};
    for (int n = 0; n < random_patients; ++n) {
        Course patient = random.any();
        for (Visit& visit : patient.visits)  // iRECIST counts lesions; what is equivocal is none
            if (visit.new_disease.certainty == NewLesion::equivocal) visit.new_disease = {};
        const ImmuneAssessment assessment = irecist(patient);
        const auto first =
            std::ranges::find(assessment.visits, ImmuneResponse::unconfirmed_progressive, &ImmuneVisit::code);
        const std::optional<Day> day =
            first == assessment.visits.end() ? std::nullopt : std::optional{first->day};
        ASSERT_EQ(day, assessment.recist11.progression_day) << "patient " << n;
    }
}

TEST(EveryPatient, HasConfirmedProgressionOnlyAfterFourWeeksOrForASymptomAndKeepsIt)
{
    RandomCourse random{seed + 7};
    int confirmed = 0;
    for (int n = 0; n < random_patients; ++n) {
        const Course patient = random.any();
        const ImmuneAssessment assessment = irecist(patient);
        const auto first =
            std::ranges::find(assessment.visits, ImmuneResponse::confirmed_progressive, &ImmuneVisit::code);
        if (first == assessment.visits.end()) continue;
        ++confirmed;
        ASSERT_TRUE(std::all_of(first, assessment.visits.end(), [](const ImmuneVisit& visit) {
            return visit.code == ImmuneResponse::confirmed_progressive;
        }));
        ASSERT_TRUE(assessment.progression_day);
        const Visit& scan = patient.visits[static_cast<std::size_t>(first - assessment.visits.begin())];
        ASSERT_TRUE(first->day - *assessment.progression_day >= 28 || scan.unscheduled_for_symptom)
            << "patient " << n;
    }
    EXPECT_GT(confirmed, random_patients / 50);
}

TEST(EveryPatient, HasATargetSumThatNoNewLesionEnters)
{
    RandomCourse random{seed + 8};
    for (int n = 0; n < random_patients; ++n) {
        const Course patient = random.any();
        Course without = patient;
        for (Visit& visit : without.visits)
            visit.new_disease.targets.clear();
        const auto with_new = irecist(patient).recist11.visits;
        const auto none_new = irecist(without).recist11.visits;
        for (std::size_t v = 0; v < with_new.size(); ++v)
            ASSERT_EQ(with_new[v].sum, none_new[v].sum) << "patient " << n;
    }
}

TEST(EveryPatient, IsJudgedAlikeByMrecistWithTheFiveMmArmWhenAllIsViable)
{
    RandomCourse random{seed + 9};
    for (int n = 0; n < random_patients; ++n) {
        const Course patient = random.measured();
        ASSERT_EQ(overall_of(mrecist(patient, {.abs5 = true})), overall_of(recist11(patient)))
            << "patient " << n;
    }
}

}  // namespace
