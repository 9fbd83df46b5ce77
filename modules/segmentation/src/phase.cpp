#include "phase.hpp"

#include "downstage/core/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>

namespace downstage::segmentation {

namespace {

/// 0 below `low`, 1 above `high`, straight between.
double rises(double value, double low, double high)
{
    return std::clamp((value - low) / (high - low), 0.0, 1.0);
}

double falls(double value, double low, double high)
{
    return 1.0 - rises(value, low, high);
}

struct Rating {
    Phase phase{};
    double value{};  ///< 0..1: how well the densities fit
};

/// How well each phase fits. The bounds are those of SEGMENTATION.md 14, with a ramp of 20 to 50 HU about
/// each for noise, blur and the tube's voltage. Arterial and portal venous differ in how far the veins have
/// caught up with the aorta: that holds for a fatty liver, too.
std::array<Rating, 4> ratings_of(const OrganDensities& d)
{
    const double aorta_hu = d.aorta_hu.value_or(d.liver_hu);
    const double kidney_hu = d.kidney_hu.value_or(aorta_hu);
    const double aorta_over_liver_hu = aorta_hu - d.liver_hu;
    const double aorta_over_veins_hu = aorta_hu - d.veins_hu.value_or(d.liver_hu);

    const double native =
        falls(aorta_hu, 65.0, 85.0) * falls(kidney_hu, 65.0, 95.0) * falls(d.liver_hu, 75.0, 90.0);
    const double arterial = rises(aorta_hu, 140.0, 190.0) * rises(aorta_over_veins_hu, 60.0, 110.0);
    const double portal = rises(aorta_hu, 85.0, 110.0) * falls(aorta_over_veins_hu, 60.0, 110.0) *
                          std::max(rises(aorta_over_liver_hu, 5.0, 25.0), rises(d.liver_hu, 95.0, 110.0));
    const double delayed = rises(aorta_hu, 65.0, 85.0) * rises(kidney_hu, 80.0, 110.0) *
                           falls(aorta_over_liver_hu, 5.0, 25.0) * falls(d.liver_hu, 100.0, 115.0);
    return {{{Phase::portal_venous, portal},
             {Phase::arterial, arterial},
             {Phase::native, native},
             {Phase::delayed, delayed}}};
}

std::string name_of(Phase phase)
{
    switch (phase) {
    case Phase::native: return "native";
    case Phase::arterial: return "arterial";
    case Phase::portal_venous: return "portal venous";
    case Phase::delayed: return "delayed";
    case Phase::unknown: break;
    }
    return "no phase";
}

void add(std::string& text, std::string_view organ, const std::optional<double>& hu)
{
    text += ", ";
    text += organ;
    if (!hu) {
        text += " not in view";
        return;
    }
    text += " ";
    text += fixed(*hu, 0);
    text += " HU";
}

std::string seen(const OrganDensities& d)
{
    std::string text = "liver " + fixed(d.liver_hu, 0) + " HU";
    add(text, "aorta", d.aorta_hu);
    add(text, "spleen", d.spleen_hu);
    add(text, "kidney", d.kidney_hu);
    add(text, "veins in the liver", d.veins_hu);
    return text;
}

/// The best phase of the pixels alone; its confidence is what it has ahead of the others.
PhaseEstimate by_pixels(const std::array<Rating, 4>& ratings)
{
    constexpr double something_else = 0.1;  // a phase that is none of the four
    constexpr double no_fit = 0.15;
    double sum = something_else;
    for (const Rating& rating : ratings)
        sum += rating.value;
    const Rating& best = *std::ranges::max_element(ratings, {}, &Rating::value);
    if (best.value < no_fit) return {.phase = Phase::unknown, .confidence = 0.0, .because = {}};
    return {.phase = best.phase, .confidence = best.value * best.value / sum, .because = {}};
}

}  // namespace

PhaseEstimate phase_of(const OrganDensities& densities, Phase hinted)
{
    constexpr double clear = 0.5;  // from here up the pixels are not overruled
    const auto ratings = ratings_of(densities);
    PhaseEstimate estimate = by_pixels(ratings);
    if (!densities.aorta_hu) estimate.confidence *= 0.5;  // the liver alone tells little
    estimate.because = seen(densities);
    if (hinted == Phase::unknown) return estimate;

    const auto hinted_rating = std::ranges::find(ratings, hinted, &Rating::phase)->value;
    if (hinted == estimate.phase) {
        estimate.confidence += 0.5 * (1.0 - estimate.confidence);
        estimate.because += "; the tags say so too";
    } else if (estimate.confidence < clear && (hinted_rating > 0.0 || estimate.phase == Phase::unknown)) {
        estimate.because += "; the tags say " + name_of(hinted) + ", which the densities do not exclude";
        estimate.phase = hinted;
        estimate.confidence = 0.4;
    } else {
        estimate.because += "; the tags say " + name_of(hinted) + ", which the densities contradict";
        estimate.confidence *= 0.7;
    }
    return estimate;
}

PhaseEstimate phase_by_hint(Phase hinted)
{
    if (hinted == Phase::unknown)
        return {
            .phase = hinted, .confidence = 0.0, .because = "no liver is in view and the tags name no phase"};
    return {.phase = hinted, .confidence = 0.3, .because = "the tags alone; no liver is in view"};
}

}  // namespace downstage::segmentation
