#include "painted_suite.hpp"

#include "downstage/core/error.hpp"

#include "field.hpp"
#include "json_file.hpp"
#include "ranges.hpp"

namespace downstage::phantom_app {

namespace {

phantom::Ball ball(const Field& field)
{
    field.check_members({"centre_mm", "radius_mm"});
    return {PointLps{} + field.at("centre_mm").triple(), field.at("radius_mm").positive()};
}

std::vector<phantom::Ball> balls(const Field& list)
{
    std::vector<phantom::Ball> result;
    for (const Field& item : list.items())
        result.push_back(ball(item));
    return result;
}

std::vector<std::int32_t> whole_numbers(const Field& list)
{
    std::vector<std::int32_t> result;
    for (const Field& item : list.items())
        result.push_back(item.whole());
    return result;
}

PaintedBase base(const Field& field)
{
    field.check_members({"name", "image", "liver", "liver_labels", "studies", "known"});
    PaintedBase result{.name = field.at("name").text(),
                       .image = field.at("image").text(),
                       .liver = std::nullopt,
                       .liver_labels = {},
                       .known = {}};
    if (field.has("liver")) result.liver = field.at("liver").text();
    take(field, "liver_labels", result.liver_labels, whole_numbers);
    take(field, "studies", result.studies, &Field::whole);
    take(field, "known", result.known, balls);
    return result;
}

PaintedLesion::Rim rim(const Field& field)
{
    field.check_members({"width_share", "contrast_share"});
    return {field.at("width_share").positive(), field.at("contrast_share").number()};
}

PaintedLesion::Core core(const Field& field)
{
    field.check_members({"below_share", "wobble_share", "contrast_share"});
    return {field.at("below_share").positive(),
            field.at("wobble_share").number(),
            field.at("contrast_share").number()};
}

PaintedLesion::Specks specks(const Field& field)
{
    field.check_members({"share", "size_mm", "hu"});
    return {field.at("share").positive(), field.at("size_mm").positive(), field.at("hu").number()};
}

PaintedLesion lesion(const Field& field)
{
    field.check_members({"long_axis_mm",
                         "contrast_hu",
                         "edge_px",
                         "texture_hu",
                         "texture_mm",
                         "place",
                         "rim",
                         "core",
                         "specks"});
    PaintedLesion result{.long_axis_mm = field.at("long_axis_mm").positive(),
                         .contrast_hu = field.at("contrast_hu").number(),
                         .rim = std::nullopt,
                         .core = std::nullopt,
                         .specks = std::nullopt};
    take(field, "edge_px", result.edge_px, &Field::number);
    take(field, "texture_hu", result.texture_hu, &Field::number);
    take(field, "texture_mm", result.texture_mm, &Field::positive);
    if (field.has("place"))
        result.place = field.at("place").word<std::string>(
            {{"deep", "deep"}, {"surface", "surface"}, {"bulging", "bulging"}});
    if (field.has("rim")) result.rim = rim(field.at("rim"));
    if (field.has("core")) result.core = core(field.at("core"));
    if (field.has("specks")) result.specks = specks(field.at("specks"));
    return result;
}

}  // namespace

PaintedSuite read_painted_suite(const std::filesystem::path& file)
{
    return read_json<PaintedSuite>(file, [](const Field& root, const JsonText& json) {
        root.check_members({"$schema", "name", "seed", "shape_cases", "bases", "lesions"});
        PaintedSuite suite{.name = root.at("name").text(),
                           .shape_cases = {},
                           .bases = {},
                           .lesions = json.document.at("lesions")};
        take(root, "seed", suite.seed, &Field::whole);
        take(root, "shape_cases", suite.shape_cases, whole_numbers);
        for (const Field& item : root.at("bases").items())
            suite.bases.push_back(base(item));
        return suite;
    });
}

std::vector<PaintedLesion> draw_lesions(const PaintedSuite& suite, std::uint64_t seed)
{
    const nlohmann::json document = drawn(suite.lesions, seed);
    std::vector<PaintedLesion> result;
    for (const Field& item : Field{document, "lesions"}.items())
        result.push_back(lesion(item));
    return result;
}

}  // namespace downstage::phantom_app
