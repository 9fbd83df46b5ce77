#include "downstage/phantom/anatomy.hpp"

#include <cmath>
#include <numbers>

namespace downstage::phantom {

namespace {

// The trunk in ellipses about the z axis, from outside to inside: skin, outer surface of the muscle, cavity.
constexpr SpacingMm skin_mm{165.0, 115.0, 250.0};
constexpr SpacingMm muscle_mm{150.0, 100.0, 250.0};
constexpr double wall_mm = 12.0;
constexpr SpacingMm cavity_mm{muscle_mm.i - wall_mm, muscle_mm.j - wall_mm, 250.0};

// The diaphragm is two domes, full ellipsoids above the plane of their centres. Lungs fill the cavity over
// them, down to a recess between dome and wall.
constexpr PointLps right_dome{-50.0, 0.0, -20.0};
constexpr PointLps left_dome{50.0, 0.0, -20.0};
constexpr SpacingMm right_dome_mm{88.0, 84.0, 102.0};
constexpr SpacingMm left_dome_mm{88.0, 84.0, 90.0};
constexpr double diaphragm_mm = 3.0;
constexpr double recess_z_mm = 5.0;

Part ellipsoid(Tissue tissue, const PointLps& centre, const SpacingMm& half_axes_mm, const Axes& axes = {})
{
    return {tissue, Ellipsoid{centre, half_axes_mm, axes}};
}

/// Upright, between two heights.
Part column(Tissue tissue, const PointLps& middle, const SpacingMm& half_axes_mm)
{
    return {tissue, EllipticCylinder{middle, half_axes_mm, {}}};
}

Part vein(const PointLps& from, const PointLps& to, double radius_mm)
{
    const VectorLps along = to - from;
    const double long_mm = length_mm(along);
    return {Tissue::liver_vein,
            CappedCylinder{from + 0.5 * along, (1.0 / long_mm) * along, 0.5 * long_mm, radius_mm}};
}

SpacingMm thinner(const SpacingMm& half_axes_mm, double by_mm)
{
    return {half_axes_mm.i - by_mm, half_axes_mm.j - by_mm, half_axes_mm.k - by_mm};
}

void add_trunk(std::vector<Part>& parts)
{
    parts.push_back(column(Tissue::fat, {}, skin_mm));
}

void add_chest(std::vector<Part>& parts, const AnatomyOptions& options)
{
    const double top_mm = cavity_mm.k;
    const double middle_mm = (top_mm + recess_z_mm) / 2.0;
    const double half_height_mm = (top_mm - recess_z_mm) / 2.0;
    parts.push_back(column(Tissue::lung, {0.0, 0.0, middle_mm}, {cavity_mm.i, cavity_mm.j, half_height_mm}));
    parts.push_back(column(Tissue::fat, {0.0, 5.0, middle_mm}, {36.0, 80.0, half_height_mm}));  // mediastinum
    if (options.heart) parts.push_back(ellipsoid(Tissue::heart, {22.0, -20.0, 95.0}, {55.0, 50.0, 45.0}));
}

void add_diaphragm(std::vector<Part>& parts)
{
    parts.push_back(ellipsoid(Tissue::muscle, right_dome, right_dome_mm));
    parts.push_back(ellipsoid(Tissue::muscle, left_dome, left_dome_mm));
    parts.push_back(ellipsoid(Tissue::fat, right_dome, thinner(right_dome_mm, diaphragm_mm)));
    parts.push_back(ellipsoid(Tissue::fat, left_dome, thinner(left_dome_mm, diaphragm_mm)));
    const double bottom_mm =
        -cavity_mm.k;  // below the domes' centres the cavity is as wide as the wall lets it
    parts.push_back(column(Tissue::fat,
                           {0.0, 0.0, (bottom_mm + right_dome.z_mm) / 2.0},
                           {cavity_mm.i, cavity_mm.j, (right_dome.z_mm - bottom_mm) / 2.0}));
}

void add_veins(std::vector<Part>& parts)
{
    const PointLps confluence{-24.0, 10.0, 45.0};
    parts.push_back(vein(confluence, {-95.0, 5.0, 15.0}, 4.0));    // right
    parts.push_back(vein(confluence, {-50.0, -45.0, 20.0}, 4.0));  // middle
    const PointLps porta{-25.0, -5.0, -10.0};
    parts.push_back(vein(porta, {-75.0, 10.0, -15.0}, 5.0));
    parts.push_back(vein(porta, {-10.0, -35.0, 5.0}, 4.0));
}

void add_abdomen(std::vector<Part>& parts, const AnatomyOptions& options)
{
    if (options.stomach) parts.push_back(ellipsoid(Tissue::stomach, {60.0, -5.0, -15.0}, {35.0, 30.0, 45.0}));
    parts.push_back(ellipsoid(Tissue::liver, {-62.0, -4.0, -2.0}, {70.0, 72.0, 78.0}));  // right lobe
    parts.push_back(ellipsoid(Tissue::liver, {20.0, -40.0, 8.0}, {65.0, 34.0, 26.0}));   // left lobe
    if (options.liver_veins) add_veins(parts);
    parts.push_back(ellipsoid(Tissue::spleen, {90.0, 28.0, 5.0}, {28.0, 40.0, 45.0}));
    for (const PointLps& kidney : {PointLps{-62.0, 52.0, -62.0}, PointLps{62.0, 52.0, -55.0}}) {
        parts.push_back(ellipsoid(Tissue::fat, kidney, {30.0, 26.0, 54.0}));
        parts.push_back(ellipsoid(Tissue::kidney, kidney, {26.0, 22.0, 50.0}));
    }
}

void add_vessels(std::vector<Part>& parts)
{
    parts.push_back(column(Tissue::aorta, {14.0, 24.0, 0.0}, {10.0, 10.0, 250.0}));
    parts.push_back(column(Tissue::cava, {-20.0, 23.0, 0.0}, {11.0, 11.0, 250.0}));
}

/// Ribs slope down to the front; stretched so that seen from above they follow the wall.
Part rib(double z_mm)
{
    constexpr double slope_deg = 20.0;
    const double stretch = 1.0 / std::cos(slope_deg * std::numbers::pi / 180.0);
    return {Tissue::bone,
            Band{.centre = {0.0, 0.0, z_mm},
                 .half_axis_i_mm = muscle_mm.i - 3.0,
                 .half_axis_j_mm = (muscle_mm.j - 3.0) * stretch,
                 .thickness_mm = 8.0,
                 .half_height_mm = 5.0,
                 .axes = turned_axes(slope_deg, 0.0, 0.0)}};
}

void add_wall(std::vector<Part>& parts)
{
    parts.push_back({Tissue::muscle,
                     Band{.half_axis_i_mm = muscle_mm.i,
                          .half_axis_j_mm = muscle_mm.j,
                          .thickness_mm = wall_mm,
                          .half_height_mm = muscle_mm.k}});
    constexpr double lowest_rib_z_mm = -56.0;
    constexpr double rib_distance_mm = 28.0;
    for (int n = 0; n < 9; ++n)
        parts.push_back(rib(lowest_rib_z_mm + n * rib_distance_mm));
}

void add_spine(std::vector<Part>& parts)
{
    for (const double side : {-1.0, 1.0})
        parts.push_back(column(Tissue::muscle, {side * 32.0, 74.0, 0.0}, {28.0, 20.0, 250.0}));
    parts.push_back(column(Tissue::bone, {0.0, 52.0, 0.0}, {20.0, 16.0, 250.0}));  // vertebral bodies
    parts.push_back(column(Tissue::bone, {0.0, 76.0, 0.0}, {14.0, 14.0, 250.0}));  // arches
    parts.push_back(column(Tissue::muscle, {0.0, 75.0, 0.0}, {8.0, 7.0, 250.0}));  // canal
}

}  // namespace

std::vector<Part> upper_abdomen(const AnatomyOptions& options)
{
    std::vector<Part> parts;
    add_trunk(parts);
    add_chest(parts, options);
    add_diaphragm(parts);
    add_abdomen(parts, options);
    add_vessels(parts);
    add_wall(parts);
    add_spine(parts);
    return parts;
}

}  // namespace downstage::phantom
