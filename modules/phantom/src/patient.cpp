#include "downstage/phantom/patient.hpp"

#include "vessel_tree.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <variant>

namespace downstage::phantom {

namespace {

// The trunk as in anatomy.cpp: skin, outer surface of the muscle, cavity; ellipses about the z axis.
constexpr SpacingMm skin_mm{165.0, 115.0, 250.0};
constexpr SpacingMm muscle_mm{150.0, 100.0, 250.0};
constexpr double wall_mm = 12.0;
constexpr SpacingMm cavity_mm{muscle_mm.i - wall_mm, muscle_mm.j - wall_mm, 250.0};
constexpr double recess_z_mm = 5.0;

/// A patient while he is put together.
class Patient {
public:
    explicit Patient(std::uint64_t seed) : dice_{{seed, anatomy_stream}} {}

    std::vector<Part> build()
    {
        add_trunk();
        add_chest();
        add_diaphragm();
        add_bowel();
        add_stomach();
        add_kidneys();
        add_spleen();
        add_liver();
        add_gallbladder();
        add_hilum();
        add_great_vessels();
        add_liver_vessels();
        add_wall();
        add_spine();
        return std::move(parts_);
    }

private:
    void add(Tissue tissue, const Shape& shape) { parts_.push_back({tissue, shape}); }

    void
    ellipsoid(Tissue tissue, const PointLps& centre, const SpacingMm& half_axes_mm, const Axes& axes = {})
    {
        add(tissue, Ellipsoid{centre, half_axes_mm, axes});
    }

    void column(Tissue tissue, const PointLps& middle, const SpacingMm& half_axes_mm)
    {
        add(tissue, EllipticCylinder{middle, half_axes_mm, {}});
    }

    /// About 1, by up to `share` off.
    double about_one(double share) { return dice_.between(1.0 - share, 1.0 + share); }

    /// Each half axis by up to a tenth off.
    SpacingMm varied(const SpacingMm& half_axes_mm)
    {
        constexpr double share = 0.1;
        return {half_axes_mm.i * about_one(share),
                half_axes_mm.j * about_one(share),
                half_axes_mm.k * about_one(share)};
    }

    PointLps near(const PointLps& place, double off_mm)
    {
        return place + VectorLps{dice_.between(-off_mm, off_mm),
                                 dice_.between(-off_mm, off_mm),
                                 dice_.between(-off_mm, off_mm)};
    }

    static SpacingMm thinner(const SpacingMm& half_axes_mm, double by_mm)
    {
        return {half_axes_mm.i - by_mm, half_axes_mm.j - by_mm, half_axes_mm.k - by_mm};
    }

    void add_trunk() { column(Tissue::fat, {}, skin_mm); }

    void add_chest()
    {
        const double middle_mm = (cavity_mm.k + recess_z_mm) / 2.0;
        const double half_height_mm = (cavity_mm.k - recess_z_mm) / 2.0;
        column(Tissue::lung, {0.0, 0.0, middle_mm}, {cavity_mm.i, cavity_mm.j, half_height_mm});
        column(Tissue::fat, {0.0, 5.0, middle_mm}, {36.0, 80.0, half_height_mm});
        const PointLps heart = near({24.0, -22.0, 98.0}, 6.0);
        const SpacingMm heart_mm = varied({56.0, 48.0, 44.0});
        ellipsoid(Tissue::myocardium, heart, heart_mm);
        ellipsoid(Tissue::heart, heart + VectorLps{16.0, 8.0, 4.0}, {27.0, 24.0, 28.0});    // left ventricle
        ellipsoid(Tissue::heart, heart + VectorLps{-26.0, -6.0, 6.0}, {24.0, 32.0, 30.0});  // right side
        parts_.push_back(vessel(Tissue::bowel, {6.0, 34.0, 30.0}, {4.0, 36.0, 240.0}, 8.0));  // oesophagus
    }

    void add_diaphragm()
    {
        constexpr double muscle = 3.0;
        const PointLps right{-50.0, 0.0, -20.0};
        const PointLps left{50.0, 0.0, -20.0};
        const SpacingMm right_mm{88.0, 84.0, 102.0};
        const SpacingMm left_mm{88.0, 84.0, 90.0};
        ellipsoid(Tissue::muscle, right, right_mm);
        ellipsoid(Tissue::muscle, left, left_mm);
        ellipsoid(Tissue::fat, right, thinner(right_mm, muscle));
        ellipsoid(Tissue::fat, left, thinner(left_mm, muscle));
        const double bottom_mm = -cavity_mm.k;
        column(Tissue::fat,
               {0.0, 0.0, (bottom_mm + right.z_mm) / 2.0},
               {cavity_mm.i, cavity_mm.j, (right.z_mm - bottom_mm) / 2.0});
    }

