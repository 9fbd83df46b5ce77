#pragma once

#include "lesions_opinion.hpp"

#include <optional>
#include <string>

namespace downstage::segmentation {

/// What led to a region.
enum class Source {
    dark,     ///< it is darker than the liver around it
    bright,   ///< it is brighter: of arterial scans only
    network,  ///< the network alone
};

/// What speaks for a region being a lesion.
struct Evidence {
    double score{};                  ///< `score_of` its features
    std::optional<Opinion> opinion;  ///< the network's, of a region darker than liver; none: it was not asked
    Source source{Source::dark};
};

/// From this chance on a finding counts; below it is possible.
inline constexpr double counts_from_chance = 0.5;
/// Below this chance nothing is listed.
inline constexpr double possible_from_chance = 0.2;

/// The chance that the region is a lesion, 0..1: of the findings given 0.8 about 80 % are lesions, in the
/// scans it was fitted on (docs/accuracy.md, "Confidence").
[[nodiscard]] double chance_of(const Evidence& evidence);

/// True where the network saw nothing: a dark region without its agreement is a fissure, a vessel or a
/// gallbladder (LESION-TRAINING.md 8.3).
[[nodiscard]] bool is_ruled_out(const Evidence& evidence);

/// A sentence on the network's doubt; empty where it agrees or was not asked.
[[nodiscard]] std::string doubt_of(const Evidence& evidence);

}  // namespace downstage::segmentation
