#include "liver_place.hpp"

#include "working_grid.hpp"

namespace downstage::segmentation {

namespace {

/// 10 mm: as far as the checks look around the liver.
constexpr std::int32_t box_margin = 4;

}  // namespace

std::variant<Place, NoLiver> find_place(const Volume& upright, unsigned workers)
{
    const Volume coarse = to_working_grid(upright, workers);
    const auto landmarks = find_landmarks(coarse, workers);
    if (const auto* none = std::get_if<NoLiver>(&landmarks)) return *none;
    const auto& whole = std::get<Landmarks>(landmarks);
    const Tissue tissue = find_tissue(coarse, whole, workers);
    const Box box = box_around(tissue.soft, box_margin);
    return Place{.image = coarse.grid(), .landmarks = cropped(whole, box), .tissue = cropped(tissue, box)};
}

}  // namespace downstage::segmentation
