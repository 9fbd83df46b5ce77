#include "downstage/core/error.hpp"

#include "run_phantom.hpp"

#include <CLI/CLI.hpp>

#include <csignal>
#include <exception>
#include <iostream>

namespace {

constexpr int exit_own_error = 1;
constexpr int exit_usage = 2;

/// A scene, and a place to write to, are both words of the command line.
int exit_status(downstage::Errc code)
{
    return code == downstage::Errc::internal ? exit_own_error : exit_usage;
}

int run(int count, const char* const* words)
{
    CLI::App app{"Renders a scene into a synthetic DICOM study, and writes its truth beside it.",
                 "downstage-phantom"};
    downstage::phantom_app::PhantomOptions options;
    app.add_option("SCENE.json", options.scene, "the scene; see docs/phantoms.md")->required();
    app.add_option("-o,--output", options.out, "the folder for the study; must not be there, or be empty")
        ->required();
    app.add_option("--threads", options.workers, "threads to use; 0 means one a processor")
        ->check(CLI::Range(0, 1024))
        ->capture_default_str();
    app.footer("Exit status: 0 done; 2 the command line, the scene or the folder is wrong; 1 other.");
    try {
        app.parse(count, words);
    } catch (const CLI::Success& wish) {  // --help
        return app.exit(wish);
    } catch (const CLI::ParseError& failure) {
        std::cerr << "downstage-phantom: " << failure.what() << "; see downstage-phantom --help\n";
        return exit_usage;
    }
    downstage::phantom_app::run_phantom(options);
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
