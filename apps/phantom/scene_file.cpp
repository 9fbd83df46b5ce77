#include "scene_file.hpp"

#include "downstage/phantom/acquisition.hpp"
#include "downstage/phantom/anatomy.hpp"

#include "field.hpp"
#include "json_file.hpp"

namespace downstage::phantom_app {

namespace {

using phantom::Tissue;

template <typename T>
using Words = std::vector<std::pair<std::string, T>>;

const Words<Phase> phases{{"native", Phase::native},
                          {"arterial", Phase::arterial},
                          {"portal_venous", Phase::portal_venous},
                          {"delayed", Phase::delayed}};

const Words<Tissue> tissues{{"air", Tissue::air},
                            {"fat", Tissue::fat},
                            {"muscle", Tissue::muscle},
                            {"lung", Tissue::lung},
                            {"bone", Tissue::bone},
                            {"heart", Tissue::heart},
                            {"liver", Tissue::liver},
                            {"liver_vein", Tissue::liver_vein},
                            {"spleen", Tissue::spleen},
                            {"kidney", Tissue::kidney},
                            {"aorta", Tissue::aorta},
                            {"cava", Tissue::cava},
                            {"stomach", Tissue::stomach},
                            {"lesion", Tissue::lesion}};

/// An object whose members are named by words, each a density.
template <typename T>
std::map<T, double> densities(const Field& field, const Words<T>& names)
{
    std::map<T, double> result;
    for (const auto& [key, density] : field.members()) {
        const nlohmann::json name = key;
        result[Field{name, density.name()}.word(names)] = density.number();
    }
    return result;
}

PointLps place(const Field& field)
{
    return PointLps{} + field.triple();
}

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

enum class LesionShape { ball, ellipsoid, capped_cylinder };

phantom::Shape shape(const Field& lesion)
{
    const PointLps centre = place(lesion.at("centre_mm"));
    const Words<LesionShape> shapes{{"ball", LesionShape::ball},
                                    {"ellipsoid", LesionShape::ellipsoid},
                                    {"capped_cylinder", LesionShape::capped_cylinder}};
    switch (lesion.at("shape").word(shapes)) {
    case LesionShape::ball: {
        lesion.check_members({"name", "shape", "centre_mm", "hu", "radius_mm"});
        const double radius_mm = lesion.at("radius_mm").positive();
        return phantom::Ellipsoid{centre, {radius_mm, radius_mm, radius_mm}, {}};
    }
    case LesionShape::ellipsoid:
        lesion.check_members({"name", "shape", "centre_mm", "hu", "half_axes_mm", "rotation_deg"});
        return phantom::Ellipsoid{centre, half_axes(lesion.at("half_axes_mm")), axes(lesion)};
    case LesionShape::capped_cylinder: break;
    }
    lesion.check_members({"name", "shape", "centre_mm", "hu", "radius_mm", "half_length_mm", "rotation_deg"});
    return phantom::CappedCylinder{.centre = centre,
                                   .direction = axes(lesion).k,
                                   .half_length_mm = lesion.at("half_length_mm").positive(),
                                   .radius_mm = lesion.at("radius_mm").positive()};
}

std::vector<phantom::Lesion> lesions(const Field& list)
{
    std::vector<phantom::Lesion> result;
    for (const Field& field : list.items()) {
        phantom::Lesion lesion{.name = field.at("name").text(), .shape = shape(field), .density_hu = {}};
        if (field.has("hu")) lesion.density_hu = densities(field.at("hu"), phases);
        result.push_back(lesion);
    }
    return result;
}

std::vector<phantom::Pass> passes(const Field& list)
{
    std::vector<phantom::Pass> result;
    for (const Field& field : list.items()) {
        field.check_members({"phase", "hu"});
        phantom::Pass pass{.phase = field.at("phase").word(phases), .density_hu = {}};
        if (field.has("hu")) pass.density_hu = densities(field.at("hu"), tissues);
        result.push_back(pass);
    }
    if (result.empty()) list.fail("must hold at least one pass");
    return result;
}

std::vector<std::int32_t> whole_numbers(const Field& list)
{
    std::vector<std::int32_t> result;
    for (const Field& item : list.items())
        result.push_back(item.whole());
    return result;
}

phantom::InstanceOrder instance_order(const Field& field)
{
    using phantom::InstanceOrder;
    return field.word<InstanceOrder>({{"along", InstanceOrder::along},
                                      {"against", InstanceOrder::against},
                                      {"shuffled", InstanceOrder::shuffled}});
}

phantom::Acquisition acquisition(const Field& field)
{
    field.check_members({"columns",
                         "rows",
                         "slices",
                         "column_spacing_mm",
                         "row_spacing_mm",
                         "slice_spacing_mm",
                         "slice_thickness_mm",
                         "centre_mm",
                         "row_direction",
                         "column_direction",
                         "tilt_deg",
                         "blur_mm",
                         "noise_hu",
                         "seed",
                         "irregularity_mm",
                         "missing_slices",
                         "duplicated_slices",
                         "instance_order"});
    phantom::Acquisition result;
    take(field, "columns", result.columns, &Field::whole);
    take(field, "rows", result.rows, &Field::whole);
    take(field, "slices", result.slices, &Field::whole);
    take(field, "column_spacing_mm", result.column_spacing_mm, &Field::positive);
    take(field, "row_spacing_mm", result.row_spacing_mm, &Field::positive);
    take(field, "slice_spacing_mm", result.slice_spacing_mm, &Field::positive);
    take(field, "slice_thickness_mm", result.slice_thickness_mm, &Field::positive);
    take(field, "centre_mm", result.centre, place);
    take(field, "row_direction", result.row_direction, &Field::triple);
    take(field, "column_direction", result.column_direction, &Field::triple);
    take(field, "tilt_deg", result.tilt_deg, &Field::number);
    take(field, "blur_mm", result.blur_mm, &Field::number);
    take(field, "noise_hu", result.noise_hu, &Field::number);
    take(field, "seed", result.seed, &Field::whole);
    take(field, "irregularity_mm", result.irregularity_mm, &Field::number);
    take(field, "missing_slices", result.missing_slices, whole_numbers);
    take(field, "duplicated_slices", result.duplicated_slices, whole_numbers);
    take(field, "instance_order", result.instance_order, instance_order);
    return result;
}

phantom::AnatomyOptions anatomy(const Field& field)
{
    field.check_members({"heart", "stomach", "liver_veins"});
    phantom::AnatomyOptions options;
    take(field, "heart", options.heart, &Field::truth);
    take(field, "stomach", options.stomach, &Field::truth);
    take(field, "liver_veins", options.liver_veins, &Field::truth);
    return options;
}

dicom::TransferSyntax transfer_syntax(const Field& field)
{
    using dicom::TransferSyntax;
    return field.word<TransferSyntax>({{"explicit_little_endian", TransferSyntax::explicit_little_endian},
                                       {"jpeg_ls_lossless", TransferSyntax::jpeg_ls_lossless}});
}

void parse(const Field& root, SceneFile& file)
{
    root.check_members({"$schema",
                        "name",
                        "anatomy",
                        "acquisition",
                        "passes",
                        "in_one_series",
                        "lesions",
                        "transfer_syntax"});
    phantom::Scene& scene = file.scene;
    scene.name = root.at("name").text();
    scene.anatomy =
        phantom::upper_abdomen(root.has("anatomy") ? anatomy(root.at("anatomy")) : phantom::AnatomyOptions{});
    take(root, "acquisition", scene.acquisition, acquisition);
    take(root, "passes", scene.passes, passes);
    take(root, "in_one_series", scene.in_one_series, &Field::truth);
    take(root, "lesions", scene.lesions, lesions);
    take(root, "transfer_syntax", file.transfer_syntax, transfer_syntax);
    static_cast<void>(phantom::cuts(scene.acquisition));  // refuses what cannot be taken
}

}  // namespace

SceneFile read_scene(const std::filesystem::path& file)
{
    return read_json<SceneFile>(file, [](const Field& root, const JsonText& json) {
        SceneFile result;
        result.text = json.text;
        parse(root, result);
        return result;
    });
}

}  // namespace downstage::phantom_app
