#include "downstage/criteria/recist10.hpp"

#include "downstage/criteria/recist11.hpp"
#include "downstage/criteria/response_summary.hpp"

#include <utility>

namespace downstage::criteria {

ResponseAssessment recist10(const Course& course, const ResponseOptions& options)
{
    const std::vector<OtherDisease> others = other_disease_recist11(course.visits);
    std::vector<VisitAssessment> visits = assess_visits(course, recist10_rules, options, others);
    mark_rounding_sensitive(visits, course, recist10_rules, options, others);
    return summarised(std::move(visits), course, options);
}

}  // namespace downstage::criteria
