#pragma once

#include "downstage/criteria/eligibility.hpp"

#include <span>
#include <string>
#include <vector>

/// From three sizes a lesion to the one that a rule reads, and to the quantities that it compares.
namespace downstage::criteria {

/// One lesion as a rule reads it. Where the size is unknown, `measured` is empty and `highest` what it can at
/// most be.
struct ReadLesion {
    std::string name;
    std::optional<LesionSize> measured;
    double highest_mm{};
};

struct ReadLesions {
    std::vector<ReadLesion> lesions;   ///< largest first
    std::string size_read;             ///< in words, for the path
    std::vector<std::string> missing;  ///< sizes that were needed and are not there
};

/// The sizes that the rule reads (RULES.md 6.2). After treatment a rule that reads what is viable takes the
/// viable diameter, leaves out lesions wholly necrotic (6.6), and knows of a lesion without one only that it
/// is at most as large as the whole. Where no any-plane size was given the axial one stands for it.
[[nodiscard]] ReadLesions read_sizes(const EligibilityInput& input, SizeRead reads);

/// Units of length in a tenth of a millimetre where sizes are not rounded: a thousandth of a millimetre each.
inline constexpr std::int64_t raw_units_per_tenth = 100;

/// How diameters are rounded before they are compared: `tenths` decides (RULES.md 0.2).
enum class SizeRounding { tenths, whole_mm, raw };

/// Puts count, largest, smallest, sum, largest plus count, and cubes of these sizes into `findings`.
void set_sizes(Findings& findings, std::span<const Range> sizes);

/// What is known beside the sizes.
[[nodiscard]] Findings findings_of(const ClinicalFacts& facts);

/// Everything that is known.
[[nodiscard]] Findings findings_of(const ReadLesions& read,
                                   const ClinicalFacts& facts,
                                   SizeRounding rounding = SizeRounding::tenths);

}  // namespace downstage::criteria