    /// A hollow organ's piece: a wall, and fluid, gas or nothing else inside.
    void loop(const PointLps& from, const PointLps& to, double radius_mm)
    {
        constexpr double wall = 3.0;
        parts_.push_back(vessel(Tissue::bowel, from, to, radius_mm));
        const double kind = dice_.between(0.0, 1.0);
        if (kind < 0.35) parts_.push_back(vessel(Tissue::stomach, from, to, radius_mm - wall));
        const VectorLps front{0.0, -0.35 * radius_mm, 0.0};  // gas rises in a patient on his back
        if (kind > 0.65) parts_.push_back(vessel(Tissue::gas, from + front, to + front, 0.5 * radius_mm));
    }

    void add_bowel()
    {
        constexpr int small_loops = 26;
        for (int n = 0; n < small_loops; ++n) {
            const PointLps from{
                dice_.between(-60.0, 90.0), dice_.between(-60.0, 10.0), dice_.between(-130.0, -58.0)};
            loop(from, near(from, 30.0), dice_.between(9.0, 14.0));
        }
        const PointLps flexure = near({-92.0, -22.0, -92.0}, 8.0);
        loop({-100.0, 10.0, -150.0}, flexure, 21.0);
        loop(flexure, near({-40.0, -64.0, -84.0}, 8.0), 18.0);
        loop(near({-40.0, -64.0, -84.0}, 6.0), near({50.0, -66.0, -66.0}, 10.0), 18.0);
        loop({50.0, -66.0, -66.0}, near({108.0, -18.0, -22.0}, 8.0), 17.0);
        loop({112.0, 10.0, -40.0}, {108.0, 30.0, -140.0}, 16.0);
    }

    void add_stomach()
    {
        const PointLps fundus = near({66.0, 2.0, 8.0}, 6.0);
        const SpacingMm fundus_mm = varied({36.0, 34.0, 40.0});
        const PointLps antrum = near({22.0, -36.0, -36.0}, 6.0);
        const SpacingMm antrum_mm = varied({38.0, 20.0, 18.0});
        constexpr double wall = 4.0;
        ellipsoid(Tissue::bowel, fundus, fundus_mm);
        ellipsoid(Tissue::bowel, antrum, antrum_mm);
        ellipsoid(Tissue::stomach, fundus, thinner(fundus_mm, wall));
        ellipsoid(Tissue::stomach, antrum, thinner(antrum_mm, wall));
        ellipsoid(Tissue::gas, fundus + VectorLps{0.0, -18.0, 4.0}, {20.0, 9.0, 24.0});
        parts_.push_back(vessel(Tissue::pancreas, {-22.0, -4.0, -46.0}, {14.0, -10.0, -40.0}, 11.0));
        parts_.push_back(vessel(Tissue::pancreas, {14.0, -10.0, -40.0}, {72.0, 22.0, -26.0}, 9.0));
        loop({-38.0, -14.0, -40.0}, {-40.0, 6.0, -72.0}, 12.0);  // duodenum
    }

    void add_kidneys()
    {
        for (const PointLps& where : {PointLps{-62.0, 52.0, -66.0}, PointLps{64.0, 52.0, -55.0}}) {
            const PointLps kidney = near(where, 5.0);
            const SpacingMm half_axes_mm = varied({26.0, 22.0, 50.0});
            ellipsoid(Tissue::fat, kidney, thinner(half_axes_mm, -5.0));
            ellipsoid(Tissue::kidney, kidney, half_axes_mm);
            for (int n = -2; n <= 2; ++n)
                ellipsoid(Tissue::medulla, kidney + VectorLps{0.0, 0.0, 16.0 * n}, {15.0, 12.0, 6.0});
            ellipsoid(Tissue::fat, kidney, {9.0, 8.0, 24.0});
        }
    }

    void add_spleen()
    {
        const PointLps spleen = near({92.0, 30.0, 6.0}, 6.0);
        const SpacingMm half_axes_mm = varied({28.0, 42.0, 46.0});
        ellipsoid(Tissue::spleen, spleen, half_axes_mm, turned_axes(0.0, 0.0, dice_.between(-20.0, 10.0)));
    }

    void lobe(const PointLps& centre, const SpacingMm& half_axes_mm)
    {
        ellipsoid(Tissue::liver, near(centre, 3.0), varied(half_axes_mm));
    }

