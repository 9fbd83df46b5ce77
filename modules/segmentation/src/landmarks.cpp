#include "landmarks.hpp"

#include "downstage/imaging/morphology.hpp"
#include "downstage/imaging/resample.hpp"

#include "landmarks_diaphragm.hpp"
#include "landmarks_wall.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace downstage::segmentation {

namespace {

// SEGMENTATION.md 3.8
constexpr double right_side_mm = -20.0;
constexpr double least_area_mm2 = 1500.0;
constexpr double range_mm = 260.0;

std::optional<SliceRange> search_range(const Landmarks& landmarks)
{
    const Grid& grid = landmarks.body.grid();
    const double pixel_mm2 = grid.spacing_mm.i * grid.spacing_mm.j;
    std::vector<double> area_mm2(static_cast<std::size_t>(grid.size.k));
    const Mask place = imaging::both(landmarks.below_diaphragm, landmarks.inside_wall);
    for_each_set(place, [&](const Index& at, std::size_t) {
        if (left_of_spine_mm(landmarks.spine, grid, at) < right_side_mm)
            area_mm2[static_cast<std::size_t>(at.k)] += pixel_mm2;
    });
    for (std::int32_t k = grid.size.k - 1; k >= 0; --k)
        if (area_mm2[static_cast<std::size_t>(k)] >= least_area_mm2) {
            const auto slices = static_cast<std::int32_t>(std::lround(range_mm / grid.spacing_mm.k));
            return SliceRange{.bottom_k = std::max(0, k - slices), .top_k = k};
        }
    return std::nullopt;
}

}  // namespace

Landmarks cropped(const Landmarks& landmarks, const Box& box)
{
    const auto part = [&box](const Mask& mask) { return imaging::crop(mask, box.first, box.size); };
    Landmarks result{.body = part(landmarks.body),
                     .bone = part(landmarks.bone),
                     .lungs = landmarks.lungs,
                     .lung_under_dome_mm = landmarks.lung_under_dome_mm,
                     .spine = {},
                     .below_diaphragm = part(landmarks.below_diaphragm),
                     .inside_wall = part(landmarks.inside_wall),
                     .never_liver = part(landmarks.never_liver),
                     .search = {.bottom_k = landmarks.search.bottom_k - box.first.k,
                                .top_k = landmarks.search.top_k - box.first.k}};
    result.lungs.mask = part(landmarks.lungs.mask);
    for (std::int32_t k = 0; k < box.size.k; ++k) {
        const std::int32_t whole_k = box.first.k + k;
        const auto slice = static_cast<std::size_t>(whole_k);
        result.spine.midline_i.push_back(landmarks.spine.midline_i[slice] - box.first.i);
        result.spine.front_j.push_back(landmarks.spine.front_j[slice] - box.first.j);
    }
    return result;
}

Mask never_liver(const Spine& spine, const Grid& grid, unsigned workers)
{
    return voxels_where(grid, workers, [&](const Index& at, std::size_t) {
        const double x = left_of_spine_mm(spine, grid, at);
        const double y = behind_spine_front_mm(spine, grid, at);
        const bool spleen_or_left_kidney = x > 15.0 && y > 0.0;
        const bool aorta_or_crus = x > 5.0 && y > -18.0;
        const bool vertebra = std::abs(x) < 18.0 && y > -2.0;
        return spleen_or_left_kidney || aorta_or_crus || vertebra || x > 150.0;
    });
}

std::variant<Landmarks, NoLiver> find_landmarks(const Volume& ct, unsigned workers)
{
    Landmarks found;
    found.body = find_body(ct, workers);
    if (imaging::count(found.body) == 0) return NoLiver{"No body is in the image, only air."};
    found.bone = find_bone(ct, found.body, workers);
    auto spine = find_spine(found.bone, found.body);
    if (!spine) return NoLiver{"No spine is in the image, so the place of the liver cannot be told."};
    found.spine = *std::move(spine);

    found.lungs = find_lungs(ct, found.body, workers);
    found.below_diaphragm = Mask{ct.grid(), 1};
    if (found.lungs.in_view) {
        found.below_diaphragm =
            below_surface(diaphragm_height(found.lungs.mask, workers), found.lungs.mask, workers);
        found.lung_under_dome_mm = deepest_under_dome_mm(found.lungs.mask);
    }
    found.inside_wall = find_inside_wall(ct, found.body, found.bone, found.spine, workers);
    found.never_liver = never_liver(found.spine, ct.grid(), workers);

    const auto range = search_range(found);
    if (!range) return NoLiver{"No upper abdomen is in the image: nothing lies under the right diaphragm."};
    found.search = *range;
    return found;
}

}  // namespace downstage::segmentation
