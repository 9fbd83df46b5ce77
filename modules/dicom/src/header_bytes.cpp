#include "header_bytes.hpp"

#include "downstage/core/error.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace downstage::dicom {

namespace {

// The header of a CT slice is 2 to 12 kB long in the sets under /data; one read then serves most files.
constexpr std::uintmax_t piece = 16'384;
// Behind so many bytes that nobody asked for, only the bytes asked for are read.
constexpr std::uintmax_t far = 1'048'576;

}  // namespace

HeaderBytes::HeaderBytes(const std::filesystem::path& file) : stream_{file, std::ios::binary}
{
    std::error_code failure;
    size_ = std::filesystem::file_size(file, failure);
    if (failure) throw Error{Errc::input, "it cannot be read: " + failure.message()};
    if (!stream_) throw Error{Errc::input, "it cannot be opened for reading"};
}

HeaderBytes::HeaderBytes(std::vector<std::uint8_t> all) : size_{all.size()}, start_{std::move(all)} {}

std::span<const std::uint8_t> HeaderBytes::at(std::uintmax_t offset, std::size_t count)
{
    assert(offset <= size_ && count <= size_ - offset);
    if (offset > start_.size() + far) {
        aside_.resize(count);
        read_into(offset, aside_);
        return aside_;
    }
    return until(offset + count).subspan(static_cast<std::size_t>(offset));
}

std::span<const std::uint8_t> HeaderBytes::until(std::uintmax_t end)
{
    assert(end <= size_);
    if (end > start_.size()) read_until(end);
    return std::span{start_}.first(static_cast<std::size_t>(end));
}

void HeaderBytes::read_until(std::uintmax_t end)
{
    const std::size_t had = start_.size();
    start_.resize(static_cast<std::size_t>(std::min(size_, std::max(end, had + piece))));
    read_into(had, std::span{start_}.subspan(had));
}

void HeaderBytes::read_into(std::uintmax_t offset, std::span<std::uint8_t> place)
{
    std::vector<char> bytes(place.size());
    stream_.seekg(static_cast<std::streamoff>(offset));
    if (!stream_.read(bytes.data(), static_cast<std::streamsize>(bytes.size())))
        throw Error{Errc::input, "reading it failed at byte " + std::to_string(offset)};
    std::ranges::transform(bytes, place.begin(), [](char byte) { return static_cast<std::uint8_t>(byte); });
}

}  // namespace downstage::dicom
