#pragma once

#include "dataset.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace downstage::dicom {

/// How the pixels of an image are stored (DICOM PS3.5 section 8.1.1, PS3.3 C.7.6.3).
struct PixelFormat {
    std::int32_t rows{}, columns{}, frames{};
    std::int32_t bits_allocated{};  ///< 8 or 16
    std::int32_t bits_stored{}, high_bit{};
    bool is_signed{};
    friend bool operator==(const PixelFormat&, const PixelFormat&) = default;
};

/// Reads and checks a format. Throws `Error{input}` (without the file's name) for colour, for other than 8 or
/// 16 bits, and for numbers that contradict each other.
[[nodiscard]] PixelFormat pixel_format(DcmItem& dataset);

[[nodiscard]] std::size_t pixel_count(const PixelFormat& format);
[[nodiscard]] std::size_t frame_bytes(const PixelFormat& format);

/// What the stored values of one frame mean.
struct ValueMeaning {
    double slope{1.0}, intercept{0.0};  ///< Rescale Slope and Intercept, of the frame where it has its own
    bool is_hu{};                       ///< CT: what lies below any density is padding, hence air
    bool is_inverted{};                 ///< MONOCHROME1 without a rescale: small values are strong signal
    struct Range {
        std::int32_t low{}, high{};
        friend bool operator==(const Range&, const Range&) = default;
    };
    std::optional<Range> padding;  ///< stored values that are no image (PS3.3 C.7.5.1.1.2)
    friend bool operator==(const ValueMeaning&, const ValueMeaning&) = default;
};

/// Throws `Error{input}` where the values have a meaning only through a Modality LUT.
[[nodiscard]] ValueMeaning value_meaning(DcmItem& dataset, std::int32_t frame, const PixelFormat& format);

/// What each possible stored word becomes: the bits outside BitsStored cut off, the sign extended, padding
/// made air (-1024 for CT, the smallest value otherwise), rescaled, rounded and clamped to 16 bits. All rules
/// for one value are in one place, and 65536 values are fewer than a slice has pixels.
class ValueTable {
public:
    ValueTable(const PixelFormat& format, const ValueMeaning& meaning);
    [[nodiscard]] bool is_for(const PixelFormat& format, const ValueMeaning& meaning) const;
    /// `frame` holds one frame, little endian; `voxels` as many places as it has pixels.
    void translate(std::span<const std::uint8_t> frame, std::span<std::int16_t> voxels) const;

private:
    PixelFormat format_;
    ValueMeaning meaning_;
    std::vector<std::int16_t> values_;
};

}  // namespace downstage::dicom
