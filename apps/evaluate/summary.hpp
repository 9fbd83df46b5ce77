#pragma once

#include "compare.hpp"

#include <optional>
#include <string>
#include <vector>

namespace downstage::evaluate_app {

/// All cases of one kind together.
struct Summary {
    std::string kind;
    std::size_t cases{}, not_measured{};
    std::optional<double> median_liver_dice, worst_liver_dice, median_surface_mm;
    std::optional<evaluation::Agreement> liver_percent;  ///< volume, per cent of the truth
    std::vector<evaluation::Detected> lesions;
    std::size_t studies_with_known_lesions{}, false_findings{};
    std::vector<evaluation::SizePair> long_axes_mm, short_axes_mm, volumes_ml;  ///< of found lesions
    std::optional<double> median_lesion_dice;
    std::vector<evaluation::Judged> judged;
};

/// One summary a kind, in the order in which the kinds appear.
[[nodiscard]] std::vector<Summary> summarise(const std::vector<CaseFigures>& cases);

/// Classes of sizes and contrasts in which sensitivity is told.
[[nodiscard]] const std::vector<evaluation::Class>& size_classes_mm();
[[nodiscard]] const std::vector<evaluation::Class>& contrast_classes_hu();

}  // namespace downstage::evaluate_app
