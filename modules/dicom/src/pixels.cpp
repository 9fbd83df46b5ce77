#include "pixels.hpp"

#include "downstage/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace downstage::dicom {

namespace {

constexpr std::int16_t air_hu = -1024;
// No tissue is below air (-1000 HU), and the noise of a body CT stays within some 100 HU of it; vendors pad
// with stored values that come out as -1500 to -32768 HU (GE -3024, Siemens -8192, Philips -2000 and others).
constexpr double least_believable_hu = -1500.0;

[[noreturn]] void fail(const std::string& sentence)
{
    throw Error{Errc::input, sentence};
}

std::int32_t size_of(DcmItem& dataset, const DcmTagKey& tag)
{
    const std::int32_t value = required_integer(dataset, tag);
    if (value < 1 || value > std::numeric_limits<std::uint16_t>::max())
        fail(name_of(tag) + " is " + std::to_string(value) + ", which is no image size");
    return value;
}

void check_grey(DcmItem& dataset)
{
    const std::string photometric =
        text(dataset, DCM_PhotometricInterpretation).value_or("MONOCHROME2");  // type 1; absent in old files
    if (integer(dataset, DCM_SamplesPerPixel).value_or(1) == 1 && photometric.starts_with("MONOCHROME"))
        return;
    fail("its pixels are colours (" + photometric +
         "), which have no density to measure; give the original "
         "grey images");
}

void check_bits(const PixelFormat& format)
{
    if (format.bits_allocated != 8 && format.bits_allocated != 16)
        fail("it has " + std::to_string(format.bits_allocated) +
             " bits a pixel (BitsAllocated); only 8 and 16 are read here");
    if (format.bits_stored < 1 || format.high_bit < format.bits_stored - 1 ||
        format.high_bit >= format.bits_allocated)
        fail("BitsStored " + std::to_string(format.bits_stored) + " and HighBit " +
             std::to_string(format.high_bit) + " do not fit into BitsAllocated " +
             std::to_string(format.bits_allocated));
}

/// The stored value in the low `bits` bits of `word`.
std::int32_t stored_value(std::uint32_t word, const PixelFormat& format)
{
    const std::uint32_t span = 1U << static_cast<std::uint32_t>(format.bits_stored);
    const std::uint32_t low =
        (word >> static_cast<std::uint32_t>(format.high_bit + 1 - format.bits_stored)) & (span - 1U);
    const bool is_negative = format.is_signed && (low & (span >> 1U)) != 0;
    return static_cast<std::int32_t>(low) - (is_negative ? static_cast<std::int32_t>(span) : 0);
}

/// Padding is US or SS by PixelRepresentation, but writers mix the two up: 63536 then stands for -2000.
std::int32_t as_represented(std::int32_t value, const PixelFormat& format)
{
    constexpr std::int32_t words = 65536;
    if (format.is_signed && value >= words / 2) return value - words;
    if (!format.is_signed && value < 0) return value + words;
    return value;
}

std::optional<ValueMeaning::Range> padding_of(DcmItem& dataset, const PixelFormat& format)
{
    const std::optional<std::int32_t> value = integer(dataset, DCM_PixelPaddingValue);
    if (!value) return std::nullopt;
    const std::int32_t limit = integer(dataset, DCM_PixelPaddingRangeLimit).value_or(*value);
    const std::int32_t one = as_represented(*value, format);
    const std::int32_t other = as_represented(limit, format);
    return ValueMeaning::Range{std::min(one, other), std::max(one, other)};
}

/// PS3.3 C.7.6.3.1.2: MONOCHROME1 says that small values are shown white. It is a wish for the display:
/// values that a rescale turns into HU keep their meaning. Where no rescale gives them one, the shown
/// brightness is all the meaning there is, and the values are turned round.
bool is_inverted(DcmItem& dataset, bool has_rescale)
{
    return !has_rescale && text(dataset, DCM_PhotometricInterpretation) == "MONOCHROME1";
}

std::int32_t turned_round(std::int32_t value, const PixelFormat& format)
{
    if (format.is_signed) return -1 - value;
    return static_cast<std::int32_t>((1U << static_cast<std::uint32_t>(format.bits_stored)) - 1U) - value;
}

std::int16_t meaning_of(std::int32_t stored, const PixelFormat& format, const ValueMeaning& meaning)
{
    constexpr double lowest = std::numeric_limits<std::int16_t>::min();
    constexpr double highest = std::numeric_limits<std::int16_t>::max();
    const bool is_padding =
        meaning.padding && stored >= meaning.padding->low && stored <= meaning.padding->high;
    if (is_padding && meaning.is_hu) return air_hu;
    const std::int32_t value = meaning.is_inverted ? turned_round(stored, format) : stored;
    const double rescaled = is_padding ? 0.0 : value * meaning.slope + meaning.intercept;
    if (meaning.is_hu && rescaled <= least_believable_hu) return air_hu;
    return static_cast<std::int16_t>(std::lround(std::clamp(rescaled, lowest, highest)));
}

}  // namespace

