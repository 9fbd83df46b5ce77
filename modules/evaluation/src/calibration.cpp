#include "downstage/evaluation/calibration.hpp"

#include <algorithm>
#include <cmath>

namespace downstage::evaluation {

std::vector<CalibrationBand> calibration_of(std::span<const Judged> findings, int bands)
{
    const double width = 1.0 / bands;
    std::vector<CalibrationBand> all(static_cast<std::size_t>(bands));
    for (int n = 0; n < bands; ++n)
        all[static_cast<std::size_t>(n)].confidence = {.from = n * width, .below = (n + 1) * width};
    for (const Judged& finding : findings) {
        const int band = std::clamp(static_cast<int>(finding.confidence / width), 0, bands - 1);
        CalibrationBand& own = all[static_cast<std::size_t>(band)];
        own.mean_confidence += finding.confidence;  // a sum until all are there
        ++own.real.of;
        own.real.hits += finding.real ? 1U : 0U;
    }
    std::erase_if(all, [](const CalibrationBand& band) { return band.real.of == 0; });
    for (CalibrationBand& band : all)
        band.mean_confidence /= static_cast<double>(band.real.of);
    return all;
}

std::optional<double> calibration_error(std::span<const CalibrationBand> bands)
{
    double weighted = 0.0;
    std::size_t findings = 0;
    for (const CalibrationBand& band : bands) {
        const double real = fraction(band.real).value_or(0.0);
        weighted += static_cast<double>(band.real.of) * std::abs(real - band.mean_confidence);
        findings += band.real.of;
    }
    if (findings == 0) return std::nullopt;
    return weighted / static_cast<double>(findings);
}

}  // namespace downstage::evaluation
