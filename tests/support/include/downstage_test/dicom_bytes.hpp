#pragma once

#include "downstage_test/temporary_folder.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

/// Writes small DICOM files, whole or broken, byte by byte (PS3.5 section 7), so that what is tested is read
/// by something other than what wrote it.
namespace downstage::test {

enum class Syntax { explicit_little, implicit_little, explicit_big };

/// Elements one behind the other; the caller keeps them in the order of their tags.
class DicomBytes {
public:
    explicit DicomBytes(Syntax syntax = Syntax::explicit_little) : syntax_{syntax} {}

    DicomBytes& text(std::uint32_t tag, std::string_view vr, std::string value)
    {
        if (value.size() % 2 != 0) value += vr == "UI" ? '\0' : ' ';
        return element(tag, vr, value);
    }
    DicomBytes& number(std::uint32_t tag, std::uint16_t value) { return element(tag, "US", u16(value)); }
    DicomBytes& element(std::uint32_t tag, std::string_view vr, const std::string& value)
    {
        return claim(tag, vr, static_cast<std::uint32_t>(value.size())).raw(value);
    }
    /// A sequence of undefined length with items of undefined length.
    DicomBytes& sequence(std::uint32_t tag, const std::vector<DicomBytes>& items)
    {
        claim(tag, "SQ", 0xFFFFFFFF);
        for (const DicomBytes& item : items)
            raw(tag_bytes(0xFFFEE000) + u32(0xFFFFFFFF) + item.bytes_ + tag_bytes(0xFFFEE00D) + u32(0));
        return raw(tag_bytes(0xFFFEE0DD) + u32(0));
    }
    /// An element header alone, with whatever length.
    DicomBytes& claim(std::uint32_t tag, std::string_view vr, std::uint32_t length)
    {
        raw(tag_bytes(tag));
        if (syntax_ == Syntax::implicit_little) return raw(u32(length));
        const bool is_long = vr == "OB" || vr == "OW" || vr == "SQ" || vr == "UN" || vr == "UT";
        raw(std::string{vr});
        return raw(is_long ? u16(0) + u32(length) : u16(length & 0xFFFFU));
    }
    DicomBytes& raw(const std::string& bytes)
    {
        bytes_ += bytes;
        return *this;
    }

    [[nodiscard]] const std::string& bytes() const { return bytes_; }

private:
    [[nodiscard]] std::string u16(std::uint32_t value) const
    {
        const auto low = static_cast<char>(value & 0xFFU);
        const auto high = static_cast<char>((value >> 8U) & 0xFFU);
        return syntax_ == Syntax::explicit_big ? std::string{high, low} : std::string{low, high};
    }
    [[nodiscard]] std::string u32(std::uint32_t value) const
    {
        const std::string low = u16(value & 0xFFFFU);
        const std::string high = u16(value >> 16U);
        return syntax_ == Syntax::explicit_big ? high + low : low + high;
    }
    [[nodiscard]] std::string tag_bytes(std::uint32_t tag) const
    {
        return u16(tag >> 16U) + u16(tag & 0xFFFFU);
    }

    Syntax syntax_;
    std::string bytes_;
};

/// A file: preamble, meta header with its transfer syntax, dataset.
inline std::string dicom_file(const DicomBytes& dataset,
                              const std::string& transfer_syntax = "1.2.840.10008.1.2.1")
{
    DicomBytes meta;
    meta.text(0x00020010, "UI", transfer_syntax);
    return std::string(128, '\0') + "DICM" + meta.bytes() + dataset.bytes();
}

/// What a test wants to say of an image; the rest is an axial CT slice of 4 x 3 pixels.
struct ImageFile {
    std::string study = "1.2.3", series = "1.2.3.4", sop = "1.2.3.4.5", patient = "anybody";
    std::string sop_class = "1.2.840.10008.5.1.4.1.1.2", modality = "CT", study_date = "20240301";
    std::string image_type = "ORIGINAL\\PRIMARY\\AXIAL", photometric = "MONOCHROME2";
    std::string position = "0\\0\\0", orientation = "1\\0\\0\\0\\1\\0", spacing = "0.9\\0.7";
    std::string acquisition_number, acquisition_time, content_time, temporal_position, kernel, thickness;
    std::string instance = "1", series_number = "2", description = "portal";
    std::uint16_t rows = 3, columns = 4;
};

/// All elements before the pixels; those with an empty value are left out.
inline DicomBytes image_header(const ImageFile& image, Syntax syntax = Syntax::explicit_little)
{
    DicomBytes dataset{syntax};
    const auto add = [&](std::uint32_t tag, std::string_view vr, const std::string& value) {
        if (!value.empty()) dataset.text(tag, vr, value);
    };
    add(0x00080008, "CS", image.image_type);
    add(0x00080016, "UI", image.sop_class);
    add(0x00080018, "UI", image.sop);
    add(0x00080020, "DA", image.study_date);
    add(0x00080032, "TM", image.acquisition_time);
    add(0x00080033, "TM", image.content_time);
    add(0x00080060, "CS", image.modality);
    add(0x0008103E, "LO", image.description);
    add(0x00100020, "LO", image.patient);
    add(0x00180050, "DS", image.thickness);
    add(0x00181210, "SH", image.kernel);
    add(0x0020000D, "UI", image.study);
    add(0x0020000E, "UI", image.series);
    add(0x00200011, "IS", image.series_number);
    add(0x00200012, "IS", image.acquisition_number);
    add(0x00200013, "IS", image.instance);
    add(0x00200032, "DS", image.position);
    add(0x00200037, "DS", image.orientation);
    add(0x00200100, "IS", image.temporal_position);
    add(0x00280004, "CS", image.photometric);
    dataset.number(0x00280010, image.rows).number(0x00280011, image.columns);
    add(0x00280030, "DS", image.spacing);
    dataset.number(0x00280100, 16).number(0x00280101, 16).number(0x00280102, 15).number(0x00280103, 1);
    return dataset;
}

inline DicomBytes with_pixels(const ImageFile& image, Syntax syntax = Syntax::explicit_little)
{
    const std::size_t bytes = std::size_t{2} * image.rows * image.columns;
    return image_header(image, syntax).element(0x7FE00010, "OW", std::string(bytes, '\0'));
}

inline std::string image_file(const ImageFile& image)
{
    return dicom_file(with_pixels(image));
}

/// One stored block (RFC 1951 section 3.2.4).
inline std::string deflated(const std::string& bytes)
{
    const auto u16 = [](std::size_t value) {
        return std::string{static_cast<char>(value & 0xFFU), static_cast<char>((value >> 8U) & 0xFFU)};
    };
    return "\x01" + u16(bytes.size()) + u16(~bytes.size()) + bytes;
}

}  // namespace downstage::test
