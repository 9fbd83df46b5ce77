#pragma once

#include "candidates.hpp"
#include "features.hpp"
#include "lesions_region.hpp"
#include "parenchyma.hpp"

#include <vector>

namespace downstage::segmentation {

/// A region that may be a lesion, and how sure that is.
struct Suspect {
    Candidate candidate;
    Region region;  ///< `to_detect`
    Features features;
    double score{};
};

/// The candidates that are not refused, with a score of `possible_from` or more (SEGMENTATION.md 9.4-9.8),
/// in the order of the candidates.
[[nodiscard]] std::vector<Suspect>
suspects_among(std::vector<Candidate> candidates, const Parenchyma& tissue, unsigned workers);

/// The best ones that do not overlap, best first (SEGMENTATION.md 9.7): that chooses the threshold for each
/// lesion, and cuts a tumour off what one fixed threshold would join to it.
[[nodiscard]] std::vector<Suspect> best_apart(std::vector<Suspect> suspects, const Grid& grid);

/// Joins neighbours that are pieces of one uneven tumour (SEGMENTATION.md 12): at most 3 mm apart, of a round
/// union, and without a neck between them, as two lesions that touch have. Best first.
[[nodiscard]] std::vector<Suspect> pieces_joined(std::vector<Suspect> suspects, const Parenchyma& tissue);

}  // namespace downstage::segmentation
