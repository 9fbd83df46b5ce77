#include "downstage/criteria/irecist.hpp"
#include "downstage/criteria/mrecist.hpp"
#include "downstage/criteria/recist11.hpp"

#include "downstage_test/random_course.hpp"

#include <benchmark/benchmark.h>

#include <cstddef>
#include <vector>

/// How many patients of five visits a second are assessed on one core, other readings and roundings included.
namespace {

using downstage::Course;

std::vector<Course> patients_of_five_visits()
{
    downstage::test::RandomCourse random{1};
    std::vector<Course> patients;
    while (patients.size() < 1000) {
        Course patient = random.any();
        if (patient.visits.size() == 5) patients.push_back(std::move(patient));
    }
    return patients;
}

template <typename Assess>
void assess_all(benchmark::State& state, const Assess& assess)
{
    const std::vector<Course> patients = patients_of_five_visits();
    std::size_t n = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(assess(patients[n++ % patients.size()]));
    state.SetItemsProcessed(state.iterations());
}

void recist11(benchmark::State& state)
{
    assess_all(state, [](const Course& patient) { return downstage::criteria::recist11(patient); });
}
void irecist(benchmark::State& state)
{
    assess_all(state, [](const Course& patient) { return downstage::criteria::irecist(patient); });
}
void mrecist(benchmark::State& state)
{
    assess_all(state, [](const Course& patient) { return downstage::criteria::mrecist(patient); });
}

}  // namespace

BENCHMARK(recist11);
BENCHMARK(irecist);
BENCHMARK(mrecist);
