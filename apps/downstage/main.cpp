#include "command_line.hpp"
#include "exit_status.hpp"

#include <csignal>
#include <exception>
#include <iostream>
#include <unistd.h>

int main(int count, char** words)
{
    namespace app = downstage::app;
    // A file beyond the size limit is then an error that can be told, not a killed process that leaves a half
    // result.
    static_cast<void>(std::signal(SIGXFSZ, SIG_IGN));
    try {
        const app::CommandLine line = app::read_command_line(count, words);
        if (line.measure)
            return app::run_measure(*line.measure, {std::cout, std::cerr, ::isatty(STDERR_FILENO) == 1});
        if (line.assess) return app::run_assess(*line.assess, {std::cout, std::cerr});
        if (line.verify) return app::run_verify(*line.verify, std::cout, std::cerr);
        (line.status == app::exit_done ? std::cout : std::cerr) << line.text;
        return line.status;
    } catch (const downstage::Error& failure) {
        std::cerr << "downstage: " << failure.what() << '\n';
        return app::exit_status(failure.code());
    } catch (const std::bad_alloc&) {
        std::cerr << "downstage: there is not enough memory for this study; close other programs or use a "
                     "larger machine\n";
    } catch (const std::exception& failure) {
        std::cerr << "downstage: an error of the program's own: " << failure.what() << "; please report it\n";
    }
    return app::exit_own_error;
}
