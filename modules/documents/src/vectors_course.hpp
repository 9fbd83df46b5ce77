#pragma once

#include "downstage/documents/vectors.hpp"

#include "vectors_field.hpp"

/// Courses in the words of the worked examples.
namespace downstage::documents {

/// `{baseline: {day, targets}, timepoints: [{day, targets, nontarget, new}]}`.
[[nodiscard]] CourseExample recist11_example(const VectorField& example);
/// `{baseline_sum, timepoints: [{day, target, nontarget, nl_new, nlt, nlnt, ...}]}`; non-target disease that
/// is not spoken of persists.
[[nodiscard]] CourseExample irecist_example(const VectorField& example);
/// `{baseline_viable, timepoints: [{day, viable, nontarget, new, effusion}]}`.
[[nodiscard]] CourseExample mrecist_example(const VectorField& example);

/// `{confirm, pr_hold, ...}`; an option that is not known is refused.
[[nodiscard]] ResponseOptions response_options(const VectorField& options);

}  // namespace downstage::documents
