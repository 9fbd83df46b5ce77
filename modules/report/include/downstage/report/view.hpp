#pragma once

#include "downstage/core/space.hpp"

#include <cstdint>

namespace downstage::report {

/// A place in a picture: x to the right, y down, whole numbers at the centres of pixels.
struct PixelPlace {
    double x{}, y{};
    friend constexpr bool operator==(const PixelPlace&, const PixelPlace&) = default;
};

/// A flat window onto the patient with square pixels: what a picture shows.
struct View {
    PointLps centre;        ///< seen in the middle of the picture
    VectorLps right, down;  ///< unit directions in the patient, perpendicular to each other
    double mm_per_pixel{1.0};
    std::int32_t width{}, height{};
};

/// The body plane that a reader would call a picture.
enum class Plane { axial, coronal, sagittal };

/// How much of the patient a square picture shows, on how many pixels a side.
struct Frame {
    double extent_mm{};
    std::int32_t pixels{};
};

/// Where `point` is seen: its foot on the plane of the view, which may lie outside the picture.
[[nodiscard]] PixelPlace to_pixel(const View& view, const PointLps& point);

/// The place in the patient that a pixel shows; the inverse of `to_pixel` for points of the plane.
[[nodiscard]] PointLps to_lps(const View& view, const PixelPlace& pixel);

/// The slices of `grid` as a radiologist hangs them, around `centre`: the in-plane axes of the grid,
/// whichever way they run, turned so that (axial) left is right and posterior is down, (coronal) left is
/// right and feet are down, (sagittal) posterior is right and feet are down. An oblique slice is hung as the
/// plane it is nearest to.
[[nodiscard]] View slice_view(const Grid& grid, const PointLps& centre, const Frame& frame);

/// The body plane through `centre`, hung likewise.
[[nodiscard]] View plane_view(Plane plane, const PointLps& centre, const Frame& frame);

/// The letter that a picture carries at its edge in `direction`: L, R, A, P, H or F (DICOM PS3.3
/// C.7.6.1.1.1).
[[nodiscard]] char side_letter(const VectorLps& direction);

/// The side of the square to show around a lesion of this diameter: 100 to 140 mm, so that pictures of small
/// lesions can be compared by eye; more only where the lesion would touch the edge.
[[nodiscard]] double extent_around(double diameter_mm);

}  // namespace downstage::report
