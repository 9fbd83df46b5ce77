#pragma once

#include "downstage/phantom/scene.hpp"

#include "lesion_field.hpp"

#include <string>
#include <vector>

namespace downstage::phantom_app {

/// Adds the lesions to the scene, each where its field says, in their order. The answer is empty, or says in
/// one sentence which of them finds no room in the liver.
[[nodiscard]] std::string add_lesions(phantom::Scene& scene, const std::vector<LesionField>& lesions);

}  // namespace downstage::phantom_app
