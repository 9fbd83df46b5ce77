#pragma once

#include <map>
#include <string>
#include <vector>

/// The best change of each patient (RULES.md 7.1).
namespace downstage::cohort {

/// One patient's most negative change of the target sum from BASELINE.
struct WaterfallBar {
    std::string patient;
    double best_percent{};
    friend bool operator==(const WaterfallBar&, const WaterfallBar&) = default;
};

struct Waterfall {
    std::vector<WaterfallBar> bars;     ///< largest increase first; equal ones by patient
    std::vector<std::string> left_out;  ///< without a sum after baseline: they belong into a footnote
};

/// `changes_percent` holds each patient's changes before progression or new therapy, in any order.
[[nodiscard]] Waterfall waterfall(const std::map<std::string, std::vector<double>>& changes_percent);

}  // namespace downstage::cohort
