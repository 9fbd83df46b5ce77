#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

namespace downstage::pipeline {

/// The folder of a run's results: everything is written into a hidden folder first and appears, whole, with
/// `commit()`. Without it nothing is left behind, not even the folders made on the way.
class OutputFolder {
public:
    /// Throws `Error{usage}` when nothing can be written there, before any work is done.
    explicit OutputFolder(const std::filesystem::path& folder);
    OutputFolder(const OutputFolder&) = delete;
    OutputFolder& operator=(const OutputFolder&) = delete;
    OutputFolder(OutputFolder&&) = delete;
    OutputFolder& operator=(OutputFolder&&) = delete;
    ~OutputFolder();

    /// Where to write a file that somebody else's code writes.
    [[nodiscard]] std::filesystem::path place_of(std::string_view name) const { return staging_ / name; }
    /// Throws `Error{output}` when the disk does not take it.
    void write(std::string_view name, std::string_view bytes) const;
    /// Renames everything into its place.
    void commit();

private:
    void make_folders();

    std::filesystem::path folder_, staging_;
    std::vector<std::filesystem::path> made_;  ///< folders that did not exist before, outermost first
    bool committed_ = false;
};

}  // namespace downstage::pipeline
