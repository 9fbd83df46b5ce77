#pragma once

#include "downstage/core/timepoint.hpp"
#include "downstage/criteria/measurability.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

/// Which lesions are targets (RULES.md 1.8 to 1.10), and how much of the answer hangs on that choice.
namespace downstage::criteria {

struct SelectionLimits {
    std::size_t most{5}, most_per_organ{2};
};

/// A lesion at baseline that might become a target.
struct Candidate {
    std::string id;
    std::string organ;  ///< "left lung" and "right lung" are one; all lymph nodes are one
    BaselineLesion lesion;
};

/// What the program proposes; a reader confirms, for reproducibility and a fair sample are a reader's to
/// judge.
struct Selection {
    std::vector<std::size_t> chosen;  ///< indices of candidates, in the order of their ids
    TenthsMm sum{};
    std::vector<std::string> left_out;  ///< organs with a measurable lesion and no target
};

/// The largest measurable lesions within the limits; of equal ones the lower id.
[[nodiscard]] Selection propose_targets(std::span<const Candidate> candidates,
                                        const SelectionLimits& limits = {});

/// Every choice of measurable candidates that RECIST 1.1 allows: as many as the limits let, and every organ
/// represented where their number allows it. Each is a list of indices, ascending. At most `most_selections`.
[[nodiscard]] std::vector<std::vector<std::size_t>> legal_selections(std::span<const Candidate> candidates,
                                                                     const SelectionLimits& limits = {},
                                                                     std::size_t most_selections = 10'000);

/// How many legal choices of targets would have ended in another category.
struct SelectionEffect {
    std::size_t legal{};          ///< choices tried
    std::size_t other_overall{};  ///< of these, with another overall response at the last visit
    std::size_t other_best{};     ///< of these, with another best response
    bool all_were_tried{true};
    std::vector<std::string> example;  ///< ids of one choice with another overall response
};

/// Assesses the course by RECIST 1.1 once for each legal choice. `all_measurable` holds every measurable
/// lesion as a target, and `chosen` the indices that were targets. A lesion that is not chosen is non-target
/// disease, which persists until it is gone; whether it progressed stays as the visits state it.
[[nodiscard]] SelectionEffect selection_effect(const Course& all_measurable,
                                               std::span<const std::size_t> chosen,
                                               const ResponseOptions& options = {});

}  // namespace downstage::criteria
