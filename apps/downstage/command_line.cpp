#include "command_line.hpp"

#include "exit_status.hpp"

#include <CLI/CLI.hpp>

#include <charconv>
#include <filesystem>
#include <sstream>
#include <string_view>
#include <system_error>
#include <vector>

namespace downstage::app {

namespace {

constexpr const char* version = "downstage " DOWNSTAGE_VERSION;

double number(std::string_view text, const std::string& option)
{
    double value = 0.0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc{} || end != text.data() + text.size())
        throw CLI::ValidationError{option,
                                   "'" + std::string{text} + "' is no number; a place is x,y,z in LPS mm"};
    return value;
}

std::vector<double> numbers(const std::string& text, const std::string& option)
{
    std::vector<double> values;
    std::istringstream parts{text};
    for (std::string part; std::getline(parts, part, ',');)
        values.push_back(number(part, option));
    return values;
}

segmentation::Line line_of(const std::string& text, const std::string& option)
{
    const std::vector<double> values = numbers(text, option);
    if (values.size() != 6)
        throw CLI::ValidationError{option, "'" + text + "' is no line; give x1,y1,z1,x2,y2,z2 in LPS mm"};
    segmentation::Line line{.from = {values[0], values[1], values[2]},
                            .to = {values[3], values[4], values[5]}};
    if (distance_mm(line.from, line.to) < 1.0)
        throw CLI::ValidationError{option, "'" + text + "' is shorter than 1 mm; give --seed for a place"};
    return line;
}

PointLps place(const std::string& text, const std::string& option)
{
    const std::vector<double> values = numbers(text, option);
    if (values.size() != 3)
        throw CLI::ValidationError{option, "'" + text + "' is no place; give x,y,z in LPS mm"};
    return {values[0], values[1], values[2]};
}

/// The texts of options that have a type of their own after parsing.
struct RawOptions {
    std::vector<std::string> seeds, lines;
    std::string segmentation, series, clinical, model;
};

void declare_measure(CLI::App& command, MeasureCommand& measure, RawOptions& raw)
{
    pipeline::MeasureOptions& options = measure.options;
    command
        .add_option("STUDY",
                    options.study,
                    "one study: a folder (searched recursively), a DICOMDIR, or a .zip of either")
        ->required();
    command.add_option("-o,--output", options.out, "the folder for the results; made if it is not there")
        ->required();
    command.add_option("--segmentation",
                       raw.segmentation,
                       "a mask somebody made, NIfTI or NRRD: liver 1 and lesions 2, or one label each");
    command.add_option("--seed", raw.seeds, "x,y,z in LPS mm: one lesion there; repeatable")
        ->expected(1)
        ->take_all()
        ->delimiter('\0');
    command
        .add_option("--line",
                    raw.lines,
                    "x1,y1,z1,x2,y2,z2 in LPS mm: the lesion that somebody measured there; repeatable")
        ->expected(1)
        ->take_all()
        ->delimiter('\0');
    command.add_option(
        "--model",
        raw.model,
        "a folder with a network, or with one of each task; none: work without (docs/networks.md)");
    command.add_option("--min-diameter", options.least_diameter_mm, "smaller findings are not listed, in mm")
        ->check(CLI::Range(0.0, 1000.0))
        ->capture_default_str();
    command.add_option("--series", raw.series, "measure this SeriesInstanceUID");
    command.add_option("--clinical",
                       raw.clinical,
                       "clinical facts, JSON or CSV: macrovascular_invasion, extrahepatic_disease");
    command.add_flag("--allow-gaps", options.allow_gaps, "measure although slices are missing in the liver");
    command.add_flag("--allow-broken", options.allow_broken, "measure although DICOM files cannot be read");
    command.add_option("--threads", options.workers, "threads to use; 0 means one a processor")
        ->check(CLI::Range(0, 1024))
        ->capture_default_str();
    command.add_flag("--stamp", measure.stamp, "write time and duration of the run into the provenance");
    command.add_flag("--json", measure.json, "print measurements.json to standard output");
    command.add_flag("--quiet", measure.quiet, "no progress");
}

/// `none`, somebody's folder, or what came with the program and lies where cmake/models.cmake puts it.
pipeline::ModelChoice models_of(const std::string& word)
{
    using Use = pipeline::ModelChoice::Use;
    if (word == "none") return {.use = Use::none, .folder = {}, .shipped_in = {}};
    if (!word.empty()) return {.use = Use::given, .folder = word, .shipped_in = {}};
    std::error_code ignored;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", ignored);
    return {.use = Use::shipped,
            .folder = {},
            .shipped_in = {program.parent_path().parent_path() / "share" / "downstage" / "models"}};
}

void declare_assess(CLI::App& command, AssessCommand& assess)
{
    command
        .add_option("CASE",
                    assess.file,
                    "measurements and clinical values, JSON or CSV: one patient or thousands of rows "
                    "(docs/assess.md)")
        ->required();
    command.add_option("-o,--output", assess.out, "the folder for assessment.json; made if it is not there")
        ->required();
    command.add_option("--protocol",
                       assess.protocol,
                       "what conversion asks for, JSON (docs/protocols); without it the project's default");
    command.add_option("--threads", assess.workers, "threads to use; 0 means one a processor")
        ->check(CLI::Range(0, 1024))
        ->capture_default_str();
    command.add_flag("--explain", assess.explain, "print the path of every answer to standard output");
    command.add_flag("--json", assess.json, "print assessment.json to standard output");
    command.add_flag("--quiet", assess.quiet, "no summary");
    assess.software = version;
}

void take_over(MeasureCommand& measure, const RawOptions& raw)
{
    pipeline::MeasureOptions& options = measure.options;
    if (!raw.segmentation.empty()) options.segmentation = raw.segmentation;
    options.models = models_of(raw.model);
    if (!raw.series.empty()) options.series = SeriesUid{raw.series};
    if (!raw.clinical.empty()) options.clinical = raw.clinical;
    for (const std::string& seed : raw.seeds)
        options.seeds.push_back(place(seed, "--seed"));
    for (const std::string& line : raw.lines)
        options.lines.push_back(line_of(line, "--line"));
    options.software = version;
}

}  // namespace

