#include "lesion_field.hpp"

#include "downstage/phantom/body_truth.hpp"

#include "lesion_body.hpp"

#include <array>

namespace downstage::phantom_app {

namespace {

using phantom::Body;
using phantom::LesionDetail;

template <typename T>
using Words = std::vector<std::pair<std::string, T>>;

const Words<Phase> phases{{"native", Phase::native},
                          {"arterial", Phase::arterial},
                          {"portal_venous", Phase::portal_venous},
                          {"delayed", Phase::delayed}};

SpacingMm half_axes(const Field& field)
{
    const VectorLps mm = field.triple();
    if (mm.x_mm <= 0.0 || mm.y_mm <= 0.0 || mm.z_mm <= 0.0) field.fail("must be three positive numbers");
    return {mm.x_mm, mm.y_mm, mm.z_mm};
}

Axes axes(const Field& lesion)
{
    if (!lesion.has("rotation_deg")) return {};
    const VectorLps deg = lesion.at("rotation_deg").triple();
    return phantom::turned_axes(deg.x_mm, deg.y_mm, deg.z_mm);
}

std::uint64_t seed_of(const Field& lesion)
{
    std::uint64_t seed = 1;
    take(lesion, "seed", seed, &Field::whole);
    return seed;
}

enum class Kind { ball, ellipsoid, capped_cylinder, lobed, real };

const Words<Kind> kinds{{"ball", Kind::ball},
                        {"ellipsoid", Kind::ellipsoid},
                        {"capped_cylinder", Kind::capped_cylinder},
                        {"lobed", Kind::lobed},
                        {"real", Kind::real}};

/// The members that belong to a shape.
std::vector<std::string_view> members_of(Kind kind)
{
    switch (kind) {
    case Kind::ball: return {"radius_mm"};
    case Kind::ellipsoid: return {"half_axes_mm", "rotation_deg"};
    case Kind::capped_cylinder: return {"radius_mm", "half_length_mm", "rotation_deg"};
    case Kind::lobed: return {"long_axis_mm", "lobes"};
    case Kind::real: return {"long_axis_mm"};
    }
    return {};
}

/// About the origin.
Body body(const Field& lesion, Kind kind, const ShapeFolder* shapes)
{
    switch (kind) {
    case Kind::ball: {
        const double radius_mm = lesion.at("radius_mm").positive();
        return phantom::Ellipsoid{{}, {radius_mm, radius_mm, radius_mm}, {}};
    }
    case Kind::ellipsoid: return phantom::Ellipsoid{{}, half_axes(lesion.at("half_axes_mm")), axes(lesion)};
    case Kind::capped_cylinder:
        return phantom::CappedCylinder{.centre = {},
                                       .direction = axes(lesion).k,
                                       .half_length_mm = lesion.at("half_length_mm").positive(),
                                       .radius_mm = lesion.at("radius_mm").positive()};
    case Kind::lobed:
        return lobed_body(lesion.at("long_axis_mm").positive(), lesion.at("lobes").whole(), seed_of(lesion));
    case Kind::real: break;
    }
    return lesion_body(lesion.at("long_axis_mm").positive(), shapes, seed_of(lesion));
}

/// One number for all phases, or one by phase.
std::map<Phase, double> contrast(const Field& field)
{
    if (!field.is_number()) return hu_by_phase(field);
    std::map<Phase, double> result;
    for (const auto& [name, phase] : phases)
        result[phase] = field.number();
    return result;
}

constexpr std::array detail_members{"edge_mm", "texture_hu", "texture_mm", "rim", "core", "specks"};

/// Half the short axis: what the shares of rim and core refer to.
double half_width_mm(const Body& body)
{
    return phantom::truth_of(body, {0.0, 0.0, 1.0}).short_axis_mm / 2.0;
}

std::optional<LesionDetail> detail(const Field& lesion, const Body& body)
{
    if (std::ranges::none_of(detail_members, [&](const char* name) { return lesion.has(name); }))
        return std::nullopt;
    const double radius_mm = half_width_mm(body);
    LesionDetail result{
        .rim = std::nullopt, .core = std::nullopt, .specks = std::nullopt, .seed = seed_of(lesion)};
    take(lesion, "edge_mm", result.edge_mm, &Field::number);
    take(lesion, "texture_hu", result.texture_hu, &Field::number);
    take(lesion, "texture_mm", result.texture_mm, &Field::positive);
    if (lesion.has("rim")) {
        const Field rim = lesion.at("rim");
        rim.check_members({"width_share", "contrast_hu"});
        result.rim = {.width_mm = rim.at("width_share").positive() * radius_mm,
                      .contrast_hu = contrast(rim.at("contrast_hu"))};
    }
    if (lesion.has("core")) {
        const Field core = lesion.at("core");
        core.check_members({"below_share", "wobble_share", "hu"});
        result.core = {.below_mm = core.at("below_share").positive() * radius_mm,
                       .wobble_mm = core.at("wobble_share").number() * radius_mm,
                       .hu = core.at("hu").number()};
    }
    if (lesion.has("specks")) {
        const Field specks = lesion.at("specks");
        specks.check_members({"share", "size_mm", "hu"});
        result.specks = {.share = specks.at("share").positive(),
                         .size_mm = specks.at("size_mm").positive(),
                         .hu = specks.at("hu").number()};
    }
    return result;
}

void check_members(const Field& lesion, Kind kind)
{
    std::vector<std::string_view> known{
        "name", "shape", "centre_mm", "place", "hu", "contrast_hu", "kind", "seed"};
    known.insert(known.end(), detail_members.begin(), detail_members.end());
    const std::vector<std::string_view> own = members_of(kind);
    known.insert(known.end(), own.begin(), own.end());
    lesion.check_members(known);
}

}  // namespace

Phase phase_field(const Field& field)
{
    return field.word(phases);
}

std::map<Phase, double> hu_by_phase(const Field& field)
{
    return field.numbers_by(phases);
}

LesionField lesion_field(const Field& field, const ShapeFolder* shapes)
{
    using phantom::LesionKind;
    LesionField result;
    phantom::Lesion& lesion = result.lesion;
    lesion.name = field.at("name").text();
    const Kind kind = field.at("shape").word(kinds);
    if (field.has("place"))
        result.place = {
            .word = field.at("place").word<std::string>(
                {{"deep", "deep"}, {"surface", "surface"}, {"bulging", "bulging"}, {"touching", "touching"}}),
            .seed = seed_of(field)};
    const VectorLps centre = result.place ? VectorLps{} : field.at("centre_mm").triple();
    lesion.shape = phantom::shifted(body(field, kind, shapes), centre);
    check_members(field, kind);
    if (field.has("hu")) lesion.density_hu = hu_by_phase(field.at("hu"));
    if (field.has("contrast_hu")) lesion.contrast_hu = contrast(field.at("contrast_hu"));
    if (field.has("kind"))
        lesion.kind =
            field.at("kind").word<LesionKind>({{"tumour", LesionKind::tumour}, {"cyst", LesionKind::cyst}});
    lesion.detail = detail(field, lesion.shape);
    return result;
}

}  // namespace downstage::phantom_app
