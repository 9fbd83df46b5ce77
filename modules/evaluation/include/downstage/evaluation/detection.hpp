#pragma once

#include "downstage/core/units.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace downstage::evaluation {

/// One true lesion, and whether it was found.
struct Detected {
    double size_mm{};      ///< its true long axis
    double contrast_hu{};  ///< how far it differs from the liver around it; NaN where unknown
    bool found{};
};

/// So many of so many.
struct Share {
    std::size_t hits{}, of{};
    friend bool operator==(const Share&, const Share&) = default;
};
/// Empty for none of none.
[[nodiscard]] std::optional<double> fraction(const Share& share);
/// Its 95 % interval (Wilson, JASA 1927;22:209), which stays within 0..1. [0, 1] for none of none.
[[nodiscard]] Interval95 wilson95(const Share& share);

/// A class of sizes or contrasts: from `from` up to but without `below`.
struct Class {
    double from{}, below{};
};

[[nodiscard]] Share sensitivity_by_size(std::span<const Detected> lesions, const Class& sizes_mm);
/// A lesion of unknown contrast belongs to no class.
[[nodiscard]] Share sensitivity_by_contrast(std::span<const Detected> lesions, const Class& contrasts_hu);

}  // namespace downstage::evaluation
