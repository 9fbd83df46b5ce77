#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

namespace downstage::dicom {

/// An open file that is read at places of our choice, without a buffer between.
class PixelFile {
public:
    /// Throws `Error{input}` (without the file's name) when it cannot be opened.
    explicit PixelFile(const std::filesystem::path& file);
    PixelFile(const PixelFile&) = delete;
    PixelFile(PixelFile&&) = delete;
    PixelFile& operator=(const PixelFile&) = delete;
    PixelFile& operator=(PixelFile&&) = delete;
    ~PixelFile();

    [[nodiscard]] std::uintmax_t size() const { return size_; }
    /// Fills `bytes` from `offset`. Throws `Error{input}` where the file ends before.
    void read(std::uintmax_t offset, std::span<std::uint8_t> bytes) const;
    [[nodiscard]] std::uint32_t u32_little(std::uintmax_t offset) const;

private:
    int descriptor_{-1};
    std::uintmax_t size_{};
};

}  // namespace downstage::dicom
