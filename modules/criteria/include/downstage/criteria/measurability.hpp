#pragma once

#include "downstage/core/units.hpp"

#include <optional>

/// Whether a lesion may be a target (RECIST 1.1; RULES.md 1.1 to 1.6).
namespace downstage::criteria {

enum class Modality { ct_or_mri, chest_xray, calipers };

/// What is known of a lesion at baseline.
struct BaselineLesion {
    double mm{};  ///< longest diameter in the axial plane; a node's short axis
    bool is_node{};
    std::optional<double> slice_mm;  ///< thickness; empty: at most 5 mm
    Modality modality{Modality::ct_or_mri};
};

struct MeasurabilityOptions {
    bool double_slice_nodes{};  ///< nodes, too, must be twice a thick slice (1.6, contested)
};

enum class Measurability {
    target_eligible,
    non_target,
    normal,  ///< a node below 10 mm: no disease
};

struct MeasurabilityAnswer {
    Measurability answer{};
    bool is_contested{};  ///< the other reading of 1.6 would answer otherwise
    friend bool operator==(const MeasurabilityAnswer&, const MeasurabilityAnswer&) = default;
};

/// 10 mm, or twice the slice when that is thicker than 5 mm; 20 mm on a chest x-ray; a node's short axis 15
/// mm. All inclusive, decided in tenths.
[[nodiscard]] MeasurabilityAnswer measurability(const BaselineLesion& lesion,
                                                const MeasurabilityOptions& options = {});

}  // namespace downstage::criteria