    void add_liver()
    {
        const std::size_t first = parts_.size();
        lobe({-62.0, -4.0, -2.0}, {66.0, 70.0, 74.0});
        lobe({-84.0, 14.0, -36.0},
             {42.0, 46.0, dice_.between(42.0, 60.0)});  // how far it reaches down differs most
        lobe({-20.0, -38.0, 2.0}, {44.0, 36.0, 40.0});
        lobe({20.0, -40.0, 10.0}, {dice_.between(45.0, 66.0), 32.0, 26.0});
        lobe({dice_.between(42.0, 70.0), -42.0, 16.0}, {28.0, 20.0, 16.0});
        lobe({-10.0, 6.0, 14.0}, {20.0, 17.0, 26.0});  // caudate
        liver_.assign(parts_.begin() + static_cast<std::ptrdiff_t>(first), parts_.end());
    }

    void add_gallbladder()
    {
        const PointLps place = near({-44.0, -44.0, -46.0}, 5.0);
        const SpacingMm half_axes_mm = varied({14.0, 16.0, 30.0});
        const Axes axes = turned_axes(dice_.between(15.0, 40.0), dice_.between(-10.0, 20.0), 0.0);
        constexpr double wall = 2.0;
        ellipsoid(Tissue::bowel, place, half_axes_mm, axes);
        ellipsoid(Tissue::bile, place, thinner(half_axes_mm, wall), axes);
    }

    /// Fat where vessels enter, and in the fissures of the round and the venous ligament.
    void add_hilum()
    {
        ellipsoid(Tissue::fat, {-24.0, -6.0, -16.0}, varied({15.0, 9.0, 13.0}));
        const double thickness_mm = dice_.between(1.5, 4.0);
        ellipsoid(Tissue::fat,
                  near({0.0, -58.0, -10.0}, 4.0),
                  {thickness_mm, 24.0, 24.0},
                  turned_axes(0.0, 0.0, dice_.between(-25.0, 5.0)));
        ellipsoid(Tissue::fat,
                  near({2.0, -12.0, 18.0}, 3.0),
                  {dice_.between(1.2, 3.0), 22.0, 22.0},
                  turned_axes(0.0, 0.0, dice_.between(35.0, 60.0)));
    }

    void add_great_vessels()
    {
        column(Tissue::aorta, {14.0, 24.0, 0.0}, {10.0, 10.0, 250.0});
        column(Tissue::cava, {-20.0, 23.0, 0.0}, varied({12.0, 10.0, 250.0}));
        const PointLps confluence{6.0, 0.0, -46.0};
        parts_.push_back(vessel(Tissue::portal_vein, confluence, porta, 6.5));
        parts_.push_back(vessel(Tissue::portal_vein, confluence, {70.0, 26.0, -14.0}, 4.0));
        parts_.push_back(vessel(Tissue::portal_vein, confluence, {8.0, -8.0, -140.0}, 5.0));
        parts_.push_back(vessel(Tissue::aorta, {14.0, 14.0, -22.0}, {0.0, 0.0, -24.0}, 3.5));  // coeliac
        parts_.push_back(vessel(Tissue::aorta, {0.0, 0.0, -24.0}, {-22.0, -10.0, -18.0}, 2.4));
        parts_.push_back(vessel(Tissue::aorta, {14.0, 12.0, -40.0}, {13.0, -4.0, -140.0}, 3.5));
    }

    void add_liver_vessels()
    {
        const std::function<bool(const PointLps&)> holds = [this](const PointLps& place) {
            return std::ranges::any_of(liver_, [&](const Part& part) { return contains(part.shape, place); });
        };
        const PointLps confluence{-21.0, 18.0, 46.0};
        for (const PointLps& towards :
             {PointLps{-105.0, 12.0, 2.0}, PointLps{-55.0, -50.0, 8.0}, PointLps{22.0, -42.0, 18.0}})
            add_tree(parts_,
                     {.tissue = Tissue::liver_vein,
                      .root = confluence,
                      .towards = near(towards, 10.0),
                      .radius_mm = dice_.between(4.5, 6.0)},
                     holds,
                     dice_);
        const PointLps right = near({-60.0, 2.0, -6.0}, 4.0);
        parts_.push_back(vessel(Tissue::liver_portal_vein, porta, right, 5.5));
        for (const PointLps& towards : {PointLps{-90.0, -30.0, 30.0}, PointLps{-105.0, 25.0, -30.0}})
            add_tree(parts_, portal_branch(right, near(towards, 10.0), 4.6), holds, dice_);
        const PointLps left = near({-6.0, -34.0, 8.0}, 3.0);
        parts_.push_back(vessel(Tissue::liver_portal_vein, porta, left, 4.5));
        for (const PointLps& towards : {PointLps{45.0, -44.0, 14.0}, PointLps{-24.0, -58.0, 20.0}})
            add_tree(parts_, portal_branch(left, near(towards, 6.0), 3.8), holds, dice_);
    }

