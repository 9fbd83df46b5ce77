#include "output_folder.hpp"

#include "downstage/core/error.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <ranges>
#include <system_error>
#include <unistd.h>

namespace downstage::pipeline {

namespace fs = std::filesystem;

namespace {

Error cannot_write(const fs::path& folder, const std::string& why)
{
    return {Errc::usage,
            "results cannot be written to '" + folder.string() + "': " + why +
                "; name another folder with -o"};
}

Error disk_refused(const fs::path& file, const std::string& why)
{
    return {Errc::output,
            "writing '" + file.filename().string() + "' failed: " + why +
                "; make room or name another folder with -o"};
}

}  // namespace

OutputFolder::OutputFolder(const fs::path& folder) : folder_{fs::absolute(folder).lexically_normal()}
{
    if (!folder_.has_filename()) folder_ = folder_.parent_path();
    std::error_code failed;
    if (fs::exists(folder_, failed) && !fs::is_directory(folder_, failed))
        throw cannot_write(folder_, "a file of that name is in the way");
    try {
        make_folders();
    } catch (const fs::filesystem_error& failure) {
        for (const fs::path& made : made_ | std::views::reverse)
            fs::remove(made, failed);
        throw cannot_write(folder_, failure.code().message());
    }
}

void OutputFolder::make_folders()
{
    std::vector<fs::path> absent;
    for (fs::path at = folder_; !fs::exists(at); at = at.parent_path())
        absent.push_back(at);
    for (const fs::path& folder : absent | std::views::reverse) {
        fs::create_directory(folder);
        made_.push_back(folder);
    }
    // Inside the folder, so that renaming never crosses to another file system.
    staging_ = folder_ / (".partial-" + std::to_string(::getpid()));
    fs::create_directory(staging_);
}

OutputFolder::~OutputFolder()
{
    std::error_code ignored;  // a destructor has nobody to tell; what stays is hidden and named as partial
    fs::remove_all(staging_, ignored);
    if (committed_) return;
    for (const fs::path& folder : made_ | std::views::reverse)
        fs::remove(folder, ignored);
}

void OutputFolder::write(std::string_view name, std::string_view bytes) const
{
    const fs::path file = place_of(name);
    std::ofstream out{file, std::ios::binary};
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out) throw disk_refused(file, std::generic_category().message(errno));
}

void OutputFolder::commit()
{
    try {
        std::vector<fs::path> files;
        for (const fs::directory_entry& entry : fs::directory_iterator{staging_})
            files.push_back(entry.path());
        std::ranges::sort(files);
        for (const fs::path& file : files)
            fs::rename(file, folder_ / file.filename());
    } catch (const fs::filesystem_error& failure) {
        throw disk_refused(failure.path1(), failure.code().message());
    }
    committed_ = true;
}

}  // namespace downstage::pipeline
