#include "downstage/core/error.hpp"

#include "run_evaluate.hpp"

#include <CLI/CLI.hpp>

#include <exception>
#include <iostream>

namespace {

constexpr int exit_own_error = 1;
constexpr int exit_usage = 2;
constexpr int exit_input = 3;

int exit_status(downstage::Errc code)
{
    if (code == downstage::Errc::usage) return exit_usage;
    return code == downstage::Errc::input ? exit_input : exit_own_error;
}

int run(int count, const char* const* words)
{
    CLI::App app{"Compares results of `downstage measure` with the truth of a suite.", "downstage-evaluate"};
    downstage::evaluate_app::EvaluateOptions options;
    app.add_option("SUITE", options.suite, "a folder made by downstage-phantom --suite")->required();
    app.add_option("RESULTS", options.results, "one folder a case, each an output of downstage measure")
        ->required();
    app.add_option("-o,--output", options.out, "the folder for tables and plots")->required();
    app.add_option("--threads", options.workers, "threads to use; 0 means one a processor")
        ->check(CLI::Range(0, 1024))
        ->capture_default_str();
    app.footer(
        "Exit status: 0 done; 2 the command line is wrong; 3 suite or results cannot be read; 1 other.");
    try {
        app.parse(count, words);
    } catch (const CLI::Success& wish) {  // --help
        return app.exit(wish);
    } catch (const CLI::ParseError& failure) {
        std::cerr << "downstage-evaluate: " << failure.what() << "; see downstage-evaluate --help\n";
        return exit_usage;
    }
    downstage::evaluate_app::run_evaluate(options);
    return 0;
}

}  // namespace

int main(int count, char** words)
{
    try {
        return run(count, words);
    } catch (const downstage::Error& failure) {
        std::cerr << "downstage-evaluate: " << failure.what() << '\n';
        return exit_status(failure.code());
    } catch (const std::exception& failure) {
        std::cerr << "downstage-evaluate: an error of the program's own: " << failure.what() << '\n';
        return exit_own_error;
    }
}
