#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace downstage::dicom {

/// Where slices stand along their normal, as a regular ladder of rungs 0, 1, 2...
struct Ladder {
    double first_mm{};                 ///< rung 0, along the normal
    double spacing_mm{};               ///< from rung to rung
    std::vector<std::int32_t> rung;    ///< for each slice; growing, not always by one
    double largest_irregularity_mm{};  ///< largest distance of a slice from its rung
    std::size_t most_irregular{};      ///< that slice
    bool spacing_changes{};  ///< one end is stacked more coarsely: its empty rungs are no missing slices
};

/// A slice stands on its rung when it is no further from it than this: rounding of positions to one decimal
/// moves a slice by up to 0.05 mm, and a hundredth of the spacing is below what a diameter shows.
[[nodiscard]] double on_rung_mm(const Ladder& ladder);

/// The farthest a slice may be from its rung for the stack to be resampled: a quarter of the spacing. Beyond,
/// one cannot say which of two rungs a slice belongs to, nor trust a linear blend across the gap. Where the
/// spacing changes, every slice has to stand on a rung.
[[nodiscard]] double resample_limit_mm(const Ladder& ladder);

/// The ladder that fits slices at `along_mm` (growing strictly, two or more) best: steps from the median gap,
/// or from the finer one where the spacing changes; spacing and start by least squares.
[[nodiscard]] Ladder ladder_of(std::span<const double> along_mm);

/// True where the gap behind slice `n` is a hole: it skips rungs and is no part of a coarser end.
[[nodiscard]] bool is_hole(const Ladder& ladder, std::size_t n);

}  // namespace downstage::dicom
