#include "run_verify.hpp"

#include "downstage/core/error.hpp"

#include "exit_status.hpp"
#include "run_verify_facts.hpp"

#include <cmath>
#include <locale>
#include <sstream>
#include <variant>

namespace downstage::app {

namespace {

using documents::FactValue;
using documents::WorkedExample;

std::string words(bool value)
{
    return value ? "true" : "false";
}
std::string words(double value)
{
    std::ostringstream out;
    out.imbue(std::locale::classic());
    out.precision(9);
    out << value;
    return out.str();
}
std::string words(const std::string& value)
{
    return value;
}
std::string words(std::monostate /*nothing*/)
{
    return "null";
}

std::string words(const FactValue& value)
{
    return std::visit([](const auto& held) { return words(held); }, value);
}

bool agree(const FactValue& expected, const FactValue& got)
{
    constexpr double tolerance = 0.00005 + 1e-9;  // half of the fourth decimal, and what binary adds to it
    const auto* wanted = std::get_if<double>(&expected);
    const auto* found = std::get_if<double>(&got);
    if (wanted != nullptr && found != nullptr) return std::abs(*wanted - *found) <= tolerance;
    return expected == got;
}

struct Count {
    std::size_t held{}, failed{}, unreadable{};
};

void check(const WorkedExample& example, std::ostream& out, Count& count)
{
    const std::vector<Mismatch> found = mismatches(example);
    ++(found.empty() ? count.held : count.failed);
    for (const Mismatch& mismatch : found)
        out << "FAIL " << example.file << ' ' << example.id << ' ' << mismatch.fact << ": expected "
            << mismatch.expected << ", got " << mismatch.got << '\n';
}

/// What one file or one example cannot give does not keep the others from being run.
void check_file(const std::filesystem::path& file,
                Count& count,
                std::ostream& results,
                std::ostream& messages)
{
    documents::VectorFile read;
    try {
        read = documents::read_vectors(file);
    } catch (const Error& error) {
        read.unreadable.emplace_back(error.what());
    }
    for (const WorkedExample& example : read.examples)
        check(example, results, count);
    for (const std::string& why : read.unreadable)
        messages << "downstage: " << why << '\n';
    count.unreadable += read.unreadable.size();
}

}  // namespace

std::vector<Mismatch> mismatches(const WorkedExample& example)
{
    documents::Facts got;
    try {
        got = facts_of(example);
    } catch (const Error& error) {
        return {{.fact = "expect", .expected = "an answer", .got = error.what()}};
    }
    std::vector<Mismatch> found;
    for (const auto& [fact, expected] : example.expected) {
        const auto answer = got.find(fact);
        if (answer == got.end())
            found.push_back({.fact = fact, .expected = words(expected), .got = "no such value"});
        else if (!agree(expected, answer->second))
            found.push_back({.fact = fact, .expected = words(expected), .got = words(answer->second)});
    }
    return found;
}

int run_verify(const VerifyCommand& command, std::ostream& results, std::ostream& messages)
{
    Count count;
    const std::vector<std::filesystem::path> files = documents::vector_files(command.folder);
    for (const std::filesystem::path& file : files)
        check_file(file, count, results, messages);
    results << count.held + count.failed << " examples in " << files.size() << " files: " << count.held
            << " hold, " << count.failed << " fail";
    if (count.unreadable > 0) results << "; " << count.unreadable << " could not be read";
    results << '\n';
    if (count.unreadable > 0) return exit_usage;
    return count.failed == 0 ? exit_done : exit_own_error;
}

}  // namespace downstage::app
