#include "downstage/core/error.hpp"

#include "decode.hpp"
#include "decode_file.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// Uncompressed frames: read from the file at their place, without any copy between.
namespace downstage::dicom {

namespace {

/// Where the value of the pixel element is (PS3.5 section 7.1).
struct PixelValue {
    std::uintmax_t begin{};
    std::uint32_t length{};
    bool is_words{};  ///< OW: in big endian files, pairs of bytes are swapped whatever BitsAllocated says
};

PixelValue pixel_value(std::span<const std::uint8_t> start, const HeaderLayout& layout)
{
    const bool is_implicit = layout.encoding == Encoding::implicit_little;
    const std::size_t at = is_implicit ? 4 : 8;
    const auto byte = [&](std::size_t n) { return std::uint32_t{start[at + n]}; };
    const std::uint32_t length = layout.encoding == Encoding::explicit_big
                                     ? byte(0) << 24U | byte(1) << 16U | byte(2) << 8U | byte(3)
                                     : byte(3) << 24U | byte(2) << 16U | byte(1) << 8U | byte(0);
    return {.begin = layout.pixels_begin + at + 4,
            .length = length,
            .is_words = is_implicit || start[5] == std::uint8_t{'W'}};
}

void check_length(const PixelValue& value, const PixelFormat& format)
{
    constexpr std::uint32_t undefined_length = 0xFFFFFFFF;
    if (value.length == undefined_length)
        throw Error{Errc::input, "its header says uncompressed, but its pixels are in compressed fragments"};
    const std::uintmax_t needed =
        static_cast<std::uintmax_t>(frame_bytes(format)) * static_cast<std::uintmax_t>(format.frames);
    if (value.length < needed)
        throw Error{Errc::input,
                    "its pixel data are cut short: " + std::to_string(value.length) +
                        " bytes are there, and " + std::to_string(needed) + " are needed"};
}

/// Bytes of a file as they are, or of one that had to be inflated first.
class Bytes {
public:
    explicit Bytes(const EncodedImage& image)
    {
        constexpr const char* deflated = "1.2.840.10008.1.2.1.99";
        if (image.layout.transfer_syntax != deflated) {
            file_.emplace(image.file);
            return;
        }
        std::optional<CheckedBytes> checked = check_lengths(image.file);
        if (!checked) throw Error{Errc::input, "it is no DICOM file any more"};
        inflated_ = std::move(checked->bytes);
    }
    void read(std::uintmax_t offset, std::span<std::uint8_t> bytes)
    {
        if (file_) {
            file_->read(offset, bytes);
            return;
        }
        if (offset + bytes.size() > inflated_.size())
            throw Error{Errc::input, "its pixel data end too early"};
        std::ranges::copy(inflated_.at(offset, bytes.size()), bytes.begin());
    }

private:
    std::optional<PixelFile> file_;
    HeaderBytes inflated_{std::vector<std::uint8_t>{}};
};

class NativeFrames final : public FrameDecoder {
public:
    explicit NativeFrames(const EncodedImage& image) : bytes_{image}
    {
        const bool is_implicit = image.layout.encoding == Encoding::implicit_little;
        std::array<std::uint8_t, 12> start{};
        bytes_.read(image.layout.pixels_begin, std::span{start}.first(is_implicit ? 8 : 12));
        const PixelValue value = pixel_value(start, image.layout);
        check_length(value, image.format);
        begin_ = value.begin;
        swaps_ = image.layout.encoding == Encoding::explicit_big &&
                 (value.is_words || image.format.bits_allocated == 16);
    }

    void decode(std::int32_t frame, std::span<std::uint8_t> bytes) override
    {
        bytes_.read(begin_ + static_cast<std::uintmax_t>(frame) * bytes.size(), bytes);
        if (!swaps_) return;
        for (std::size_t n = 0; n + 1 < bytes.size(); n += 2)
            std::swap(bytes[n], bytes[n + 1]);
    }

private:
    Bytes bytes_;
    std::uintmax_t begin_{};
    bool swaps_{};
};

}  // namespace

std::unique_ptr<FrameDecoder> open_native(const EncodedImage& image)
{
    return std::make_unique<NativeFrames>(image);
}

}  // namespace downstage::dicom
