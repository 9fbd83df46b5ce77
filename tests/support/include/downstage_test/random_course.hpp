#pragma once

#include "downstage_test/courses.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>

/// Seeded random patients, near the limits of the rules more often than patients are.
namespace downstage::test {

/// So many patients a property is tried on; fewer under the sanitizers, which are slow, and for mutants, of
/// which there are many.
#if defined(DOWNSTAGE_RANDOM_PATIENTS)
inline constexpr int random_patients = DOWNSTAGE_RANDOM_PATIENTS;
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr int random_patients = 3'000;
#else
inline constexpr int random_patients = 100'000;
#endif

class RandomCourse {
public:
    explicit RandomCourse(std::uint64_t seed) : random_{seed} {}

    /// Whole number from `least` to `most`.
    [[nodiscard]] int between(int least, int most)
    {
        return std::uniform_int_distribution<int>{least, most}(random_);
    }
    [[nodiscard]] bool one_in(int n) { return between(1, n) == 1; }

    /// 1 to 3 lesions, some of them nodes, 1 to 5 visits four to nine weeks apart; everything measured.
    [[nodiscard]] Course measured()
    {
        Course patient;
        const int lesions = between(1, 3);
        for (int n = 0; n < lesions; ++n)
            patient.targets.push_back(one_in(4) ? node(between(150, 300) / 10.0)
                                                : lesion(between(100, 600) / 10.0));
        const int visits = between(1, 5);
        for (int n = 0; n < visits; ++n)
            patient.visits.push_back(next_visit(patient));
        return patient;
    }

    /// As `measured`, and with everything else that can be said of a visit.
    [[nodiscard]] Course any()
    {
        Course patient = measured();
        for (Visit& seen : patient.visits)
            add_the_rest(seen);
        return patient;
    }

private:
    /// The visit before, each lesion times 0.6 to 1.4 in steps that hit 0.7 and 1.2; sometimes gone or back.
    Visit next_visit(const Course& patient)
    {
        Visit seen;
        const Day before = patient.visits.empty() ? 0 : patient.visits.back().day;
        seen.day = before + between(28, 63);
        for (std::size_t n = 0; n < patient.targets.size(); ++n) {
            const Extent& last = patient.visits.empty() ? patient.targets[n].reading.whole
                                                        : patient.visits.back().targets[n].whole;
            seen.targets.push_back(reading(changed(last)));
        }
        return seen;
    }

    Extent changed(const Extent& last)
    {
        if (one_in(8)) return gone;
        const double last_mm = last.lengths.empty() ? 5.0 : last.lengths.front().raw_mm;
        return mm(std::round(last_mm * between(6, 14)) / 10.0);
    }

    void add_the_rest(Visit& seen)
    {
        using enum NonTarget;
        constexpr std::array states{none_at_baseline, complete, persisting, not_evaluable, progressive};
        seen.non_target = states[static_cast<std::size_t>(between(0, one_in(6) ? 4 : 3))];
        seen.non_target_increased = one_in(3);
        if (one_in(6)) {
            seen.new_disease.certainty = one_in(2) ? NewLesion::equivocal : NewLesion::unequivocal;
            if (seen.new_disease.certainty == NewLesion::unequivocal)
                seen.new_disease.appeared = between(0, 2);
            if (one_in(2)) seen.new_disease.targets = {length_of(between(100, 300) / 10.0)};
        }
        for (TargetReading& target : seen.targets)
            if (one_in(12)) target = reading(one_in(2) ? unknown : too_small);
        seen.unscheduled_for_symptom = one_in(5);
    }

    std::mt19937_64 random_;
};

}  // namespace downstage::test
