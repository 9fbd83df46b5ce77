#include "jpeg2000.hpp"

#include "downstage/core/error.hpp"

#include <openjpeg.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>

namespace downstage::dicom {

namespace {

[[noreturn]] void fail(const std::string& sentence)
{
    throw Error{Errc::input, sentence};
}

// OpenJPEG's codecs and streams are both typedefs of void*, so each has a deleter of its own.
struct DestroyCodec {
    void operator()(opj_codec_t* codec) const { opj_destroy_codec(codec); }
};
struct DestroyStream {
    void operator()(opj_stream_t* stream) const { opj_stream_destroy(stream); }
};
struct DestroyImage {
    void operator()(opj_image_t* image) const { opj_image_destroy(image); }
};
using Codec = std::unique_ptr<opj_codec_t, DestroyCodec>;
using Stream = std::unique_ptr<opj_stream_t, DestroyStream>;
using Image = std::unique_ptr<opj_image_t, DestroyImage>;

/// A codestream in memory, read the way OpenJPEG reads files.
struct Source {
    std::span<const std::uint8_t> bytes;
    std::size_t at{};
};

OPJ_SIZE_T read_some(void* into, OPJ_SIZE_T wanted, void* user)
{
    auto& source = *static_cast<Source*>(user);
    const std::size_t count = std::min<std::size_t>(wanted, source.bytes.size() - source.at);
    if (count == 0) return static_cast<OPJ_SIZE_T>(-1);  // OpenJPEG's sign for the end
    std::copy_n(source.bytes.begin() + static_cast<std::ptrdiff_t>(source.at),
                count,
                static_cast<std::uint8_t*>(into));
    source.at += count;
    return count;
}

OPJ_OFF_T skip_some(OPJ_OFF_T wanted, void* user)
{
    auto& source = *static_cast<Source*>(user);
    if (wanted < 0) return -1;
    const std::size_t count = std::min(static_cast<std::size_t>(wanted), source.bytes.size() - source.at);
    source.at += count;
    return static_cast<OPJ_OFF_T>(count);
}

OPJ_BOOL seek_to(OPJ_OFF_T place, void* user)
{
    auto& source = *static_cast<Source*>(user);
    if (place < 0 || static_cast<std::size_t>(place) > source.bytes.size()) return OPJ_FALSE;
    source.at = static_cast<std::size_t>(place);
    return OPJ_TRUE;
}

Stream stream_over(Source& source)
{
    Stream stream{opj_stream_default_create(OPJ_TRUE)};
    opj_stream_set_user_data(stream.get(), &source, nullptr);
    opj_stream_set_user_data_length(stream.get(), source.bytes.size());
    opj_stream_set_read_function(stream.get(), read_some);
    opj_stream_set_skip_function(stream.get(), skip_some);
    opj_stream_set_seek_function(stream.get(), seek_to);
    return stream;
}

/// Keeps the first thing OpenJPEG complains about.
void keep_complaint(const char* message, void* user)
{
    auto& complaint = *static_cast<std::string*>(user);
    if (!complaint.empty()) return;
    complaint = message;
    complaint.erase(complaint.find_last_not_of("\r\n ") + 1);
}

OPJ_CODEC_FORMAT kind_of(std::span<const std::uint8_t> bytes)
{
    constexpr std::array<std::uint8_t, 4> start_of_codestream{0xFF, 0x4F, 0xFF, 0x51};  // SOC, SIZ
    const bool is_raw = bytes.size() >= start_of_codestream.size() &&
                        std::ranges::equal(bytes.first(start_of_codestream.size()), start_of_codestream);
    return is_raw ? OPJ_CODEC_J2K : OPJ_CODEC_JP2;
}

Codec decoder_for(std::span<const std::uint8_t> bytes, std::string& complaint)
{
    Codec codec{opj_create_decompress(kind_of(bytes))};
    opj_set_error_handler(codec.get(), keep_complaint, &complaint);
    opj_dparameters_t parameters;
    opj_set_default_decoder_parameters(&parameters);
    if (opj_setup_decoder(codec.get(), &parameters) == OPJ_FALSE) fail("OpenJPEG could not be set up");
    return codec;
}

/// Compared before any pixel is decoded, so that a false size inside cannot make us allocate.
void check_size(const opj_image_t& image, const PixelFormat& format)
{
    const std::uint32_t columns = image.x1 - image.x0;
    const std::uint32_t rows = image.y1 - image.y0;
    if (columns != static_cast<std::uint32_t>(format.columns) ||
        rows != static_cast<std::uint32_t>(format.rows))
        fail("its JPEG 2000 image is " + std::to_string(columns) + " x " + std::to_string(rows) +
             ", but its header says " + std::to_string(format.columns) + " x " + std::to_string(format.rows));
    if (image.numcomps != 1) fail("its JPEG 2000 image has " + std::to_string(image.numcomps) + " colours");
}

void store(const opj_image_comp_t& component, const PixelFormat& format, std::span<std::uint8_t> words)
{
    const std::span samples{component.data, pixel_count(format)};
    const auto shift = static_cast<std::uint32_t>(format.high_bit + 1 - format.bits_stored);
    const std::size_t bytes_each = format.bits_allocated == 8 ? 1 : 2;
    for (std::size_t n = 0; n < samples.size(); ++n) {
        const std::uint32_t word = static_cast<std::uint32_t>(samples[n]) << shift;
        words[n * bytes_each] = static_cast<std::uint8_t>(word & 0xFFU);
        if (bytes_each == 2) words[n * 2 + 1] = static_cast<std::uint8_t>((word >> 8U) & 0xFFU);
    }
}

}  // namespace

void decode_jpeg2000(std::span<const std::uint8_t> codestream,
                     const PixelFormat& format,
                     std::span<std::uint8_t> words)
{
    Source source{.bytes = codestream};
    std::string complaint;
    const Stream stream = stream_over(source);
    const Codec codec = decoder_for(codestream, complaint);
    const auto need = [&](OPJ_BOOL done) {
        if (done == OPJ_FALSE)
            fail("its JPEG 2000 pixels cannot be decoded" + (complaint.empty() ? "" : ": " + complaint));
    };

    opj_image_t* header = nullptr;
    const OPJ_BOOL has_header = opj_read_header(stream.get(), codec.get(), &header);
    const Image image{header};
    need(has_header);
    check_size(*image, format);
    need(opj_decode(codec.get(), stream.get(), image.get()));
    need(opj_end_decompress(codec.get(), stream.get()));
    const opj_image_comp_t& component = *image->comps;
    if (component.data == nullptr || component.w != static_cast<std::uint32_t>(format.columns) ||
        component.h != static_cast<std::uint32_t>(format.rows))
        fail("its JPEG 2000 image is subsampled, which DICOM does not allow");
    store(component, format, words);
}

}  // namespace downstage::dicom
