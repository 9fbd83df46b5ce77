#pragma once

#include "header_facts.hpp"

#include <string>
#include <vector>

namespace downstage::dicom {

/// A plane together with what its file says.
struct Plane {
    const ImageFacts* image{};
    const PlaneFacts* facts{};
    double along_mm{};  ///< its position along the normal of its group
};

/// Planes that may belong to one stack, and what sets them apart from others of their series.
struct PlaneGroup {
    std::vector<Plane> planes;  ///< along the normal, then by time, number and file
    std::string why;            ///< empty, or e.g. "acquisition number 2"
    bool is_mixed{};            ///< positions repeat, and nothing tells the volumes apart
};

/// Two planes nearer than this along the normal are at the same position: no CT is reconstructed so finely.
inline constexpr double same_position_mm = 0.02;

/// True where both are the same image of the same object, perhaps from two copies of its file.
[[nodiscard]] bool is_same_image(const Plane& a, const Plane& b);

/// For each plane of a sorted group the number of its position, counted along the normal.
[[nodiscard]] std::vector<std::size_t> stations_of(const std::vector<Plane>& planes);

/// True where one position holds two different images.
[[nodiscard]] bool has_repeats(const std::vector<Plane>& planes);

}  // namespace downstage::dicom
