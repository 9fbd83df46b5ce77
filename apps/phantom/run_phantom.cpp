#include "run_phantom.hpp"

#include "downstage/core/error.hpp"

#include "study_files.hpp"
#include "truth_file.hpp"

#include <system_error>

namespace downstage::phantom_app {

namespace {

namespace fs = std::filesystem;

/// A folder that is filled beside its place and moved there at last; without that it leaves nothing behind.
class FolderToBe {
public:
    explicit FolderToBe(const fs::path& place)
        : place_{fs::absolute(place).lexically_normal() / ""}, beside_{place_.parent_path()}
    {
        place_ = beside_;
        beside_ += ".part";
        std::error_code failed;
        if (fs::exists(place_, failed) && !fs::is_empty(place_, failed))
            throw Error{Errc::output,
                        place.string() + " is there already and is not empty; name another folder"};
        fs::remove_all(beside_, failed);
        fs::create_directories(beside_, failed);
        if (!fs::is_directory(beside_, failed)) throw Error{Errc::output, "cannot make " + place.string()};
    }
    FolderToBe(const FolderToBe&) = delete;
    FolderToBe(FolderToBe&&) = delete;
    FolderToBe& operator=(const FolderToBe&) = delete;
    FolderToBe& operator=(FolderToBe&&) = delete;
    ~FolderToBe()
    {
        std::error_code ignored;  // a destructor has nobody to tell
        fs::remove_all(beside_, ignored);
    }

    [[nodiscard]] const fs::path& beside() const { return beside_; }
    void move_to_place() const
    {
        std::error_code failed;
        fs::rename(beside_, place_, failed);  // over an empty folder, too (POSIX)
        if (failed) throw Error{Errc::output, "cannot write " + place_.string() + ": " + failed.message()};
    }

private:
    fs::path place_, beside_;
};

}  // namespace

void run_phantom(const PhantomOptions& options)
{
    const SceneFile file = read_scene(options.scene);
    const FolderToBe folder{options.out};
    write_study(file, folder.beside(), options.workers);
    write_truth(file.scene, folder.beside() / "truth.json");
    folder.move_to_place();
}

}  // namespace downstage::phantom_app
