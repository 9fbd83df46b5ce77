#pragma once

#include "downstage/core/lesion.hpp"

#include "lesions_search.hpp"

#include <vector>

namespace downstage::segmentation {

struct ListingOptions {
    const Grid& tissue_grid;     ///< that the regions lie on
    double grain_hu{};           ///< of plain liver
    double least_diameter_mm{};  ///< in a slice; smaller findings are left out, and one notice counts them
};

/// Writes what was found into the label map of `segmented`, whose grid is in LPS order, as labels 1, 2, ...
/// in its order, with its kind, its confidence and what a reader has to know of it.
void list_all(Segmented& segmented, const std::vector<Found>& all, const ListingOptions& options);

}  // namespace downstage::segmentation
