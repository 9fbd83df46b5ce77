#include "vectors_other.hpp"

#include "vectors_course.hpp"

namespace downstage::documents {

namespace {

ProductsExample::Pairs pairs_of(const VectorField& list)
{
    ProductsExample::Pairs pairs;
    for (const VectorField& pair : list.list())
        pairs.push_back(pair.tuple<2>());
    return pairs;
}

CriterionExample::Input input_of(const VectorField& value)
{
    if (value.is_flag()) return value.flag();
    if (value.is_number()) return value.number();
    if (value.is_text()) return value.text();
    return value.numbers();
}

}  // namespace

MeasurabilityExample measurability_example(const VectorField& example)
{
    const VectorField input = example.at("input");
    return {.mm = input.at("mm").mm(),
            .slice_mm = input.number_if("slice_mm"),
            .modality = input.text_or("modality", ""),
            .is_node = input.flag_or("node", false),
            .double_slice_nodes = input.flag_or("double_slice_nodes", false)};
}

SelectionExample selection_example(const VectorField& example)
{
    SelectionExample read;
    for (const VectorField& lesion : example.at("input").list())
        read.lesions.push_back({.id = lesion.at("id").text(),
                                .organ = lesion.at("organ").text(),
                                .mm = lesion.at("mm").mm(),
                                .is_node = lesion.flag_or("node", false)});
    return read;
}

LesionRoleExample lesion_role_example(const VectorField& example)
{
    const VectorField input = example.at("input");
    return {.kind = input.at("kind").text(),
            .mm = input.number_if("mm"),
            .viable_mm = input.number_if("viable_mm"),
            .enhances = input.flag_or("aphe", true),
            .is_infiltrative = input.flag_or("infiltrative", false),
            .is_at_porta_hepatis = input.flag_or("porta", false),
            .is_proven_malignant = input.flag_or("cyto_pos", false)};
}

ProductsExample products_example(const VectorField& example)
{
    return {.baseline = pairs_of(example.at("baseline")), .current = pairs_of(example.at("current"))};
}

ChoiExample choi_example(const VectorField& example)
{
    const VectorField input = example.at("input");
    return {.size_before_mm = input.at("size0").mm(),
            .size_now_mm = input.at("size1").mm(),
            .density_before_hu = input.number_if("hu0"),
            .density_now_hu = input.number_if("hu1"),
            .has_new_lesion = input.flag_or("new", false)};
}

SequenceExample sequence_example(const VectorField& example)
{
    SequenceExample read;
    if (example.has("options")) read.options = response_options(example.at("options"));
    for (const VectorField& visit : example.at("responses").list()) {
        if (visit.is_object()) {
            read.visits.push_back({.day = visit.at("day").whole(), .overall = visit.at("overall").text()});
            continue;
        }
        const std::vector<VectorField> pair = visit.list();
        if (pair.size() != 2) visit.refuse("wanted are a day and a response");
        read.visits.push_back({.day = pair[0].whole(), .overall = pair[1].text()});
    }
    return read;
}

CriterionExample criterion_example(const VectorField& example)
{
    CriterionExample read{.criterion = example.at("criterion").text(), .inputs = {}};
    for (const auto& [name, value] : example.at("input").members())
        read.inputs.emplace(name, input_of(value));
    return read;
}

ProbabilityExample probability_example(const VectorField& example)
{
    ProbabilityExample read;
    for (const VectorField& term : example.at("terms").list())
        read.terms.push_back(term.tuple<3>());
    return read;
}

VolumeExample volume_example(const VectorField& example)
{
    return {.diameters_cm = example.at("cm").numbers()};
}

VolumeChangeExample volume_change_example(const VectorField& example)
{
    const auto [diameter_mm, before, after] = example.at("input").tuple<3>();
    return {.diameter_mm = diameter_mm, .before = before, .after = after};
}

MetaExample meta_example(const VectorField& example)
{
    MetaExample read{.method = example.at("method").text(), .tables = {}};
    for (const VectorField& table : example.at("tables").list())
        read.tables.push_back(table.tuple<4>());
    return read;
}

WaterfallExample waterfall_example(const VectorField& example)
{
    WaterfallExample read;
    for (const auto& [patient, changes] : example.at("changes").members())
        read.changes_percent.emplace(patient, changes.numbers());
    return read;
}

}  // namespace downstage::documents
