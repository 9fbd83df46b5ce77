#include "run_evaluate.hpp"

#include "downstage/core/error.hpp"

#include "plots.hpp"
#include "tables.hpp"

#include <fstream>
#include <system_error>

namespace downstage::evaluate_app {

namespace {

namespace fs = std::filesystem;

/// Written beside its place and renamed: a file is either whole or not there.
void write(const fs::path& file, const std::string& text)
{
    const fs::path beside = file.string() + ".part";
    std::ofstream out{beside, std::ios::binary};
    out << text;
    out.close();
    std::error_code failed;
    if (out) fs::rename(beside, file, failed);
    if (!out || failed)
        throw Error{Errc::output, file.string() + " cannot be written; name another folder with -o"};
}

}  // namespace

void run_evaluate(const EvaluateOptions& options)
{
    std::vector<CaseFigures> cases;
    for (const Case& one : read_suite(options.suite, options.results))
        cases.push_back(compare(one, options.workers));
    const std::vector<Summary> summaries = summarise(cases);
    std::error_code failed;
    fs::create_directories(options.out, failed);
    write(options.out / "accuracy.md", tables(summaries, cases));
    write(options.out / "lesions.csv", lesions_csv(cases));
    write(options.out / "sensitivity.svg", sensitivity_plot(summaries));
    write(options.out / "agreement.svg", agreement_plot(summaries));
    write(options.out / "calibration.svg", calibration_plot(summaries));
}

}  // namespace downstage::evaluate_app
