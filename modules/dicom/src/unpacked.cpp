#include "downstage/dicom/unpacked.hpp"

#include "downstage/core/error.hpp"

#include "archive.hpp"

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>
#include <utility>

namespace downstage::dicom {

namespace {

/// A new folder that only its owner may enter: patients' images are to lie in it.
std::filesystem::path new_temporary_folder()
{
    std::string name = (std::filesystem::temp_directory_path() / "downstage-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)  // makes it with mode 0700
        throw Error{Errc::output,
                    "no temporary folder can be made in '" + std::filesystem::temp_directory_path().string() +
                        "' (" + std::generic_category().message(errno) + "); make room or set TMPDIR"};
    return name;
}

void remove_quietly(const std::filesystem::path& folder) noexcept
{
    std::error_code nobody_to_tell;
    if (!folder.empty()) std::filesystem::remove_all(folder, nobody_to_tell);
}

}  // namespace

UnpackedFolder::UnpackedFolder(std::filesystem::path folder) : folder_{std::move(folder)} {}

UnpackedFolder::UnpackedFolder(UnpackedFolder&& other) noexcept
    : folder_{std::exchange(other.folder_, std::filesystem::path{})}
{
}

UnpackedFolder& UnpackedFolder::operator=(UnpackedFolder&& other) noexcept
{
    if (this == &other) return *this;
    remove_quietly(folder_);
    folder_ = std::exchange(other.folder_, std::filesystem::path{});
    return *this;
}

UnpackedFolder::~UnpackedFolder()
{
    remove_quietly(folder_);
}

UnpackedFolder unpack(const std::filesystem::path& zip, const UnpackLimits& limits)
{
    try {
        UnpackedFolder folder{new_temporary_folder()};
        unpack_into(folder.path(), zip, limits);
        return folder;
    } catch (const Error& failure) {
        throw failure.within("'" + zip.string() + "'");
    }
}

}  // namespace downstage::dicom