CommandLine read_command_line(int count, const char* const* words)
{
    CLI::App app{"Measures liver tumours in DICOM studies. Research software, not a medical device.",
                 "downstage"};
    app.set_version_flag("--version", version);
    app.require_subcommand(1);
    app.footer("Exit status: 0 done; 2 the command line is wrong; 3 the input cannot be used; 4 done in "
               "part; 1 other.");
    MeasureCommand measure;
    RawOptions raw;
    CLI::App* command = app.add_subcommand("measure", "measure one study");
    declare_measure(*command, measure, raw);
    AssessCommand assess;
    CLI::App* assess_command =
        app.add_subcommand("assess", "apply the rules to measurements that are there already");
    declare_assess(*assess_command, assess);
    VerifyCommand verify;
    CLI::App* verify_command = app.add_subcommand("verify", "run worked examples of the rules");
    verify_command->add_option("DIR", verify.folder, "a folder of .json files of examples")->required();

    CommandLine line;
    try {
        app.parse(count, words);
        if (command->parsed()) {
            take_over(measure, raw);
            line.measure = measure;
        }
        if (assess_command->parsed()) line.assess = assess;
        if (verify_command->parsed()) line.verify = verify;
    } catch (const CLI::ParseError& stop) {
        std::ostringstream to_stdout;
        std::ostringstream to_stderr;
        const bool is_wish = app.exit(stop, to_stdout, to_stderr) == 0;  // --help and --version
        line.text =
            is_wish ? to_stdout.str() : "downstage: " + std::string{stop.what()} + "; see downstage --help\n";
        line.status = is_wish ? exit_done : exit_usage;
    }
    return line;
}

}  // namespace downstage::app
