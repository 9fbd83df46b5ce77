#pragma once

#include "header.hpp"
#include "pixels.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace downstage::dicom {

/// The frames of one file, decoded one at a time, so that no more than one is ever in memory.
class FrameDecoder {
public:
    FrameDecoder() = default;
    FrameDecoder(const FrameDecoder&) = delete;
    FrameDecoder(FrameDecoder&&) = delete;
    FrameDecoder& operator=(const FrameDecoder&) = delete;
    FrameDecoder& operator=(FrameDecoder&&) = delete;
    virtual ~FrameDecoder() = default;
    /// Fills `bytes` (`frame_bytes` many) with the words of a frame, little endian, as an uncompressed file
    /// holds them. Cheap in rising order of frames. Throws `Error{input}` without the file's name.
    virtual void decode(std::int32_t frame, std::span<std::uint8_t> bytes) = 0;
};

/// An image file whose frames are to be decoded. Everything in it outlives the decoder.
struct EncodedImage {
    const std::filesystem::path& file;
    const HeaderLayout& layout;
    const PixelFormat& format;
};

/// The decoder for the transfer syntax of `image`. Throws `Error{input}`, naming the syntax, where there is
/// none.
[[nodiscard]] std::unique_ptr<FrameDecoder> open_frames(const EncodedImage& image);

/// "JPEG Baseline (1.2.840.10008.1.2.4.50)".
[[nodiscard]] std::string syntax_name(const std::string& uid);

// One for each way of getting at frames.
[[nodiscard]] std::unique_ptr<FrameDecoder> open_native(const EncodedImage& image);
[[nodiscard]] std::unique_ptr<FrameDecoder> open_with_dcmtk(const EncodedImage& image);
[[nodiscard]] std::unique_ptr<FrameDecoder> open_jpeg2000(const EncodedImage& image);

}  // namespace downstage::dicom
