#include "decode_file.hpp"

#include "downstage/core/error.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <system_error>
#include <unistd.h>

namespace downstage::dicom {

PixelFile::PixelFile(const std::filesystem::path& file)
    : descriptor_{::open(file.c_str(), O_RDONLY | O_CLOEXEC)}  // NOLINT(*-vararg): POSIX's own signature
{
    if (descriptor_ < 0)
        throw Error{Errc::input, "it cannot be opened: " + std::generic_category().message(errno)};
    const off_t end = ::lseek(descriptor_, 0, SEEK_END);
    size_ = end < 0 ? 0 : static_cast<std::uintmax_t>(end);
}

PixelFile::~PixelFile()
{
    ::close(descriptor_);
}

void PixelFile::read(std::uintmax_t offset, std::span<std::uint8_t> bytes) const
{
    while (!bytes.empty()) {
        const ssize_t got = ::pread(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw Error{Errc::input, "it cannot be read: " + std::generic_category().message(errno)};
        if (got == 0)
            throw Error{Errc::input,
                        "it is cut short: " + std::to_string(bytes.size()) +
                            " bytes more are needed at byte " + std::to_string(offset)};
        bytes = bytes.subspan(static_cast<std::size_t>(got));
        offset += static_cast<std::uintmax_t>(got);
    }
}

std::uint32_t PixelFile::u32_little(std::uintmax_t offset) const
{
    std::array<std::uint8_t, 4> bytes{};
    read(offset, bytes);
    return std::uint32_t{bytes[0]} | std::uint32_t{bytes[1]} << 8U | std::uint32_t{bytes[2]} << 16U |
           std::uint32_t{bytes[3]} << 24U;
}

}  // namespace downstage::dicom
