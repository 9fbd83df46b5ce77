#include "decode.hpp"

#include "downstage/core/error.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace downstage::dicom {

namespace {

using Opener = std::unique_ptr<FrameDecoder> (*)(const EncodedImage&);

struct Syntax {
    std::string_view uid, name;
    Opener open;
};

/// DICOM PS3.6 table A-1: every transfer syntax that is decoded here, and those whose name a refusal should
/// give although DCMTK 3.6.7 does not know it.
constexpr std::array<Syntax, 24> syntaxes{{
    {"1.2.840.10008.1.2", "Implicit VR Little Endian", open_native},
    {"1.2.840.10008.1.2.1", "Explicit VR Little Endian", open_native},
    {"1.2.840.10008.1.2.1.99", "Deflated Explicit VR Little Endian", open_native},
    {"1.2.840.10008.1.2.2", "Explicit VR Big Endian", open_native},
    {"1.2.840.10008.1.2.5", "RLE Lossless", open_with_dcmtk},
    {"1.2.840.10008.1.2.4.50", "JPEG Baseline", open_with_dcmtk},
    {"1.2.840.10008.1.2.4.51", "JPEG Extended", open_with_dcmtk},
    {"1.2.840.10008.1.2.4.57", "JPEG Lossless, Process 14", open_with_dcmtk},
    {"1.2.840.10008.1.2.4.70", "JPEG Lossless, Process 14, Selection Value 1", open_with_dcmtk},
    {"1.2.840.10008.1.2.4.80", "JPEG-LS Lossless", open_with_dcmtk},
    {"1.2.840.10008.1.2.4.81", "JPEG-LS Near-Lossless", open_with_dcmtk},
    {"1.2.840.10008.1.2.4.90", "JPEG 2000 Lossless", open_jpeg2000},
    {"1.2.840.10008.1.2.4.91", "JPEG 2000", open_jpeg2000},
    {"1.2.840.10008.1.2.4.201", "High-Throughput JPEG 2000 Lossless", open_jpeg2000},
    {"1.2.840.10008.1.2.4.202", "High-Throughput JPEG 2000 RPCL Lossless", open_jpeg2000},
    {"1.2.840.10008.1.2.4.203", "High-Throughput JPEG 2000", open_jpeg2000},
    {"1.2.840.10008.1.2.4.94", "JPIP Referenced", nullptr},
    {"1.2.840.10008.1.2.4.95", "JPIP Referenced Deflate", nullptr},
    {"1.2.840.10008.1.2.4.110", "JPEG XL Lossless", nullptr},
    {"1.2.840.10008.1.2.4.111", "JPEG XL JPEG Recompression", nullptr},
    {"1.2.840.10008.1.2.4.112", "JPEG XL", nullptr},
    {"1.2.840.10008.1.2.8.1", "Deflated Image Frame Compression", nullptr},
    {"1.2.840.10008.1.2.4.204", "JPIP HTJ2K Referenced", nullptr},
    {"1.2.840.10008.1.2.4.205", "JPIP HTJ2K Referenced Deflate", nullptr},
}};

const Syntax* find_syntax(const std::string& uid)
{
    const auto* const found = std::ranges::find(syntaxes, std::string_view{uid}, &Syntax::uid);
    return found == syntaxes.end() ? nullptr : found;
}

}  // namespace

std::string syntax_name(const std::string& uid)
{
    if (const Syntax* known = find_syntax(uid)) return std::string{known->name} + " (" + uid + ")";
    const char* const name = dcmFindNameOfUID(uid.c_str());
    return (name == nullptr ? "an unknown transfer syntax" : std::string{name}) + " (" + uid + ")";
}

std::unique_ptr<FrameDecoder> open_frames(const EncodedImage& image)
{
    if (!image.layout.has_pixels) throw Error{Errc::input, "it has no pixel data"};
    const std::string& uid = image.layout.transfer_syntax;
    if (uid.empty()) return open_native(image);  // no meta header: PS3.10 files before 1993 are uncompressed
    const Syntax* known = find_syntax(uid);
    if (known == nullptr || known->open == nullptr)
        throw Error{Errc::input,
                    "it is compressed as " + syntax_name(uid) +
                        ", which is not decoded here; store it as JPEG-LS or uncompressed"};
    return known->open(image);
}

}  // namespace downstage::dicom
