#include "downstage/report/window.hpp"

#include <gtest/gtest.h>

namespace downstage::report {
namespace {

/// Liver of 110 HU in the lower half of a small volume of fat, a lesion of 40 HU in it.
struct Scene {
    Volume image{grid(), -100};
    Segmented found;

    static Grid grid() { return {.size = {12, 12, 4}, .spacing_mm = {}, .origin = {}, .axes = {}}; }
    Scene()
    {
        found.liver = Mask{grid(), 0};
        found.lesions = LabelMap{grid(), 0};
        for (std::int32_t k = 0; k < 4; ++k)
            for (std::int32_t j = 6; j < 12; ++j)
                for (std::int32_t i = 0; i < 12; ++i) {
                    const Index at{i, j, k};
                    const bool in_lesion = i < 6;
                    found.liver[at] = 1;
                    found.lesions[at] = in_lesion ? 1 : 0;
                    image[at] = in_lesion ? 40 : 110;
                }
    }
};

TEST(WindowFor, IsCentredOnTheLiverWithoutItsLesions)
{
    const Scene scene;
    EXPECT_EQ(window_for(scene.image, scene.found), (Window{.centre_hu = 110.0, .width_hu = 260.0}));
}

TEST(WindowFor, IsTheAbdominalWindowWithoutALiver)
{
    Scene scene;
    scene.found.liver = Mask{};
    EXPECT_EQ(window_for(scene.image, scene.found), (Window{.centre_hu = 60.0, .width_hu = 350.0}));
}

TEST(WindowFor, IsTheAbdominalWindowWhenLesionsFillTheLiver)
{
    Scene scene;
    for (std::uint16_t& label : scene.found.lesions.voxels())
        label = 1;
    EXPECT_EQ(window_for(scene.image, scene.found), (Window{.centre_hu = 60.0, .width_hu = 350.0}));
}

TEST(Grey, RunsFromBlackToWhiteOverTheWindowAndStopsThere)
{
    const Window window{.centre_hu = 100.0, .width_hu = 200.0};
    EXPECT_EQ(grey(window, -1000.0), 0);
    EXPECT_EQ(grey(window, 0.0), 0);
    EXPECT_EQ(grey(window, 100.0), 128);  // 127.5, rounded up
    EXPECT_EQ(grey(window, 200.0), 255);
    EXPECT_EQ(grey(window, 3000.0), 255);
}

}  // namespace
}  // namespace downstage::report
