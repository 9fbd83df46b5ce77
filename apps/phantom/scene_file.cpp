#include "scene_file.hpp"

#include "downstage/phantom/acquisition.hpp"
#include "downstage/phantom/anatomy.hpp"
#include "downstage/phantom/patient.hpp"

#include "field.hpp"
#include "json_file.hpp"
#include "lesion_field.hpp"
#include "lesion_sites.hpp"

namespace downstage::phantom_app {

namespace {

using phantom::Tissue;

template <typename T>
using Words = std::vector<std::pair<std::string, T>>;

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
                            {"lesion", Tissue::lesion},
                            {"cyst", Tissue::cyst},
                            {"bile", Tissue::bile},
                            {"bowel", Tissue::bowel},
                            {"gas", Tissue::gas},
                            {"marrow", Tissue::marrow},
                            {"medulla", Tissue::medulla},
                            {"myocardium", Tissue::myocardium},
                            {"pancreas", Tissue::pancreas},
                            {"portal_vein", Tissue::portal_vein},
                            {"liver_portal_vein", Tissue::liver_portal_vein}};

const Words<phantom::Sequence> sequences{{"t1_portal_venous", phantom::Sequence::t1_portal_venous},
                                         {"t1_hepatobiliary", phantom::Sequence::t1_hepatobiliary},
                                         {"t2", phantom::Sequence::t2}};

/// Lesions of an MR scene give their signals under the phase that is nearest to the sequence.
Phase phase_of(phantom::Sequence sequence)
{
    if (sequence == phantom::Sequence::t2) return Phase::native;
    return sequence == phantom::Sequence::t1_hepatobiliary ? Phase::delayed : Phase::portal_venous;
}

PointLps place(const Field& field)
{
    return PointLps{} + field.triple();
}

std::vector<phantom::Pass> passes(const Field& list)
{
    std::vector<phantom::Pass> result;
    for (const Field& field : list.items()) {
        field.check_members({"phase", "sequence", "bias", "hu"});
        phantom::Pass pass{.density_hu = {}};
        if (field.has("sequence")) {
            pass.sequence = field.at("sequence").word(sequences);
            pass.phase = phase_of(pass.sequence);
        } else {
            pass.phase = phase_field(field.at("phase"));
        }
        take(field, "bias", pass.bias, &Field::number);
        if (field.has("hu")) pass.density_hu = field.at("hu").numbers_by(tissues);
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

phantom::Breathing breathing(const Field& field)
{
    field.check_members({"step_mm", "slices_a_hold"});
    phantom::Breathing result;
    take(field, "step_mm", result.step_mm, &Field::number);
    take(field, "slices_a_hold", result.slices_a_hold, &Field::whole);
    return result;
}

phantom::Deformation deformation(const Field& field)
{
    field.check_members({"sd_mm", "scale_mm", "seed"});
    phantom::Deformation result;
    take(field, "sd_mm", result.sd_mm, &Field::number);
    take(field, "scale_mm", result.scale_mm, &Field::positive);
    take(field, "seed", result.seed, &Field::whole);
    return result;
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
                         "noise_grain_mm",
                         "breathing",
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
    take(field, "noise_grain_mm", result.noise_grain_mm, &Field::number);
    take(field, "breathing", result.breathing, breathing);
    take(field, "seed", result.seed, &Field::whole);
    take(field, "irregularity_mm", result.irregularity_mm, &Field::number);
    take(field, "missing_slices", result.missing_slices, whole_numbers);
    take(field, "duplicated_slices", result.duplicated_slices, whole_numbers);
    take(field, "instance_order", result.instance_order, instance_order);
    return result;
}

std::vector<phantom::Part> varied(const Field& field)
{
    field.check_members({"kind", "seed", "size"});
    phantom::PatientOptions options;
    take(field, "seed", options.seed, &Field::whole);
    take(field, "size", options.size, &Field::positive);
    return phantom::varied_abdomen(options);
}

std::vector<phantom::Part> anatomy(const Field& field)
{
    if (field.has("kind") && field.at("kind").word<bool>({{"varied", true}, {"simple", false}}))
        return varied(field);
    field.check_members({"kind", "heart", "stomach", "liver_veins"});
    phantom::AnatomyOptions options;
    take(field, "heart", options.heart, &Field::truth);
    take(field, "stomach", options.stomach, &Field::truth);
    take(field, "liver_veins", options.liver_veins, &Field::truth);
    return phantom::upper_abdomen(options);
}

dicom::TransferSyntax transfer_syntax(const Field& field)
{
    using dicom::TransferSyntax;
    return field.word<TransferSyntax>({{"explicit_little_endian", TransferSyntax::explicit_little_endian},
                                       {"jpeg_ls_lossless", TransferSyntax::jpeg_ls_lossless}});
}

void parse(const Field& root, const ShapeFolder* shapes, SceneFile& file)
{
    root.check_members({"$schema",
                        "name",
                        "anatomy",
                        "textured",
                        "deformation",
                        "acquisition",
                        "passes",
                        "in_one_series",
                        "lesions",
                        "transfer_syntax"});
    phantom::Scene& scene = file.scene;
    scene.name = root.at("name").text();
    scene.anatomy = root.has("anatomy") ? anatomy(root.at("anatomy")) : phantom::upper_abdomen();
    take(root, "textured", scene.textured, &Field::truth);
    take(root, "deformation", scene.deformation, deformation);
    take(root, "acquisition", scene.acquisition, acquisition);
    take(root, "passes", scene.passes, passes);
    take(root, "in_one_series", scene.in_one_series, &Field::truth);
    take(root, "transfer_syntax", file.transfer_syntax, transfer_syntax);
    static_cast<void>(phantom::cuts(scene.acquisition));  // refuses what cannot be taken
    if (!root.has("lesions")) return;
    std::vector<LesionField> lesions;
    for (const Field& item : root.at("lesions").items())
        lesions.push_back(lesion_field(item, shapes));
    file.lacks_room = add_lesions(scene, lesions);
}

}  // namespace

SceneFile scene_of(const Field& root, const std::string& text, const ShapeFolder* shapes)
{
    SceneFile result{.scene = {}, .text = text, .lacks_room = {}};
    parse(root, shapes, result);
    return result;
}

SceneFile read_scene(const std::filesystem::path& file, const ShapeFolder* shapes)
{
    return read_json<SceneFile>(file, [&](const Field& root, const JsonText& json) {
        SceneFile scene = scene_of(root, json.text, shapes);
        if (!scene.lacks_room.empty()) throw Error{Errc::usage, scene.lacks_room};
        return scene;
    });
}

}  // namespace downstage::phantom_app
