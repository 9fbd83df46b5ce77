#pragma once

#include "candidates.hpp"
#include "features.hpp"
#include "lesions_judge.hpp"
#include "lesions_region.hpp"
#include "parenchyma.hpp"

#include <optional>
#include <vector>

namespace downstage::segmentation {

/// A region that may be a lesion, and how sure that is.
struct Suspect {
    Candidate candidate;
    Region region;  ///< `to_detect`
    Features features;
    Evidence evidence;
};

/// Where suspects are looked for, and what judges them.
struct Hearing {
    const Parenchyma& tissue;
    const Field* probability = nullptr;    ///< the network's, on the tissue's grid; none: it is not asked
    const Parenchyma* arterial = nullptr;  ///< where bright lesions are looked for, on the tissue's grid
    unsigned workers = 0;
};

/// What there is to say of a region grown from `candidate`; nothing when it is refused (SEGMENTATION.md
/// 9.4-9.8, LESION-TRAINING.md 8).
[[nodiscard]] std::optional<Suspect> suspect_of(const Candidate& candidate, const Hearing& hearing);

/// The candidates that are not refused, in their order.
[[nodiscard]] std::vector<Suspect> suspects_among(const std::vector<Candidate>& candidates,
                                                  const Hearing& hearing);

/// The best ones that do not overlap, best first (SEGMENTATION.md 9.7): that chooses the threshold for each
/// lesion, and cuts a tumour off what one fixed threshold would join to it.
[[nodiscard]] std::vector<Suspect> best_apart(std::vector<Suspect> suspects, const Grid& grid);

/// Joins neighbours that are pieces of one uneven tumour (SEGMENTATION.md 12): at most 3 mm apart, of a round
/// union, and without a neck between them, as two lesions that touch have. Best first.
[[nodiscard]] std::vector<Suspect> pieces_joined(std::vector<Suspect> suspects, const Hearing& hearing);

}  // namespace downstage::segmentation
