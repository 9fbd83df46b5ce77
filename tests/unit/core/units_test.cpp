#include "downstage/core/error.hpp"
#include "downstage/core/units.hpp"

#include <gtest/gtest.h>

namespace downstage {
namespace {

// RULES.md 0.2: to 0.1 mm, half away from zero. The truth is decimal arithmetic by hand.
TEST(ToTenths, RoundsHalvesAwayFromZeroAsDecimalsNotAsBinaries)
{
    EXPECT_EQ(to_tenths(29.95), 300);
    EXPECT_EQ(to_tenths(29.949), 299);
    EXPECT_EQ(to_tenths(2.25), 23);
    EXPECT_EQ(to_tenths(-0.05), -1);
    EXPECT_EQ(to_tenths(0.0), 0);
}

TEST(Error, KeepsItsCodeWhenToldFurtherOut)
{
    const Error inner{Errc::input, "slice 41 repeats slice 40"};
    const Error outer = inner.within("reading series 1.2.3");
    EXPECT_EQ(outer.code(), Errc::input);
    EXPECT_STREQ(outer.what(), "reading series 1.2.3: slice 41 repeats slice 40");
}

}  // namespace
}  // namespace downstage
