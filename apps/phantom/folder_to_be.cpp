#include "folder_to_be.hpp"

#include "downstage/core/error.hpp"

#include <system_error>

namespace downstage::phantom_app {

namespace fs = std::filesystem;

FolderToBe::FolderToBe(const fs::path& place)
    : place_{fs::absolute(place).lexically_normal() / ""}, beside_{place_.parent_path()}
{
    place_ = beside_;
    beside_ += ".part";
    std::error_code failed;
    if (fs::exists(place_, failed) && !fs::is_empty(place_, failed))
        throw Error{Errc::output, place.string() + " is there already and is not empty; name another folder"};
    fs::remove_all(beside_, failed);
    fs::create_directories(beside_, failed);
    if (!fs::is_directory(beside_, failed)) throw Error{Errc::output, "cannot make " + place.string()};
}

FolderToBe::~FolderToBe()
{
    std::error_code ignored;  // a destructor has nobody to tell
    fs::remove_all(beside_, ignored);
}

void FolderToBe::move_to_place() const
{
    std::error_code failed;
    fs::rename(beside_, place_, failed);  // over an empty folder, too (POSIX)
    if (failed) throw Error{Errc::output, "cannot write " + place_.string() + ": " + failed.message()};
}

void make_folder(const fs::path& folder)
{
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (failed) throw Error{Errc::output, "cannot make " + folder.string() + ": " + failed.message()};
}

}  // namespace downstage::phantom_app
