#include "downstage/core/error.hpp"

#include "run_painted.hpp"
#include "run_phantom.hpp"
#include "run_suite.hpp"

#include <CLI/CLI.hpp>

#include <csignal>
#include <exception>
#include <filesystem>
#include <iostream>

namespace {

constexpr int exit_own_error = 1;
constexpr int exit_usage = 2;

/// A scene, and a place to write to, are both words of the command line.
int exit_status(downstage::Errc code)
{
    return code == downstage::Errc::internal ? exit_own_error : exit_usage;
}

/// What the command line asks for: one of the three is filled.
struct Command {
    std::filesystem::path scene, suite, bases, livers, shapes, out;
    unsigned workers{};
};

void add_options(CLI::App& app, Command& command)
{
    CLI::Option* const scene = app.add_option("SCENE.json", command.scene, "a scene; see docs/phantoms.md");
    CLI::Option* const suite =
        app.add_option("--suite", command.suite, "a suite of studies, instead of a scene");
    suite->excludes(scene);
    app.add_option(
           "--paint", command.bases, "paint the suite's tumours into the real studies below this folder")
        ->needs(suite);
    app.add_option("--livers", command.livers, "NAME.nii.gz, the liver of each real study that brings none");
    app.add_option("--shapes", command.shapes, "outlines of real tumours, made by unpack_shapes.py");
    app.add_option("-o,--output", command.out, "the folder to write; must not be there, or be empty")
        ->required();
    app.add_option("--threads", command.workers, "threads to use; 0 means one a processor")
        ->check(CLI::Range(0, 1024))
        ->capture_default_str();
    app.footer("Exit status: 0 done; 2 the command line, a file or the folder is wrong; 1 other.");
}

void carry_out(const Command& command)
{
    namespace app = downstage::phantom_app;
    if (!command.bases.empty())
        app::run_painted({.suite = command.suite,
                          .bases = command.bases,
                          .livers = command.livers,
                          .shapes = command.shapes,
                          .out = command.out});
    else if (!command.suite.empty())
        app::run_suite({.suite = command.suite,
                        .shapes = command.shapes,
                        .out = command.out,
                        .workers = command.workers});
    else
        app::run_phantom({.scene = command.scene,
                          .shapes = command.shapes,
                          .out = command.out,
                          .workers = command.workers});
}

int run(int count, const char* const* words)
{
    CLI::App app{"Renders a scene into a synthetic DICOM study, and writes its truth beside it.",
                 "downstage-phantom"};
    Command command;
    add_options(app, command);
    try {
        app.parse(count, words);
        if (command.scene.empty() && command.suite.empty()) throw CLI::RequiredError{"SCENE.json or --suite"};
    } catch (const CLI::Success& wish) {  // --help
        return app.exit(wish);
    } catch (const CLI::ParseError& failure) {
        std::cerr << "downstage-phantom: " << failure.what() << "; see downstage-phantom --help\n";
        return exit_usage;
    }
    carry_out(command);
    return 0;
}

}  // namespace

int main(int count, char** words)
{
    // A file beyond the size limit is then an error that can be told, not a killed process.
    static_cast<void>(std::signal(SIGXFSZ, SIG_IGN));
    try {
        return run(count, words);
    } catch (const downstage::Error& failure) {
        std::cerr << "downstage-phantom: " << failure.what() << '\n';
        return exit_status(failure.code());
    } catch (const std::exception& failure) {
        std::cerr << "downstage-phantom: an error of the program's own: " << failure.what() << '\n';
        return exit_own_error;
    }
}
