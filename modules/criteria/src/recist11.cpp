#include "downstage/criteria/recist11.hpp"

#include "downstage/criteria/response_summary.hpp"

#include <algorithm>
#include <array>

namespace downstage::criteria {

namespace {

/// The rows of section 1 that RULES.md section 8 calls contested, each with its other reading.
constexpr std::array contested_rows{
    ContestedRow{.rule = "1.24",
                 .option = "pr_hold",
                 .why = "the EORTC FAQ keeps PR, once reached, until PD; the definitions of 2009 give SD",
                 .choose_other = [](ResponseOptions& o) { o.pr_hold = !o.pr_hold; }},
    ContestedRow{
        .rule = "1.31",
        .option = "zero_nadir",
        .why = "a percentage over a nadir of 0 mm is undefined; adopted: progression from 5 mm on; others "
               "call regrowth of any size progression",
        .choose_other = [](ResponseOptions& o) { o.zero_nadir = ZeroNadir::any_regrowth; }},
    ContestedRow{
        .rule = "1.31",
        .option = "zero_nadir",
        .why = "a percentage over a nadir of 0 mm is undefined; adopted: progression from 5 mm on; read "
               "strictly, the sum alone cannot progress",
        .choose_other = [](ResponseOptions& o) { o.zero_nadir = ZeroNadir::never; }},
    ContestedRow{.rule = "1.30",
                 .option = "node_regrowth",
                 .why =
                     "the EORTC FAQ warns that a node of 9 mm that becomes 11 may not be disease and advises "
                     "confirming CR; by its size alone the sum decides",
                 .choose_other = [](ResponseOptions& o) { o.node_regrowth = NodeRegrowth::by_the_sum; }},
    ContestedRow{.rule = "1.37",
                 .option = "relabel_cr_as_pr",
                 .why = "footnote of Table 3: where small disease was likely still there, the CR was a PR",
                 .choose_other = [](ResponseOptions& o) { o.relabel_cr_as_pr = !o.relabel_cr_as_pr; }},
};

/// 1.32: the first day on which something equivocal was seen that a later visit settles.
bool is_settled_later(std::span<const Visit> visits, std::size_t n)
{
    return std::ranges::any_of(visits.subspan(n + 1), [&](const Visit& later) {
        return later.new_disease.certainty == NewLesion::unequivocal && later.new_disease.equivocal_since &&
               *later.new_disease.equivocal_since <= visits[n].day;
    });
}

}  // namespace

std::vector<OtherDisease> other_disease_recist11(std::span<const Visit> visits)
{
    std::vector<OtherDisease> others;
    others.reserve(visits.size());
    for (std::size_t n = 0; n < visits.size(); ++n) {
        NewLesion certainty = visits[n].new_disease.certainty;
        if (certainty == NewLesion::equivocal && is_settled_later(visits, n))
            certainty = NewLesion::unequivocal;
        others.push_back({.non_target = non_target_of(visits[n]), .new_lesion = certainty});
    }
    return others;
}

ResponseAssessment recist11(const Course& course, const ResponseOptions& options)
{
    const std::vector<OtherDisease> others = other_disease_recist11(course.visits);
    const auto assessed = [&](const ResponseOptions& chosen) {
        return summarised(assess_visits(course, recist11_rules, chosen, others), course, chosen);
    };
    std::vector<VisitAssessment> visits = assess_visits(course, recist11_rules, options, others);
    mark_rounding_sensitive(visits, course, recist11_rules, options, others);
    ResponseAssessment assessment = summarised(std::move(visits), course, options);
    for (const ContestedRow& row : contested_rows) {
        ResponseOptions chosen = options;
        row.choose_other(chosen);
        if (chosen == options) continue;
        if (auto other = read_otherwise(row, assessment, assessed(chosen)))
            assessment.other_readings.push_back(std::move(*other));
    }
    return assessment;
}

}  // namespace downstage::criteria
