#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <span>
#include <vector>

namespace downstage::dicom {

/// The bytes of a file, or of a buffer, of which only those are read that somebody asks for: a header pass
/// reads a few kilobytes of each file. Never holds more than the file has.
class HeaderBytes {
public:
    /// Throws `Error{input}` when the file cannot be opened or is not a file.
    explicit HeaderBytes(const std::filesystem::path& file);
    explicit HeaderBytes(std::vector<std::uint8_t> all);

    [[nodiscard]] std::uintmax_t size() const { return size_; }
    /// `count` bytes from `offset`, which must lie inside. Valid until the next call.
    [[nodiscard]] std::span<const std::uint8_t> at(std::uintmax_t offset, std::size_t count);
    /// The bytes [0, end), which must lie inside. Valid until the next call.
    [[nodiscard]] std::span<const std::uint8_t> until(std::uintmax_t end);

private:
    void read_until(std::uintmax_t end);
    void read_into(std::uintmax_t offset, std::span<std::uint8_t> place);

    std::ifstream stream_;
    std::uintmax_t size_{};
    std::vector<std::uint8_t> start_;  ///< the bytes [0, start_.size())
    std::vector<std::uint8_t> aside_;  ///< a few bytes far behind them
};

}  // namespace downstage::dicom
