#include "lesions_judge.hpp"

#include "downstage/core/text.hpp"

#include <cmath>

namespace downstage::segmentation {

namespace {

constexpr double agrees_from = 0.45;      // LESION-TRAINING.md 8.1
constexpr double disagrees_below = 0.20;  // 8.3

double logistic(double log_odds)
{
    return 1.0 / (1.0 + std::exp(-log_odds));
}

}  // namespace

double chance_of(const Evidence& evidence)
{
    if (!evidence.opinion) return logistic(-4.5 + 10.0 * evidence.score);
    return logistic(-4.6 + 7.0 * evidence.score + 5.0 * evidence.opinion->mean);
}

bool is_ruled_out(const Evidence& evidence)
{
    return evidence.opinion && evidence.opinion->mean < disagrees_below;
}

std::string doubt_of(const Evidence& evidence)
{
    if (!evidence.opinion || evidence.opinion->mean >= agrees_from) return {};
    return "The lesion network gives it only " + fixed(evidence.opinion->mean, 2) + " on average.";
}

}  // namespace downstage::segmentation
