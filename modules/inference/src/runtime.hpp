#pragma once

#include "plane.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

/// The one place that knows OpenCV's dnn: a graph that takes planes and gives a plane.
namespace downstage::inference {

/// The graph and the two names it is asked by.
struct Graph {
    std::filesystem::path file;  ///< for sentences about it
    std::string onnx;            ///< its bytes
    std::string input, output;
};

/// A graph ready to run. `run` may be called from several threads at once: each is lent a copy of its own,
/// which works on one thread, so that the numbers are the same for any number of them. All throw
/// `Error{usage}` naming the file when the graph is not one, has an operator OpenCV lacks, or does not fit
/// what it is given.
class Runtime {
public:
    explicit Runtime(Graph graph);
    ~Runtime();
    Runtime(Runtime&&) noexcept;
    Runtime& operator=(Runtime&&) noexcept;
    Runtime(const Runtime&) = delete;
    Runtime& operator=(const Runtime&) = delete;

    /// What the graph says of the channels of one slice, all of one size, which is also the answer's.
    [[nodiscard]] Plane run(const std::vector<Plane>& channels) const;

private:
    struct Copies;
    std::unique_ptr<Copies> copies_;
};

/// While one lives, OpenCV computes on the thread that asks and prints nothing. Not more than one at a time.
class QuietAndSingle {
public:
    QuietAndSingle();
    ~QuietAndSingle();
    QuietAndSingle(const QuietAndSingle&) = delete;
    QuietAndSingle& operator=(const QuietAndSingle&) = delete;
    QuietAndSingle(QuietAndSingle&&) = delete;
    QuietAndSingle& operator=(QuietAndSingle&&) = delete;

private:
    int threads_, log_level_;
};

}  // namespace downstage::inference
