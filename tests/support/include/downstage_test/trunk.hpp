#pragma once

#include "downstage_test/painted_ct.hpp"

#include <cmath>

/// A trunk of simple bodies with the organs that decide where a liver is looked for. Used by tests only.
/// Origin: the patient's midline, the middle of the body, the top of the diaphragm.
namespace downstage_test {

struct Trunk {
    double liver_hu = 105.0;
    double blood_hu = 150.0;  ///< aorta
    double kidney_hu = 190.0;
    double spleen_hu = 120.0;
    bool with_liver = true;
    bool mirrored = false;  ///< left and right exchanged
};

// Half axes of the body's outlines, mm.
constexpr double skin_x_mm = 160.0, skin_y_mm = 110.0;
constexpr double muscle_x_mm = 148.0, muscle_y_mm = 98.0;
constexpr double cavity_x_mm = 134.0, cavity_y_mm = 84.0;
constexpr double spine_y_mm = 60.0, spine_radius_mm = 18.0;
constexpr PointLps spleen_centre{95.0, 40.0, -60.0};

[[nodiscard]] inline Inside inside_column(double half_x_mm, double half_y_mm)
{
    return [=](const PointLps& at) { return std::hypot(at.x_mm / half_x_mm, at.y_mm / half_y_mm) <= 1.0; };
}

[[nodiscard]] inline Inside inside_blob(const PointLps& centre, const VectorLps& half_mm)
{
    return [=](const PointLps& at) {
        const VectorLps from = at - centre;
        return std::hypot(from.x_mm / half_mm.x_mm, from.y_mm / half_mm.y_mm, from.z_mm / half_mm.z_mm) <=
               1.0;
    };
}

/// The height of the diaphragm: a dome that falls by 55 mm to the walls.
[[nodiscard]] inline double diaphragm_mm(const PointLps& at)
{
    return -0.003 * (at.x_mm * at.x_mm + at.y_mm * at.y_mm);
}

[[nodiscard]] inline bool in_liver(const PointLps& at)
{
    const bool right = inside_blob({-60.0, -5.0, -62.0}, {70.0, 68.0, 72.0})(at);
    const bool left = inside_blob({15.0, -35.0, -45.0}, {65.0, 35.0, 30.0})(at);
    return (right || left) && inside_column(cavity_x_mm - 3.0, cavity_y_mm - 3.0)(at) &&
           at.z_mm < diaphragm_mm(at) - 3.0 && !inside_column(40.0, 30.0)({at.x_mm, at.y_mm - 60.0, at.z_mm});
}

/// Ribs between cavity and muscle: 10 mm of bone in every 25 mm.
[[nodiscard]] inline bool in_rib(const PointLps& at)
{
    const double phase_mm = at.z_mm - 25.0 * std::floor(at.z_mm / 25.0);
    return phase_mm < 10.0 && inside_column(cavity_x_mm + 8.0, cavity_y_mm + 8.0)(at) &&
           !inside_column(cavity_x_mm, cavity_y_mm)(at);
}

[[nodiscard]] inline std::vector<Body> bodies_of(const Trunk& trunk)
{
    std::vector<Body> bodies{
        {[](const PointLps&) { return true; }, -1000.0},
        {inside_column(skin_x_mm, skin_y_mm), -100.0},
        {inside_column(muscle_x_mm, muscle_y_mm), 55.0},
        {in_rib, 400.0},
        {inside_column(cavity_x_mm, cavity_y_mm), -100.0},
        {[](const PointLps& at) {
             return inside_column(cavity_x_mm, cavity_y_mm)(at) && at.z_mm > diaphragm_mm(at);
         },
         -850.0},
        {inside_blob({30.0, -25.0, 30.0}, {50.0, 40.0, 38.0}),
         trunk.liver_hu},  // heart, as dense as the liver
        {inside_blob(spleen_centre, {28.0, 32.0, 32.0}), trunk.spleen_hu},
        {inside_blob({-60.0, 50.0, -135.0}, {25.0, 25.0, 20.0}), trunk.kidney_hu},
        {inside_blob({60.0, 50.0, -135.0}, {25.0, 25.0, 20.0}), trunk.kidney_hu},
        {inside_blob({70.0, -20.0, -85.0}, {32.0, 32.0, 25.0}), 25.0},  // stomach
    };
    if (trunk.with_liver) bodies.push_back({in_liver, trunk.liver_hu});
    bodies.push_back({inside_tube({8.0, 30.0, -400.0}, {8.0, 30.0, 400.0}, 9.0), trunk.blood_hu});
    bodies.push_back(
        {inside_tube({0.0, spine_y_mm, -400.0}, {0.0, spine_y_mm, 400.0}, spine_radius_mm), 260.0});
    return bodies;
}

[[nodiscard]] inline PointLps mirrored(const PointLps& at)
{
    return {-at.x_mm, at.y_mm, at.z_mm};
}

/// The trunk as CT. The grid decides which part of it is in view.
[[nodiscard]] inline Volume painted(const Grid& grid, const Trunk& trunk)
{
    std::vector<Body> bodies = bodies_of(trunk);
    if (trunk.mirrored)
        for (Body& body : bodies)
            body.inside = [inside = body.inside](const PointLps& at) { return inside(mirrored(at)); };
    return painted(grid, bodies, {.blur_mm = 1.0, .noise_hu = 6.0, .noise_grain_mm = 1.5});
}

/// A grid over the trunk from `low_mm` to `high_mm` along the patient, 4 x 4 x 5 mm.
[[nodiscard]] inline Grid trunk_grid(double low_mm, double high_mm)
{
    return {.size = {88, 62, static_cast<std::int32_t>(std::lround((high_mm - low_mm) / 5.0))},
            .spacing_mm = {4.0, 4.0, 5.0},
            .origin = {-174.0, -122.0, low_mm + 2.5},
            .axes = {}};
}

}  // namespace downstage_test
