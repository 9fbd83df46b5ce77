#include "downstage/core/parallel.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

namespace downstage {
namespace {

TEST(ForEachIndex, VisitsEveryIndexOnceWhateverTheNumberOfWorkers)
{
    for (const unsigned workers : {1U, 2U, 7U, 0U}) {
        std::vector<int> visits(1000, 0);
        for_each_index(visits.size(), workers, [&](std::size_t n) { ++visits[n]; });
        EXPECT_THAT(visits, testing::Each(1)) << workers << " workers";
    }
}

TEST(ForEachIndex, DoesNothingForNoIndex)
{
    for_each_index(0, 4, [](std::size_t) { FAIL() << "called for an empty range"; });
}

TEST(ForEachIndex, RethrowsTheFailureOfTheLowestIndex)
{
    for (const unsigned workers : {1U, 7U}) {
        try {
            for_each_index(200, workers, [](std::size_t n) {
                if (n % 3 == 2) throw std::runtime_error{std::to_string(n)};
            });
            FAIL() << "no failure arrived";
        } catch (const std::runtime_error& failure) {
            EXPECT_STREQ(failure.what(), "2");
        }
    }
}

TEST(WorkersFor, IsAtLeastOne)
{
    EXPECT_GE(workers_for(0), 1U);
    EXPECT_EQ(workers_for(5), 5U);
}

}  // namespace
}  // namespace downstage
