#pragma once

#include "downstage/core/series.hpp"

#include "downstage_test/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Image files written byte by byte (DICOM PS3.5 section 7.1.2), so that what a reader makes of them is not
/// judged by the library it reads with.
namespace downstage::test {

/// An uncompressed image, explicit little endian; one word a pixel, whatever BitsAllocated.
struct PixelFile {
    std::int32_t columns = 4, rows = 1, frames = 1;
    std::int32_t bits_allocated = 16, bits_stored = 16;
    std::optional<std::int32_t> high_bit;  ///< one less than bits_stored unless given
    bool is_signed = false;
    std::string photometric = "MONOCHROME2";
    std::string modality = "CT";
    std::string slope = "1", intercept = "0";  ///< left out where empty
    std::optional<std::uint16_t> padding, padding_limit;
    bool has_modality_lut = false;
    std::string transfer_syntax = "1.2.840.10008.1.2.1";
    std::vector<std::uint16_t> words;
};

namespace detail {

/// Appends elements of a DICOM dataset to a text of bytes.
class Elements {
public:
    void add(std::uint32_t tag, std::string_view vr, std::string value)
    {
        if (value.size() % 2 != 0) value += vr == "UI" ? '\0' : ' ';
        put16(tag >> 16U);
        put16(tag & 0xFFFFU);
        bytes_ += vr;
        if (vr == "OB" || vr == "OW" || vr == "SQ") {
            put16(0);
            put16(static_cast<std::uint32_t>(value.size()) & 0xFFFFU);
            put16(static_cast<std::uint32_t>(value.size()) >> 16U);
        } else {
            put16(static_cast<std::uint32_t>(value.size()));
        }
        bytes_ += value;
    }
    void add16(std::uint32_t tag, std::int32_t value)
    {
        add(tag, "US", two(static_cast<std::uint32_t>(value)));
    }
    [[nodiscard]] const std::string& bytes() const { return bytes_; }
    [[nodiscard]] static std::string two(std::uint32_t value)
    {
        return {static_cast<char>(value & 0xFFU), static_cast<char>((value >> 8U) & 0xFFU)};
    }

private:
    void put16(std::uint32_t value) { bytes_ += two(value); }
    std::string bytes_;
};

inline std::string pixels_of(const PixelFile& file)
{
    std::string bytes;
    for (const std::uint16_t word : file.words)
        bytes += file.bits_allocated == 8 ? std::string(1, static_cast<char>(word)) : Elements::two(word);
    return bytes;
}

}  // namespace detail

/// The bytes of the file.
inline std::string bytes_of(const PixelFile& file)
{
    detail::Elements meta;
    meta.add(0x00020010, "UI", file.transfer_syntax);
    detail::Elements data;
    data.add(0x00080060, "CS", file.modality);
    data.add16(0x00280002, 1);
    data.add(0x00280004, "CS", file.photometric);
    data.add(0x00280008, "IS", std::to_string(file.frames));
    data.add16(0x00280010, file.rows);
    data.add16(0x00280011, file.columns);
    data.add16(0x00280100, file.bits_allocated);
    data.add16(0x00280101, file.bits_stored);
    data.add16(0x00280102, file.high_bit.value_or(file.bits_stored - 1));
    data.add16(0x00280103, file.is_signed ? 1 : 0);
    if (file.padding)
        data.add(0x00280120, file.is_signed ? "SS" : "US", detail::Elements::two(*file.padding));
    if (file.padding_limit)
        data.add(0x00280121, file.is_signed ? "SS" : "US", detail::Elements::two(*file.padding_limit));
    if (!file.intercept.empty()) data.add(0x00281052, "DS", file.intercept);
    if (!file.slope.empty()) data.add(0x00281053, "DS", file.slope);
    // One empty item is enough for a sequence to be there.
    if (file.has_modality_lut) data.add(0x00283000, "SQ", std::string{"\xFE\xFF\x00\xE0\0\0\0\0", 8});
    data.add(0x7FE00010, file.bits_allocated == 8 ? "OB" : "OW", detail::pixels_of(file));
    return std::string(128, '\0') + "DICM" + meta.bytes() + data.bytes();
}

inline std::filesystem::path write_file(const std::filesystem::path& place, const std::string& bytes)
{
    std::ofstream{place, std::ios::binary} << bytes;
    return place;
}

/// A stack of pixels 1 mm apart whose slices are the frames of `file`; a single frame is taken twice, because
/// one slice is no volume.
inline Stack stack_over(const std::filesystem::path& file, const Size& frames)
{
    Stack stack{.series_uid = {"1.2.3"},
                .modality = "CT",
                .row_direction = {1, 0, 0},
                .column_direction = {0, 1, 0},
                .columns = frames.i,
                .rows = frames.j,
                .column_spacing_mm = 1.0,
                .row_spacing_mm = 1.0};
    for (std::int32_t k = 0; k < std::max(2, frames.k); ++k)
        stack.slices.push_back({.file = file,
                                .sop_uid = {"1.2.3." + std::to_string(k)},
                                .frame = frames.k == 1 ? 0 : k,
                                .position = {0, 0, static_cast<double>(k)},
                                .instance_number = k + 1});
    return stack;
}

}  // namespace downstage::test
