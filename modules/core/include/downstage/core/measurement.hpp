#pragma once

#include "downstage/core/space.hpp"
#include "downstage/core/uid.hpp"
#include "downstage/core/units.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace downstage {

/// A straight distance that can be drawn and measured again.
struct Diameter {
    double length_mm{};
    Interval95 ci95_mm;
    std::array<PointLps, 2> ends;
    friend bool operator==(const Diameter&, const Diameter&) = default;
};

struct VolumeEstimate {
    double ml{};
    Interval95 ci95_ml;
    friend bool operator==(const VolumeEstimate&, const VolumeEstimate&) = default;
};

struct Attenuation {
    double mean_hu{}, sd_hu{};
    friend bool operator==(const Attenuation&, const Attenuation&) = default;
};

/// Everything that is measured on one lesion. docs/measurements.md defines each quantity.
struct LesionMeasurement {
    std::uint16_t label{};
    Diameter long_axis;      ///< longest chord within one reconstructed slice (RECIST 1.1 App. II)
    Diameter short_axis;     ///< longest chord perpendicular to it in the same slice
    std::int32_t slice_k{};  ///< that slice
    Diameter max_3d;         ///< longest chord in any plane
    VolumeEstimate volume;
    Attenuation attenuation;
    PointLps centroid;
    std::optional<double>
        distance_to_liver_surface_mm;  ///< from the lesion's nearest point; empty without a liver
    std::string place;                 ///< words, e.g. "right lobe, upper third, at the capsule"
    bool measurable{};                 ///< RECIST 1.1 measurability (RULES.md 1.1-1.3)
    std::string measurable_because;
    std::optional<double>
        viable_diameter_mm;  ///< of the enhancing part, within one slice of the arterial phase (RULES.md 3.3)
    std::optional<Interval95> viable_ci95_mm;
    std::string viable_reason;  ///< why `viable_diameter_mm` is empty or 0
    double boundary_blur_mm{};  ///< 1 sd of the edge's blur that was found
    friend bool operator==(const LesionMeasurement&, const LesionMeasurement&) = default;
};

}  // namespace downstage
