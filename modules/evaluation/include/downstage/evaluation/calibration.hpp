#pragma once

#include "downstage/evaluation/detection.hpp"

#include <optional>
#include <span>
#include <vector>

namespace downstage::evaluation {

/// One finding, counted or possible: how sure the finder was, and whether there is a lesion.
struct Judged {
    double confidence{};
    bool real{};
};

/// The findings of one band of confidence.
struct CalibrationBand {
    Class confidence;
    double mean_confidence{};
    Share real;
};

/// `bands` bands of equal width from 0 to 1; a confidence of 1 belongs to the last. Bands without a finding
/// are left out.
[[nodiscard]] std::vector<CalibrationBand> calibration_of(std::span<const Judged> findings, int bands = 5);

/// Expected calibration error: the mean of |share that is real - mean confidence| over the bands, weighted by
/// their findings (Naeini, AAAI 2015). Empty without a finding.
[[nodiscard]] std::optional<double> calibration_error(std::span<const CalibrationBand> bands);

}  // namespace downstage::evaluation
