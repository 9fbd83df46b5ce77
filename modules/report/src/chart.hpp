#pragma once

#include "downstage/core/units.hpp"

#include <string>
#include <vector>

namespace downstage::report {

/// One line of the chart: a diameter, its interval, and whether it counts.
struct ChartRow {
    std::string name;
    double diameter_mm{};
    Interval95 ci95_mm;
    bool counts{};
};

/// Inline SVG: each diameter with its interval against the limits of 30 and 50 mm. Nothing for no rows.
[[nodiscard]] std::string limits_chart(const std::vector<ChartRow>& rows);

}  // namespace downstage::report
