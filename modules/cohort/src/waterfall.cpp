#include "downstage/cohort/waterfall.hpp"

#include <algorithm>
#include <functional>

namespace downstage::cohort {

Waterfall waterfall(const std::map<std::string, std::vector<double>>& changes_percent)
{
    Waterfall drawn;
    for (const auto& [patient, changes] : changes_percent) {
        if (changes.empty())
            drawn.left_out.push_back(patient);
        else
            drawn.bars.push_back({.patient = patient, .best_percent = *std::ranges::min_element(changes)});
    }
    std::ranges::stable_sort(drawn.bars, std::greater{}, &WaterfallBar::best_percent);
    return drawn;
}

}  // namespace downstage::cohort
