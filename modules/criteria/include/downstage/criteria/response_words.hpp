#pragma once

#include "downstage/core/timepoint.hpp"

#include <string>
#include <vector>

/// The words of response: names as papers print them, and the path of a visit line by line. Nothing is
/// decided here.
namespace downstage::criteria {

/// "CR", "PR", "SD", "PD", "NE", "NON-CR/NON-PD", "NA".
[[nodiscard]] std::string word(Response response);
/// "iCR", "iPR", "iSD", "iNON-CR/NON-UPD", "iUPD", "iCPD", "NE".
[[nodiscard]] std::string word(ImmuneResponse response);
/// "CR", "NON-CR/NON-PD", "NE", "PD", "NA".
[[nodiscard]] std::string word(NonTarget non_target);
/// "ok", "early", "late".
[[nodiscard]] std::string word(ConfirmationWindow window);

/// Rule, inputs, comparison and result of one visit, one line each, in the order in which it was decided.
/// `rules` names the rule set, e.g. "RECIST 1.1".
[[nodiscard]] std::vector<std::string> reasons_of(const VisitAssessment& visit, const std::string& rules);

}  // namespace downstage::criteria
