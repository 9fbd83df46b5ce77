#include "downstage/criteria/response_words.hpp"

#include "downstage/core/text.hpp"

namespace downstage::criteria {

namespace {

std::string in_mm(TenthsMm tenths)
{
    return mm_text(from_tenths(tenths));
}

std::string with_sign(double percent)
{
    return (percent > 0.0 ? "+" : "") + fixed(percent, 1) + " %";
}

std::string sum_line(const VisitAssessment& visit)
{
    if (visit.sum) return "sum of diameters " + in_mm(*visit.sum) + " (RULES 1.14)";
    return "sum not complete: " + in_mm(visit.measured) +
           " in those targets that could be evaluated; a missing lesion is never 0 mm (RULES 0.4, 1.28)";
}

std::string against_baseline(const VisitAssessment& visit)
{
    if (!visit.baseline) return "baseline sum not complete: neither PR nor SD can be said (RULES 1.21)";
    std::string line = "baseline " + in_mm(*visit.baseline);
    if (visit.change_from_baseline_percent) line += ": " + with_sign(*visit.change_from_baseline_percent);
    return line + "; PR is at most 70 % of it (RULES 1.21)";
}

std::string against_nadir(const VisitAssessment& visit)
{
    if (!visit.nadir) return "no complete sum before: no nadir (RULES 1.19)";
    std::string line = "nadir " + in_mm(*visit.nadir) + ", the smallest complete sum before (RULES 1.18): ";
    const TenthsMm growth = visit.measured - *visit.nadir;
    line += (growth > 0 ? "+" : "") + in_mm(growth);
    if (visit.change_from_nadir_percent) line += ", " + with_sign(*visit.change_from_nadir_percent);
    return line;
}

std::string new_lesion_line(NewLesion certainty)
{
    switch (certainty) {
    case NewLesion::equivocal: return "new lesion: equivocal, treatment goes on (RULES 1.32)";
    case NewLesion::unequivocal: return "new lesion: unequivocal, which is progression (RULES 1.32)";
    case NewLesion::none: break;
    }
    return "new lesion: none";
}

std::string cause_words(ProgressionCause cause)
{
    switch (cause) {
    case ProgressionCause::target_sum:
        return "the sum has grown beyond the limit over its nadir (RULES 1.22)";
    case ProgressionCause::measured_alone:
        return "what could be measured is progression already, whatever the rest (RULES 1.28)";
    case ProgressionCause::reappearance:
        return "disease is seen again after a complete response (RULES 1.31)";
    case ProgressionCause::non_target: return "non-target disease has unequivocally progressed (RULES 1.25)";
    case ProgressionCause::new_lesion: return "there is a new lesion (RULES 1.32)";
    case ProgressionCause::effusion: return "an effusion is malignant by cytology (RULES 3.11)";
    case ProgressionCause::none: break;
    }
    return {};
}

}  // namespace

std::string word(Response response)
{
    switch (response) {
    case Response::complete: return "CR";
    case Response::partial: return "PR";
    case Response::stable: return "SD";
    case Response::progressive: return "PD";
    case Response::not_evaluable: return "NE";
    case Response::non_cr_non_pd: return "NON-CR/NON-PD";
    case Response::not_applicable: break;
    }
    return "NA";
}

std::string word(ImmuneResponse response)
{
    switch (response) {
    case ImmuneResponse::complete: return "iCR";
    case ImmuneResponse::partial: return "iPR";
    case ImmuneResponse::stable: return "iSD";
    case ImmuneResponse::non_cr_non_pd: return "iNON-CR/NON-UPD";
    case ImmuneResponse::unconfirmed_progressive: return "iUPD";
    case ImmuneResponse::confirmed_progressive: return "iCPD";
    case ImmuneResponse::not_evaluable: break;
    }
    return "NE";
}

std::string word(NonTarget non_target)
{
    switch (non_target) {
    case NonTarget::complete: return "CR";
    case NonTarget::persisting: return "NON-CR/NON-PD";
    case NonTarget::not_evaluable: return "NE";
    case NonTarget::progressive: return "PD";
    case NonTarget::none_at_baseline: break;
    }
    return "NA";
}

std::string word(ConfirmationWindow window)
{
    switch (window) {
    case ConfirmationWindow::early: return "early";
    case ConfirmationWindow::late: return "late";
    case ConfirmationWindow::in_time: break;
    }
    return "ok";
}

std::vector<std::string> reasons_of(const VisitAssessment& visit, const std::string& rules)
{
    std::vector<std::string> lines{rules + ", day " + std::to_string(visit.day)};
    if (visit.target != Response::not_applicable) {
        lines.push_back(sum_line(visit));
        lines.push_back(against_baseline(visit));
        lines.push_back(against_nadir(visit));
    }
    lines.push_back("target " + word(visit.target) + ", non-target " + word(visit.non_target));
    lines.push_back(new_lesion_line(visit.new_lesion));
    const std::string cause = cause_words(visit.cause);
    if (!cause.empty()) lines.push_back(cause);
    lines.push_back("overall " + word(visit.overall) + " (RULES 1.34, 1.35)");
    if (visit.rounding_sensitive)
        lines.emplace_back("another customary rounding gives another answer (RULES 0.2)");
    return lines;
}

}  // namespace downstage::criteria
