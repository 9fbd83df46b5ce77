#include "downstage/dicom/identity.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace downstage::dicom {
namespace {

TEST(UidFromName, IsThePublishedDigestAsADecimalUuid)
{
    // SHA-256("abc") begins with ba7816bf 8f01cfea 414140de 5dae2223 (FIPS 180-4, example 1). With version 8
    // and the variant bits (RFC 9562 section 5.8) that is ba7816bf-8f01-8fea-8141-40de5dae2223; in decimal:
    EXPECT_EQ(uid_from_name("abc"), "2.25.247859944228867097191300499870369849891");
}

TEST(UidFromName, IsTheSameForTheSameNameOnly)
{
    EXPECT_EQ(uid_from_name("series/1"), uid_from_name("series/1"));
    EXPECT_NE(uid_from_name("series/1"), uid_from_name("series/2"));
}

TEST(UidFromName, IsAlwaysAUidThatDicomAllows)
{
    for (int n = 0; n < 500; ++n) {
        const std::string uid = uid_from_name("name " + std::to_string(n));
        EXPECT_LE(uid.size(), 64U);
        EXPECT_THAT(uid,
                    testing::MatchesRegex("2\\.25\\.[1-9][0-9]*"));  // PS3.5 section 9.1: no leading zeros
    }
}

}  // namespace
}  // namespace downstage::dicom
