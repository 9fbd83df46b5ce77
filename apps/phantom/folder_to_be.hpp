#pragma once

#include <filesystem>

namespace downstage::phantom_app {

/// A folder that is filled beside its place and moved there at last; without that it leaves nothing behind.
class FolderToBe {
public:
    /// Throws `Error{output}` when `place` is there and not empty, or cannot be made.
    explicit FolderToBe(const std::filesystem::path& place);
    FolderToBe(const FolderToBe&) = delete;
    FolderToBe(FolderToBe&&) = delete;
    FolderToBe& operator=(const FolderToBe&) = delete;
    FolderToBe& operator=(FolderToBe&&) = delete;
    ~FolderToBe();

    [[nodiscard]] const std::filesystem::path& beside() const { return beside_; }
    void move_to_place() const;

private:
    std::filesystem::path place_, beside_;
};

/// Makes a folder and those above it. Throws `Error{output}`.
void make_folder(const std::filesystem::path& folder);

}  // namespace downstage::phantom_app
