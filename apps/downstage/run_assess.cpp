#include "run_assess.hpp"

#include "downstage/core/parallel.hpp"
#include "downstage/criteria/case_assessment.hpp"
#include "downstage/documents/assessment.hpp"
#include "downstage/documents/case.hpp"
#include "downstage/documents/protocol.hpp"

#include "exit_status.hpp"

#include <fstream>
#include <system_error>
#include <vector>

namespace downstage::app {

namespace {

/// Whole or not at all: under another name first.
void write_whole(const std::filesystem::path& folder, const std::string& name, const std::string& bytes)
{
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    const std::filesystem::path place = folder / name;
    const std::filesystem::path part = folder / (name + ".part");
    {
        std::ofstream file{part, std::ios::binary};
        file << bytes;
        file.flush();
        if (!file) {
            std::filesystem::remove(part, failed);
            throw Error{Errc::output,
                        place.string() + " cannot be written; is there such a folder, and room on the disk?"};
        }
    }
    std::filesystem::rename(part, place, failed);
    if (failed)
        throw Error{Errc::output, place.string() + " cannot be put in its place: " + failed.message()};
}

std::vector<CaseAssessment>
assess_all(const std::vector<Case>& cases, const ConversionProtocol& protocol, unsigned workers)
{
    std::vector<CaseAssessment> assessed(cases.size());
    for_each_index(
        cases.size(), workers, [&](std::size_t n) { assessed[n] = criteria::assess(cases[n], protocol); });
    return assessed;
}

std::string_view word(ConversionStatus status)
{
    switch (status) {
    case ConversionStatus::eligible: return "eligible";
    case ConversionStatus::not_eligible: return "not eligible";
    case ConversionStatus::indeterminate: break;
    }
    return "indeterminate";
}

void print_summary(const std::vector<CaseAssessment>& assessed,
                   const std::filesystem::path& out,
                   std::ostream& to)
{
    std::size_t eligible = 0;
    std::size_t visits = 0;
    for (const CaseAssessment& one : assessed) {
        visits += one.visits.size();
        if (one.visits.back().conversion.status == ConversionStatus::eligible) ++eligible;
    }
    to << assessed.size() << (assessed.size() == 1 ? " patient, " : " patients, ") << visits
       << (visits == 1 ? " visit" : " visits") << '\n';
    if (assessed.size() == 1)
        to << "conversion at the last visit: " << word(assessed.front().visits.back().conversion.status)
           << '\n';
    else
        to << "eligible for conversion at the last visit: " << eligible << '\n';
    to << "result: " << (out / "assessment.json").string() << '\n';
}

}  // namespace

int run_assess(const AssessCommand& command, const Streams& streams)
{
    const ConversionProtocol protocol =
        command.protocol ? documents::read_protocol(*command.protocol) : ConversionProtocol{};
    const std::vector<Case> cases = documents::read_cases(command.file);
    const std::vector<CaseAssessment> assessed = assess_all(cases, protocol, command.workers);
    const std::string document = documents::assessment_json(
        assessed, {.software = command.software, .protocol = protocol, .with_paths = command.explain});
    write_whole(command.out, "assessment.json", document);
    if (command.explain) streams.results << documents::explanation(assessed);
    if (command.json) streams.results << document;
    if (!command.quiet) print_summary(assessed, command.out, streams.messages);
    return exit_done;
}

}  // namespace downstage::app
