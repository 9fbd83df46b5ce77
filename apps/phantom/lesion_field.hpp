#pragma once

#include "downstage/phantom/scene.hpp"

#include "field.hpp"
#include "shape_folder.hpp"

#include <optional>
#include <string>

namespace downstage::phantom_app {

/// Where a lesion is to be put by the program: see `site_rules`; "touching": against the lesion before it.
struct WantedPlace {
    std::string word;
    std::uint64_t seed{};
};

/// A lesion as a scene file has it.
struct LesionField {
    phantom::Lesion lesion;            ///< about the origin where a place is wanted
    std::optional<WantedPlace> place;  ///< instead of a centre
};

/// Throws `Error{usage}` that names the field.
[[nodiscard]] LesionField lesion_field(const Field& field, const ShapeFolder* shapes);

/// Densities by phase: {"portal_venous": 60}.
[[nodiscard]] std::map<Phase, double> hu_by_phase(const Field& field);
[[nodiscard]] Phase phase_field(const Field& field);

}  // namespace downstage::phantom_app
