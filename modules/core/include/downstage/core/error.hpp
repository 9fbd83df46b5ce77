#pragma once

#include <stdexcept>
#include <string>

namespace downstage {

/// Who has to act. The program's exit status follows from it (contract: 2, 3, 1, 1).
enum class Errc {
    usage,     ///< the command line or a configuration is wrong
    input,     ///< the input cannot be used
    output,    ///< the result cannot be written
    internal,  ///< an error of the program's own
};

/// The one exception: a sentence that names the file, the fact and the way out, and nothing of the patient.
class Error : public std::runtime_error {
public:
    Error(Errc code, const std::string& what) : std::runtime_error{what}, code_{code} {}
    [[nodiscard]] Errc code() const noexcept { return code_; }
    /// The same failure, one step further out: "reading series 1.2.3: slice 41 repeats slice 40".
    [[nodiscard]] Error within(const std::string& doing) const { return {code_, doing + ": " + what()}; }

private:
    Errc code_;
};

}  // namespace downstage
