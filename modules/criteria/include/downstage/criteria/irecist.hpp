#pragma once

#include "downstage/core/timepoint.hpp"

/// iRECIST (Seymour et al., Lancet Oncol 2017;18:e143; RULES.md section 2).
namespace downstage::criteria {

/// Every visit's code, the best response, the day of progression, and RECIST 1.1 in parallel (RULES.md 2.1).
/// New lesions are never added to the target sum (2.6). Progression is unconfirmed at first; it is confirmed
/// by MORE progression (2.8) four to eight weeks later (2.7), never by its lasting; and an iSD, iPR or iCR
/// resets it (2.9). Visits are in the order of their days.
[[nodiscard]] ImmuneAssessment irecist(const Course& course, const ResponseOptions& options = {});

}  // namespace downstage::criteria