PixelFormat pixel_format(DcmItem& dataset)
{
    check_grey(dataset);
    PixelFormat format{.rows = size_of(dataset, DCM_Rows),
                       .columns = size_of(dataset, DCM_Columns),
                       .frames = frame_count(dataset),
                       .bits_allocated = required_integer(dataset, DCM_BitsAllocated)};
    format.bits_stored = integer(dataset, DCM_BitsStored).value_or(format.bits_allocated);
    format.high_bit = integer(dataset, DCM_HighBit).value_or(format.bits_stored - 1);
    format.is_signed = integer(dataset, DCM_PixelRepresentation).value_or(0) == 1;
    check_bits(format);
    return format;
}

std::size_t pixel_count(const PixelFormat& format)
{
    return static_cast<std::size_t>(format.rows) * static_cast<std::size_t>(format.columns);
}

std::size_t frame_bytes(const PixelFormat& format)
{
    return pixel_count(format) * static_cast<std::size_t>(format.bits_allocated / 8);
}

ValueMeaning value_meaning(DcmItem& dataset, std::int32_t frame, const PixelFormat& format)
{
    DcmItem& group = group_of(dataset, frame, DCM_PixelValueTransformationSequence);
    const std::optional<double> slope = number(group, DCM_RescaleSlope);
    const std::optional<double> intercept = number(group, DCM_RescaleIntercept);
    const bool has_rescale = slope || intercept;
    if (!has_rescale && has(dataset, DCM_ModalityLUTSequence))
        fail(
            "its densities are given by a Modality LUT (0028,3000), which is not read here; give images with "
            "RescaleSlope and RescaleIntercept");
    if (slope == 0.0) fail("RescaleSlope (0028,1053) is 0, which leaves no image");
    return {.slope = slope.value_or(1.0),
            .intercept = intercept.value_or(0.0),
            .is_hu = text(dataset, DCM_Modality) == "CT",
            .is_inverted = is_inverted(dataset, has_rescale),
            .padding = padding_of(dataset, format)};
}

ValueTable::ValueTable(const PixelFormat& format, const ValueMeaning& meaning)
    : format_{format}, meaning_{meaning}, values_(1ULL << static_cast<unsigned>(format.bits_allocated))
{
    for (std::uint32_t word = 0; word < values_.size(); ++word)
        values_[word] = meaning_of(stored_value(word, format), format, meaning);
}

bool ValueTable::is_for(const PixelFormat& format, const ValueMeaning& meaning) const
{
    return format == format_ && meaning == meaning_;
}

void ValueTable::translate(std::span<const std::uint8_t> frame, std::span<std::int16_t> voxels) const
{
    if (format_.bits_allocated == 8) {
        std::ranges::transform(
            frame.first(voxels.size()), voxels.begin(), [this](std::uint8_t byte) { return values_[byte]; });
        return;
    }
    for (std::size_t n = 0; n < voxels.size(); ++n)
        voxels[n] = values_[static_cast<std::uint32_t>(frame[2 * n]) |
                            static_cast<std::uint32_t>(frame[2 * n + 1]) << 8U];
}

}  // namespace downstage::dicom
