#include "one_study.hpp"

#include "downstage/core/error.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace downstage::pipeline {

namespace {

bool holds(const Study& study, const SeriesUid& series)
{
    return std::ranges::any_of(study.stacks, [&](const Stack& stack) { return stack.series_uid == series; });
}

void refuse_broken(const dicom::Scan& scan)
{
    const dicom::BrokenFile& first = scan.broken.front();
    const std::size_t more = scan.broken.size() - 1;
    throw Error{Errc::input,
                "'" + first.file.string() + "' is DICOM but cannot be read: " + first.why +
                    (more > 0 ? " (and " + std::to_string(more) + " more such files)" : "") +
                    ". It may be a slice of the study: fetch it again, remove it, or measure without it with "
                    "--allow-broken"};
}

void refuse_several_patients(const dicom::Scan& scan)
{
    std::set<std::string> patients;
    for (const Study& study : scan.studies)
        patients.insert(study.patient_id);
    if (patients.size() > 1)
        throw Error{Errc::input,
                    "the input holds studies of " + std::to_string(patients.size()) +
                        " different patients; give the studies of one patient"};
}

}  // namespace

const Study& the_one_study(const dicom::Scan& scan, const MeasureOptions& options)
{
    if (!scan.broken.empty() && !options.allow_broken) refuse_broken(scan);
    refuse_several_patients(scan);
    if (scan.studies.size() == 1) return scan.studies.front();
    if (scan.studies.empty())
        throw Error{Errc::input,
                    "'" + options.study.string() + "' holds no DICOM image; give a study with an axial CT"};
    if (options.series) {
        const auto found = std::ranges::find_if(
            scan.studies, [&](const Study& study) { return holds(study, *options.series); });
        if (found != scan.studies.end()) return *found;
    }
    std::string uids;
    for (const Study& study : scan.studies)
        uids += " " + study.uid.text;
    throw Error{
        Errc::input,
        "the input holds " + std::to_string(scan.studies.size()) +
            " studies of the patient; give one study, or name a series of it with --series. Studies:" + uids};
}

std::vector<Notice> scan_warnings(const dicom::Scan& scan)
{
    std::vector<Notice> warnings = scan.notices;
    for (const dicom::BrokenFile& broken : scan.broken)
        warnings.push_back(
            {Severity::warning,
             "'" + broken.file.filename().string() + "' was left out: it cannot be read: " + broken.why});
    return warnings;
}

}  // namespace downstage::pipeline
