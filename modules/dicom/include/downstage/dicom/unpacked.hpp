#pragma once

#include <cstdint>
#include <filesystem>

namespace downstage::dicom {

/// A temporary folder that is removed with the object. Movable, not copyable.
class UnpackedFolder {
public:
    explicit UnpackedFolder(std::filesystem::path folder);
    UnpackedFolder(UnpackedFolder&& other) noexcept;
    UnpackedFolder& operator=(UnpackedFolder&& other) noexcept;
    UnpackedFolder(const UnpackedFolder&) = delete;
    UnpackedFolder& operator=(const UnpackedFolder&) = delete;
    ~UnpackedFolder();
    [[nodiscard]] const std::filesystem::path& path() const { return folder_; }

private:
    std::filesystem::path folder_;
};

struct UnpackLimits {
    std::uintmax_t total_bytes = 64ULL << 30U;  ///< unpacked
    std::uintmax_t entries = 1'000'000;
    double ratio = 200.0;  ///< unpacked over packed bytes, once 64 MiB are unpacked
};

/// Unpacks a zip into a new temporary folder. Entries that leave the folder, links and devices are refused,
/// and so is an archive beyond the limits: `Error{input}`, and nothing is left behind.
[[nodiscard]] UnpackedFolder unpack(const std::filesystem::path& zip, const UnpackLimits& limits = {});

}  // namespace downstage::dicom
