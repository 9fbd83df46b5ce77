#pragma once

#include "downstage/phantom/body.hpp"

#include <functional>
#include <optional>
#include <span>

namespace downstage::phantom {

/// A part of the patient, such as the liver: a box that holds it, and which places of the box belong to it.
struct Region {
    PointLps low, high;
    std::function<bool(const PointLps&)> holds;
};

/// The voxels of a mask; a place belongs to its nearest voxel. The mask must outlive the region.
[[nodiscard]] Region region_of(const Mask& mask);

/// Where in a region a body may lie.
struct SiteRules {
    double smallest_share{1.0}, largest_share{1.0};  ///< of the body that lies in the region
    double margin_mm{};  ///< for bodies wholly inside: so far around them lies the region, too
    double gap_mm{3.0};  ///< at least so far from each body that is there already
};

/// How far `body` is to be shifted to lie in the region by the rules: the first that fits of 2000 tries by
/// `seed`. Empty where none fits.
[[nodiscard]] std::optional<VectorLps> find_site(const Body& body,
                                                 const Region& region,
                                                 std::span<const Body> there_already,
                                                 const SiteRules& rules,
                                                 std::uint64_t seed);

/// The same for a body that is to touch the last of those there, without a gap and without overlapping it by
/// more than its surface's own steps; nine tenths of it or more lie in the region.
[[nodiscard]] std::optional<VectorLps> find_site_beside(const Body& body,
                                                        const Region& region,
                                                        std::span<const Body> there_already,
                                                        std::uint64_t seed);

}  // namespace downstage::phantom
