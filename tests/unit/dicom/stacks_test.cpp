#include "downstage/dicom/scan.hpp"

#include "downstage_test/dicom_bytes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

/// How one series becomes stacks: what may share a volume, and what is refused.
namespace downstage::dicom {
namespace {

using test::ImageFile;
using testing::HasSubstr;
using testing::IsEmpty;

/// Writes the images under names that tell nothing, and gives the stacks of the one study.
std::vector<Stack> stacks_from(const std::vector<ImageFile>& images)
{
    const test::TemporaryFolder folder;
    for (std::size_t n = 0; n < images.size(); ++n)
        folder.write("f" + std::to_string((n * 7) % 101), test::image_file(images[n]));
    const Scan scan = dicom::scan(folder.path());
    EXPECT_THAT(scan.broken, IsEmpty());
    EXPECT_EQ(scan.studies.size(), 1U);
    return scan.studies.empty() ? std::vector<Stack>{} : scan.studies.front().stacks;
}

ImageFile slice_at(double z_mm, int instance)
{
    ImageFile image;
    image.position = "-10\\20\\" + std::to_string(z_mm);
    image.instance = std::to_string(instance);
    image.sop += "." + image.instance;
    return image;
}

/// `count` slices, 5 mm apart, with instance numbers from `first_instance` on.
std::vector<ImageFile> slices(int count, int first_instance = 1)
{
    std::vector<ImageFile> images;
    for (int n = 0; n < count; ++n)
        images.push_back(slice_at(5.0 * n, first_instance + n));
    return images;
}

std::vector<ImageFile> together(std::vector<ImageFile> a, const std::vector<ImageFile>& b)
{
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

template <typename Change>
std::vector<ImageFile> each(std::vector<ImageFile> images, const Change& change)
{
    std::ranges::for_each(images, change);
    return images;
}

std::set<std::int32_t> instances(const Stack& stack)
{
    std::set<std::int32_t> numbers;
    for (const Slice& slice : stack.slices)
        numbers.insert(slice.instance_number);
    return numbers;
}

TEST(Stacks, OfOnePlainSeriesAreOneInTheOrderOfTheNormal)
{
    std::vector<ImageFile> images = slices(5);
    std::ranges::reverse(images);
    const std::vector<Stack> stacks = stacks_from(images);
    ASSERT_EQ(stacks.size(), 1U);
    const Stack& stack = stacks.front();
    EXPECT_THAT(stack.part_why, IsEmpty());
    EXPECT_THAT(stack.unusable_because, IsEmpty());
    EXPECT_TRUE(std::ranges::is_sorted(stack.slices, {}, [](const Slice& s) { return s.position.z_mm; }));
    EXPECT_EQ(stack.columns, 4);
    EXPECT_EQ(stack.rows, 3);
    EXPECT_EQ(stack.row_spacing_mm, 0.9);  // PixelSpacing: rows first
    EXPECT_EQ(stack.column_spacing_mm, 0.7);
}

TEST(Stacks, StayWholeWhenEachSliceIsAnAcquisitionOfItsOwn)
{
    std::vector<ImageFile> images = slices(6);
    for (std::size_t n = 0; n < images.size(); ++n) {
        images[n].acquisition_number = std::to_string(n + 1);
        images[n].acquisition_time = "10000" + std::to_string(n);
    }
    EXPECT_EQ(stacks_from(images).size(), 1U);
}

TEST(Stacks, StayWholeWhenTwoBreathHoldsShareTheVolume)
{
    std::vector<ImageFile> images = slices(6);
    for (std::size_t n = 0; n < images.size(); ++n)
        images[n].acquisition_number = n < 3 ? "1" : "2";
    EXPECT_EQ(stacks_from(images).size(), 1U);
}

TEST(Stacks, AreTwoWhenTwoAcquisitionsRepeatThePositions)
{
    const auto acquisition = [](const char* number) {
        return [number](ImageFile& image) { image.acquisition_number = number; };
    };
    const std::vector<Stack> stacks =
        stacks_from(together(each(slices(4, 1), acquisition("3")), each(slices(4, 5), acquisition("4"))));
    ASSERT_EQ(stacks.size(), 2U);
    EXPECT_EQ(instances(stacks[0]), (std::set<std::int32_t>{1, 2, 3, 4}));
    EXPECT_EQ(instances(stacks[1]), (std::set<std::int32_t>{5, 6, 7, 8}));
    EXPECT_THAT(stacks[1].part_why, HasSubstr("acquisition number from 4"));
    EXPECT_EQ(stacks[1].part, 1);
}

TEST(Stacks, PutTwoBreathHoldsOfEachOfTwoPhasesTogether)
{
    std::vector<ImageFile> images = together(slices(4, 1), slices(4, 5));
    for (std::size_t n = 0; n < images.size(); ++n)
        images[n].acquisition_number = std::to_string(1 + n / 2);  // 1, 2: first phase; 3, 4: second
    const std::vector<Stack> stacks = stacks_from(images);
    ASSERT_EQ(stacks.size(), 2U);
    EXPECT_EQ(instances(stacks[0]), (std::set<std::int32_t>{1, 2, 3, 4}));
}

TEST(Stacks, FollowTheTemporalPosition)
{
    const auto at_time = [](const char* time) {
        return [time](ImageFile& image) { image.temporal_position = time; };
    };
    const std::vector<Stack> stacks =
        stacks_from(together(each(slices(3, 4), at_time("2")), each(slices(3, 1), at_time("1"))));
    ASSERT_EQ(stacks.size(), 2U);
    EXPECT_EQ(instances(stacks[0]), (std::set<std::int32_t>{1, 2, 3}));
    EXPECT_THAT(stacks[0].part_why, HasSubstr("temporal position 1"));
}

TEST(Stacks, TellPhasesApartByTimeWhereNumbersSayNothing)
{
    std::vector<ImageFile> images = together(slices(4, 1), slices(4, 1));
    for (std::size_t n = 0; n < images.size(); ++n) {
        images[n].sop += n < 4 ? ".1" : ".2";
        images[n].acquisition_time = (n < 4 ? "1000" : "1001") + std::to_string(10 + n);
    }
    const std::vector<Stack> stacks = stacks_from(images);
    ASSERT_EQ(stacks.size(), 2U);
    for (const Slice& slice : stacks[0].slices)
        EXPECT_THAT(slice.sop_uid.text, testing::EndsWith(".1"));
}

TEST(Stacks, TellPhasesApartByInstanceNumberWhereNoTagDoes)
{
    const std::vector<Stack> stacks = stacks_from(together(slices(4, 1), slices(4, 5)));
    ASSERT_EQ(stacks.size(), 2U);
    EXPECT_EQ(instances(stacks[0]), (std::set<std::int32_t>{1, 2, 3, 4}));
    EXPECT_EQ(instances(stacks[1]), (std::set<std::int32_t>{5, 6, 7, 8}));
}

TEST(Stacks, TellPhasesApartThatWereTakenInTurnAtEachPosition)
{
    std::vector<ImageFile> images;
    for (int n = 0; n < 4; ++n) {
        images.push_back(slice_at(5.0 * n, 2 * n + 1));
        images.push_back(slice_at(5.0 * n, 2 * n + 2));
    }
    const std::vector<Stack> stacks = stacks_from(images);
    ASSERT_EQ(stacks.size(), 2U);
    EXPECT_EQ(instances(stacks[0]), (std::set<std::int32_t>{1, 3, 5, 7}));
    EXPECT_EQ(instances(stacks[1]), (std::set<std::int32_t>{2, 4, 6, 8}));
}

/// Four slices from `first_mm` on, all of one acquisition.
std::vector<ImageFile> acquisition_from(double first_mm, double step_mm, const std::string& number)
{
    std::vector<ImageFile> images;
    for (int n = 0; n < 4; ++n) {
        images.push_back(slice_at(first_mm + step_mm * n, n + 1));
        images.back().acquisition_number = number;
        images.back().sop += "." + number;
    }
    return images;
}

TEST(Stacks, AreTwoWhenTwoAcquisitionsRunThroughOneAnotherUnevenly)
{
    const std::vector<Stack> stacks =
        stacks_from(together(acquisition_from(0.0, 5.0, "1"), acquisition_from(2.0, 5.0, "2")));
    ASSERT_EQ(stacks.size(), 2U);
    EXPECT_EQ(stacks[0].slices.size(), 4U);
    EXPECT_EQ(stacks[1].slices.front().position.z_mm, 2.0);
}

/// Two acquisitions with a step of 10 mm, the second half a step after the first, of slices `thickness` mm
/// thick.
std::vector<ImageFile> interleaved(const std::string& thickness)
{
    return each(together(acquisition_from(0.0, 10.0, "1"), acquisition_from(5.0, 10.0, "2")),
                [&](ImageFile& image) { image.thickness = thickness; });
}

TEST(Stacks, StayWholeWhenTwoAcquisitionsFillEachOthersGaps)
{
    EXPECT_EQ(stacks_from(interleaved("5")).size(), 1U);
}

TEST(Stacks, AreTwoWhenTwoWholeAcquisitionsStandHalfAStepApart)
{
    EXPECT_EQ(stacks_from(interleaved("10")).size(), 2U);
    EXPECT_EQ(stacks_from(interleaved("")).size(), 2U);  // nothing says that they fill each other's gaps
}

TEST(Stacks, AreRefusedWhereNothingTellsRepeatedPositionsApart)
{
    std::vector<ImageFile> images = slices(4);
    images.push_back(images[1]);
    images.back().sop += ".9";
    const std::vector<Stack> stacks = stacks_from(images);
    ASSERT_EQ(stacks.size(), 1U);
    EXPECT_THAT(stacks.front().unusable_because, HasSubstr("no attribute tells"));
}

TEST(Stacks, KeepCopiesOfAnImageForThePassportToCount)
{
    std::vector<ImageFile> images = slices(4);
    images.push_back(images[1]);
    const std::vector<Stack> stacks = stacks_from(images);
    ASSERT_EQ(stacks.size(), 1U);
    EXPECT_THAT(stacks.front().unusable_because, IsEmpty());
    EXPECT_EQ(stacks.front().slices.size(), 5U);
}

TEST(Stacks, AreSplitByOrientationMatrixAndPixelSpacing)
{
    const std::vector<ImageFile> coronal = each(slices(2, 11), [](ImageFile& image) {
        image.orientation = "1\\0\\0\\0\\0\\-1";
        image.position = "0\\" + image.instance + "\\0";
    });
    const std::vector<ImageFile> wide = each(slices(2, 21), [](ImageFile& image) { image.columns = 6; });
    const std::vector<ImageFile> coarse =
        each(slices(2, 31), [](ImageFile& image) { image.spacing = "0.9\\0.8"; });
    const std::vector<Stack> stacks =
        stacks_from(together(together(slices(2), coronal), together(wide, coarse)));
    ASSERT_EQ(stacks.size(), 4U);
    for (const Stack& stack : stacks) {
        EXPECT_EQ(stack.slices.size(), 2U);
        EXPECT_THAT(stack.unusable_because, IsEmpty());
    }
    EXPECT_THAT(stacks[1].part_why, HasSubstr("slice normal"));
    EXPECT_THAT(stacks[2].part_why, HasSubstr("matrix 6 x 3"));
    EXPECT_THAT(stacks[3].part_why, HasSubstr("pixel spacing 0.800 mm"));
}

TEST(Stacks, SetLocalizersApartAndCallThemUnusable)
{
    const std::vector<ImageFile> scouts =
        each(slices(2, 11), [](ImageFile& image) { image.image_type = "ORIGINAL\\PRIMARY\\LOCALIZER"; });
    const std::vector<Stack> stacks = stacks_from(together(slices(3), scouts));
    ASSERT_EQ(stacks.size(), 2U);
    EXPECT_THAT(stacks[0].unusable_because, IsEmpty());
    EXPECT_EQ(stacks[1].unusable_because, "it is a localizer");
}

/// One change to every image of a good series, and the words that refuse it.
struct Refusal {
    const char* name;
    void (*change)(ImageFile&);
    const char* words;
};

class Unusable : public testing::TestWithParam<Refusal> {};

TEST_P(Unusable, IsSaidWithItsReason)
{
    const std::vector<Stack> stacks = stacks_from(each(slices(3), GetParam().change));
    ASSERT_EQ(stacks.size(), 1U);
    EXPECT_THAT(stacks.front().unusable_because, HasSubstr(GetParam().words));
}

INSTANTIATE_TEST_SUITE_P(
    Stacks,
    Unusable,
    testing::Values(
        Refusal{"Pet", [](ImageFile& i) { i.modality = "PT"; }, "modality PT is not measured; give a CT"},
        Refusal{"Colour", [](ImageFile& i) { i.photometric = "RGB"; }, "in colour (RGB)"},
        Refusal{"NoPosition",
                [](ImageFile& i) { i.position = ""; },
                "ImagePositionPatient (0020,0032) is missing"},
        Refusal{
            "NoOrientation", [](ImageFile& i) { i.orientation = ""; }, "ImageOrientationPatient (0020,0037)"},
        Refusal{"NoSpacing", [](ImageFile& i) { i.spacing = ""; }, "PixelSpacing (0028,0030) is missing"},
        Refusal{"OnePlace", [](ImageFile& i) { i.position = "0\\0\\0"; }, "all lie at one place"},
        Refusal{"Projection", [](ImageFile& i) { i.image_type = "DERIVED\\SECONDARY\\MIP"; }, "projection"},
        Refusal{"Reformat", [](ImageFile& i) { i.image_type = "DERIVED\\SECONDARY\\MPR"; }, "reformatted"},
        Refusal{"FlowMap",
                [](ImageFile& i) { i.image_type = "DERIVED\\PRIMARY\\PERFUSION\\RCBF"; },
                "blood flow"}),
    [](const auto& refusal) { return refusal.param.name; });

TEST(Stacks, OfProcessedSlicesStayUsable)
{
    const std::vector<Stack> stacks = stacks_from(
        each(slices(3), [](ImageFile& image) { image.image_type = "DERIVED\\SECONDARY\\PROCESSED"; }));
    EXPECT_THAT(stacks.front().unusable_because, IsEmpty());
}

TEST(Stacks, CallOneSliceNoVolume)
{
    EXPECT_EQ(stacks_from(slices(1)).front().unusable_because, "one slice is no volume");
}

TEST(Stacks, ComeInTheOrderOfSeriesNumbersAndKeepASeriesTogether)
{
    const std::vector<ImageFile> later = each(slices(2, 11), [](ImageFile& image) {
        image.series = "1.2.3.1";
        image.series_number = "7";
    });
    const std::vector<Stack> stacks = stacks_from(together(later, slices(2)));
    ASSERT_EQ(stacks.size(), 2U);
    EXPECT_EQ(stacks[0].series_number, 2);
    EXPECT_EQ(stacks[1].series_number, 7);
    EXPECT_EQ(stacks[1].part, 0);
}

}  // namespace
}  // namespace downstage::dicom
