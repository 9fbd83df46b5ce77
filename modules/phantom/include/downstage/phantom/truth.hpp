#pragma once

#include "downstage/phantom/body_truth.hpp"
#include "downstage/phantom/scene.hpp"

#include <optional>
#include <string>
#include <vector>

namespace downstage::phantom {

struct LesionTruth {
    std::string name;
    PointLps centre;
    ShapeTruth size;  ///< axes in the slices of the scene's acquisition
    LesionKind kind{LesionKind::tumour};
    std::optional<ViableTruth> viable;       ///< where part of it is dead
    std::optional<double> contrast_hu;       ///< of its living part, away from the edge, against the liver
    std::optional<double> mean_contrast_hu;  ///< of all its voxels in the image, edge, rim and core included
};

/// What is to be found in a scene.
struct Truth {
    double tilt_deg{};
    double liver_volume_ml{};  ///< with its veins and lesions; sampled on lines 1 mm apart, 0 without a liver
    std::vector<LesionTruth> lesions;
};

/// Lesions by formula where there is one, whole, also where they reach out of the liver or over each other.
[[nodiscard]] Truth truth_of(const Scene& scene);

}  // namespace downstage::phantom