    static Tree portal_branch(const PointLps& root, const PointLps& towards, double radius_mm)
    {
        return {
            .tissue = Tissue::liver_portal_vein, .root = root, .towards = towards, .radius_mm = radius_mm};
    }

    void add_wall()
    {
        add(Tissue::muscle,
            Band{.half_axis_i_mm = muscle_mm.i,
                 .half_axis_j_mm = muscle_mm.j,
                 .thickness_mm = wall_mm,
                 .half_height_mm = muscle_mm.k});
        constexpr double lowest_rib_z_mm = -56.0;
        constexpr double rib_distance_mm = 26.0;
        const double off_mm = dice_.between(-10.0, 10.0);
        for (int n = 0; n < 10; ++n)
            rib(lowest_rib_z_mm + off_mm + n * rib_distance_mm);
    }

    /// Slopes down to the front; stretched so that seen from above it follows the wall. Marrow inside.
    void rib(double z_mm)
    {
        constexpr double slope_deg = 40.0;
        const double stretch = 1.0 / std::cos(slope_deg * std::numbers::pi / 180.0);
        Band band{.centre = {0.0, 0.0, z_mm},
                  .half_axis_i_mm = muscle_mm.i - 3.0,
                  .half_axis_j_mm = (muscle_mm.j - 3.0) * stretch,
                  .thickness_mm = 8.0,
                  .half_height_mm = 5.0,
                  .axes = turned_axes(slope_deg, 0.0, 0.0)};
        add(Tissue::bone, band);
        constexpr double shell = 2.0;
        band.half_axis_i_mm -= shell;
        band.half_axis_j_mm -= shell;
        band.thickness_mm -= 2.0 * shell;
        band.half_height_mm -= shell;
        add(Tissue::marrow, band);
    }

    void add_spine()
    {
        for (const double side : {-1.0, 1.0}) {
            column(Tissue::muscle, {side * 32.0, 74.0, 0.0}, {28.0, 20.0, 250.0});
            column(Tissue::muscle, {side * 31.0, 52.0, -150.0}, {14.0, 16.0, 105.0});  // psoas
        }
        column(Tissue::bone, {0.0, 52.0, 0.0}, {20.0, 16.0, 250.0});
        column(Tissue::marrow, {0.0, 52.0, 0.0}, {18.0, 14.0, 250.0});
        constexpr double vertebra_mm = 34.0;
        const double first_disc_mm = -160.0 + dice_.between(0.0, vertebra_mm);
        constexpr double highest_disc_mm = 220.0;
        const auto discs = static_cast<int>(std::ceil((highest_disc_mm - first_disc_mm) / vertebra_mm));
        for (int n = 0; n < discs; ++n)
            column(Tissue::muscle, {0.0, 52.0, first_disc_mm + n * vertebra_mm}, {20.0, 16.0, 3.5});
        column(Tissue::bone, {0.0, 76.0, 0.0}, {14.0, 14.0, 250.0});
        column(Tissue::muscle, {0.0, 75.0, 0.0}, {8.0, 7.0, 250.0});
    }

    static constexpr PointLps porta{-26.0, -6.0, -12.0};
    Dice dice_;
    std::vector<Part> parts_;
    std::vector<Part> liver_;
};

PointLps enlarged(const PointLps& place, double factor)
{
    return PointLps{} + factor * (place - PointLps{});
}

SpacingMm enlarged(const SpacingMm& lengths_mm, double factor)
{
    return {factor * lengths_mm.i, factor * lengths_mm.j, factor * lengths_mm.k};
}

Shape enlarged_shape(const Ellipsoid& body, double factor)
{
    return Ellipsoid{enlarged(body.centre, factor), enlarged(body.half_axes_mm, factor), body.axes};
}

Shape enlarged_shape(const EllipticCylinder& body, double factor)
{
    return EllipticCylinder{enlarged(body.centre, factor), enlarged(body.half_axes_mm, factor), body.axes};
}

Shape enlarged_shape(const CappedCylinder& body, double factor)
{
    return CappedCylinder{
        enlarged(body.centre, factor), body.direction, factor * body.half_length_mm, factor * body.radius_mm};
}

Shape enlarged_shape(const Band& body, double factor)
{
    return Band{enlarged(body.centre, factor),
                factor * body.half_axis_i_mm,
                factor * body.half_axis_j_mm,
                factor * body.thickness_mm,
                factor * body.half_height_mm,
                body.axes};
}

}  // namespace

std::vector<Part> varied_abdomen(const PatientOptions& options)
{
    std::vector<Part> parts = Patient{options.seed}.build();
    for (Part& part : parts)
        part.shape =
            std::visit([&](const auto& body) { return enlarged_shape(body, options.size); }, part.shape);
    return parts;
}

}  // namespace downstage::phantom
