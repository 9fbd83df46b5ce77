#pragma once

#include "downstage/core/timepoint.hpp"

#include <optional>

/// Choi criteria (Choi et al., J Clin Oncol 2007; RULES.md 4.1): size or density, density in the portal
/// phase.
namespace downstage::criteria {

/// Size is the sum of longest diameters, density the mean attenuation of the same lesions.
struct SizeAndDensity {
    Length size;
    std::optional<double> density_hu;  ///< quantised to 0.1 HU before comparing
};

struct ChoiChange {
    SizeAndDensity before, now;
    bool has_new_lesion{};
};

/// PD by a new lesion; CR gone; PR from -10 % of size OR -15 % of density on; PD from +10 % of size on when
/// density did not respond; else SD. Where a density is unknown and would decide, not evaluable. All
/// inclusive.
[[nodiscard]] Response choi(const ChoiChange& change);

}  // namespace downstage::criteria
