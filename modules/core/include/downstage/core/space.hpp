#pragma once

#include <cstddef>
#include <cstdint>

/// Places, displacements and sampling grids. One frame everywhere: DICOM patient coordinates
/// (LPS: +x left, +y posterior, +z head), millimetres (DICOM PS3.3 C.7.6.2.1.1).
namespace downstage {

/// A voxel address: column i, row j, slice k. No unit.
struct Index {
    std::int32_t i{}, j{}, k{};
    friend constexpr bool operator==(const Index&, const Index&) = default;
};

/// Number of voxels along each axis of a grid.
struct Size {
    std::int32_t i{}, j{}, k{};
    friend constexpr bool operator==(const Size&, const Size&) = default;
};

/// A place between voxels, in units of voxels: {0, 0, 0} is the centre of the first voxel.
struct VoxelPlace {
    double i{}, j{}, k{};
    friend constexpr bool operator==(const VoxelPlace&, const VoxelPlace&) = default;
};

/// A place in the patient, LPS millimetres.
struct PointLps {
    double x_mm{}, y_mm{}, z_mm{};
    friend constexpr bool operator==(const PointLps&, const PointLps&) = default;
};

/// A displacement or, where its length is 1, a direction in the patient, LPS millimetres.
struct VectorLps {
    double x_mm{}, y_mm{}, z_mm{};
    friend constexpr bool operator==(const VectorLps&, const VectorLps&) = default;
};

/// Distance between the centres of neighbouring voxels along each axis of a grid.
struct SpacingMm {
    double i{1.0}, j{1.0}, k{1.0};
    friend constexpr bool operator==(const SpacingMm&, const SpacingMm&) = default;
};

/// Unit directions in which the voxel indices of a grid grow. Orthogonal, of either handedness.
struct Axes {
    VectorLps i{1.0, 0.0, 0.0}, j{0.0, 1.0, 0.0}, k{0.0, 0.0, 1.0};
    friend constexpr bool operator==(const Axes&, const Axes&) = default;
};

/// The one description of where voxels are. `origin` is the centre of voxel {0, 0, 0}.
struct Grid {
    Size size;
    SpacingMm spacing_mm;
    PointLps origin;
    Axes axes;
    friend constexpr bool operator==(const Grid&, const Grid&) = default;
};

[[nodiscard]] constexpr VectorLps operator-(const PointLps& a, const PointLps& b)
{
    return {a.x_mm - b.x_mm, a.y_mm - b.y_mm, a.z_mm - b.z_mm};
}
[[nodiscard]] constexpr PointLps operator+(const PointLps& a, const VectorLps& b)
{
    return {a.x_mm + b.x_mm, a.y_mm + b.y_mm, a.z_mm + b.z_mm};
}
[[nodiscard]] constexpr VectorLps operator+(const VectorLps& a, const VectorLps& b)
{
    return {a.x_mm + b.x_mm, a.y_mm + b.y_mm, a.z_mm + b.z_mm};
}
[[nodiscard]] constexpr VectorLps operator*(double factor, const VectorLps& a)
{
    return {factor * a.x_mm, factor * a.y_mm, factor * a.z_mm};
}
[[nodiscard]] constexpr double dot(const VectorLps& a, const VectorLps& b)
{
    return a.x_mm * b.x_mm + a.y_mm * b.y_mm + a.z_mm * b.z_mm;
}
[[nodiscard]] constexpr VectorLps cross(const VectorLps& a, const VectorLps& b)
{
    return {a.y_mm * b.z_mm - a.z_mm * b.y_mm,
            a.z_mm * b.x_mm - a.x_mm * b.z_mm,
            a.x_mm * b.y_mm - a.y_mm * b.x_mm};
}
[[nodiscard]] double length_mm(const VectorLps& a);
[[nodiscard]] double distance_mm(const PointLps& a, const PointLps& b);

/// The place of a voxel, or of a point between voxels, in the patient.
[[nodiscard]] PointLps to_lps(const Grid& grid, const VoxelPlace& place);
[[nodiscard]] PointLps to_lps(const Grid& grid, const Index& voxel);

/// The inverse of `to_lps`; may lie outside the grid.
[[nodiscard]] VoxelPlace to_voxel(const Grid& grid, const PointLps& point);

/// The voxel whose centre is nearest to `place`; may lie outside the grid.
[[nodiscard]] Index nearest(const VoxelPlace& place);

[[nodiscard]] bool contains(const Grid& grid, const Index& voxel);
[[nodiscard]] std::size_t voxel_count(const Grid& grid);
[[nodiscard]] double voxel_volume_mm3(const Grid& grid);

/// Where `voxel` stands in memory: i fastest, then j, then k.
[[nodiscard]] constexpr std::size_t offset_of(const Grid& grid, const Index& voxel)
{
    return (static_cast<std::size_t>(voxel.k) * static_cast<std::size_t>(grid.size.j) +
            static_cast<std::size_t>(voxel.j)) *
               static_cast<std::size_t>(grid.size.i) +
           static_cast<std::size_t>(voxel.i);
}

/// True when both grids put every voxel at the same place to within `tolerance_mm`.
[[nodiscard]] bool same_grid(const Grid& a, const Grid& b, double tolerance_mm = 1e-3);

}  // namespace downstage
