#pragma once

#include "lesions_region.hpp"
#include "parenchyma.hpp"

#include <optional>

namespace downstage::segmentation {

/// What is known of a region (SEGMENTATION.md 9.5). "Slice" is the one of its largest area.
struct Features {
    double volume_ml{};
    double slice_radius_mm{};    ///< of the largest disc inside it in that slice
    double slice_diameter_mm{};  ///< its longest diameter in that slice
    double roundness{};          ///< area over that of the disc of the longest diameter: 1 is a disc
    double compactness{};        ///< radius of the largest disc inside over that of the disc of equal area
    double elongation{};         ///< longest over middle axis in 3-D
    double surface_share{};      ///< part of its outline at the liver's surface
    double shallow_share{};      ///< part of its volume near the liver's surface
    double darkness_hu{};        ///< below the liver around it
    double contrast{};           ///< the same over the noise
    double separation{};         ///< 1: what surrounds it is plain liver; 0: that is as dark as the region
    double median_hu{};
    double sd_hu{};         ///< inside, not smoothed
    double dark_tail_hu{};  ///< 8th percentile of the unsmoothed HU
    double fat_beside{};    ///< part of what surrounds it that is fat, in the liver or out of it
};

/// `region` must not be empty.
[[nodiscard]] Features describe(const Region& region, const Parenchyma& tissue);

/// Fluid without debris, sharply bordered: a cyst (SEGMENTATION.md 9.9). `grain_hu` is the sd of the
/// unsmoothed image in plain liver.
[[nodiscard]] bool is_fluid(const Features& features, double grain_hu);

/// Why a region is no lesion (SEGMENTATION.md 9.6).
enum class Rejection { fat, too_small, rind, vessel, shapeless, gallbladder, diffuse, too_short };

/// The first reason that applies; nothing for a region that may be a lesion.
[[nodiscard]] std::optional<Rejection> rejection_of(const Features& features, double grain_hu);

}  // namespace downstage::segmentation
