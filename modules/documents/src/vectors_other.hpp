#pragma once

#include "downstage/documents/vectors.hpp"

#include "vectors_field.hpp"

/// The worked examples that are no course.
namespace downstage::documents {

[[nodiscard]] MeasurabilityExample measurability_example(const VectorField& example);
[[nodiscard]] SelectionExample selection_example(const VectorField& example);
[[nodiscard]] LesionRoleExample lesion_role_example(const VectorField& example);
[[nodiscard]] ProductsExample products_example(const VectorField& example);
[[nodiscard]] ChoiExample choi_example(const VectorField& example);
/// `{responses: [[day, word], ...], options}`, or `{day, overall}` for each.
[[nodiscard]] SequenceExample sequence_example(const VectorField& example);
[[nodiscard]] CriterionExample criterion_example(const VectorField& example);
[[nodiscard]] ProbabilityExample probability_example(const VectorField& example);
[[nodiscard]] VolumeExample volume_example(const VectorField& example);
[[nodiscard]] VolumeChangeExample volume_change_example(const VectorField& example);
[[nodiscard]] MetaExample meta_example(const VectorField& example);
[[nodiscard]] WaterfallExample waterfall_example(const VectorField& example);

}  // namespace downstage::documents
