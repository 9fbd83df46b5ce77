#include "run_measure.hpp"

#include "downstage/core/text.hpp"

#include "exit_status.hpp"
#include "progress_line.hpp"

#include <array>
#include <chrono>
#include <ctime>
#include <string>

namespace downstage::app {

namespace {

std::string utc_now()
{
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm parts{};
    static_cast<void>(::gmtime_r(&now, &parts));
    std::array<char, 32> text{};
    const std::size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return {text.data(), length};
}

pipeline::Stamp stamp_from_now()
{
    const auto begin = std::chrono::steady_clock::now();
    return {.started = utc_now(), .seconds_so_far = [begin] {
                return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
            }};
}

std::string_view word(VerdictStatus status)
{
    switch (status) {
    case VerdictStatus::met: return "met";
    case VerdictStatus::not_met: return "not met";
    case VerdictStatus::indeterminate: break;
    }
    return "indeterminate";
}

void print_summary(const StudyReport& report, const std::filesystem::path& out, std::ostream& to)
{
    to << report.lesions.size() << (report.lesions.size() == 1 ? " lesion" : " lesions");
    for (const ReportedFinding& lesion : report.lesions) {
        const Diameter& axis = lesion.measured.long_axis;
        to << (lesion.id == 1 ? ": " : ", ") << mm_text(axis.length_mm) << " (" << mm_text(axis.ci95_mm.low)
           << " to " << mm_text(axis.ci95_mm.high) << ")";
    }
    to << '\n';
    for (const Verdict& verdict : report.eligibility)
        if (verdict.headline) to << verdict.criterion << ": " << word(verdict.status) << '\n';
    for (const Notice& warning : report.warnings)
        if (warning.severity == Severity::warning) to << "warning: " << warning.text << '\n';
    to << "report: " << (out / "report.html").string() << '\n';
}

}  // namespace

int run_measure(const MeasureCommand& command, const Streams& streams)
{
    pipeline::MeasureOptions options = command.options;
    if (command.stamp) options.stamp = stamp_from_now();
    ProgressLine line{streams.messages};
    if (streams.messages_are_watched && !command.quiet)
        options.progress = [&line](std::string_view doing, double fraction) { line.show(doing, fraction); };
    const pipeline::StudyResult result = pipeline::measure_study(options);
    line.clear();
    if (command.json) streams.results << result.measurements_json;
    if (!command.quiet) print_summary(result.report, options.out, streams.messages);
    return result.complete ? exit_done : exit_in_part;
}

}  // namespace downstage::app
