#pragma once

#include "downstage/phantom/scene.hpp"

#include "lesion_field.hpp"

#include <vector>

namespace downstage::phantom_app {

/// Adds the lesions to the scene, each where its field says, in their order. Throws `Error{usage}` naming the
/// lesion that finds no room in the liver.
void add_lesions(phantom::Scene& scene, const std::vector<LesionField>& lesions);

}  // namespace downstage::phantom_app
