#include "read_slab.hpp"

#include <algorithm>
#include <cmath>

namespace downstage::dicom {

namespace {

constexpr std::int16_t air_hu = -1024;  // what lies outside the slice (docs/conventions.md)

void mix(std::span<std::int16_t> into, std::span<const std::int16_t> other, double weight_of_other)
{
    std::ranges::transform(into, other, into.begin(), [weight_of_other](std::int16_t a, std::int16_t b) {
        return static_cast<std::int16_t>(std::lround((1.0 - weight_of_other) * a + weight_of_other * b));
    });
}

/// A move by a part of a pixel, as whole pixels and a weight for the next one.
struct Step {
    std::int32_t whole{};
    double part{};
};

Step step_of(double shift_pixels)
{
    const double whole = std::floor(shift_pixels);
    return {.whole = static_cast<std::int32_t>(whole), .part = shift_pixels - whole};
}

/// Samples a source slice at the places of the volume's voxels by linear interpolation; beyond it is air. Its
/// first pixel lies at the shift, so voxel i is pixel i - shift.
class Shifted {
public:
    Shifted(std::span<const std::int16_t> source, const Stack& stack, const StackPlan::From& from)
        : source_{source},
          columns_{stack.columns},
          rows_{stack.rows},
          i_{step_of(-from.shift_i_mm / stack.column_spacing_mm)},
          j_{step_of(-from.shift_j_mm / stack.row_spacing_mm)}
    {
    }

    [[nodiscard]] std::int16_t at(std::int32_t i, std::int32_t j) const
    {
        const double upper = row(i + i_.whole, j + j_.whole);
        if (j_.part == 0.0) return static_cast<std::int16_t>(std::lround(upper));
        const double lower = row(i + i_.whole, j + j_.whole + 1);
        return static_cast<std::int16_t>(std::lround(upper + j_.part * (lower - upper)));
    }

private:
    [[nodiscard]] double row(std::int32_t i, std::int32_t j) const
    {
        const double left = pixel(i, j);
        return i_.part == 0.0 ? left : left + i_.part * (pixel(i + 1, j) - left);
    }
    [[nodiscard]] double pixel(std::int32_t i, std::int32_t j) const
    {
        if (i < 0 || j < 0 || i >= columns_ || j >= rows_) return air_hu;
        return source_[static_cast<std::size_t>(j) * static_cast<std::size_t>(columns_) +
                       static_cast<std::size_t>(i)];
    }

    std::span<const std::int16_t> source_;
    std::int32_t columns_, rows_;
    Step i_, j_;
};

bool is_moved(const Stack& stack, const Grid& grid, const StackPlan::From& from)
{
    const bool has_own_size = grid.size.i != stack.columns || grid.size.j != stack.rows;
    return has_own_size || from.shift_i_mm != 0.0 || from.shift_j_mm != 0.0;
}

}  // namespace

SliceFacts SlabReader::read(std::size_t k, std::span<std::int16_t> voxels)
{
    const StackPlan::From& from = plan_->from[k];
    if (!is_moved(*stack_, plan_->grid, from)) return read_unmoved(from, voxels);

    unmoved_.resize(static_cast<std::size_t>(stack_->columns) * static_cast<std::size_t>(stack_->rows));
    const SliceFacts facts = read_unmoved(from, unmoved_);
    const Shifted shifted{unmoved_, *stack_, from};
    std::size_t n = 0;
    for (std::int32_t j = 0; j < plan_->grid.size.j; ++j)
        for (std::int32_t i = 0; i < plan_->grid.size.i; ++i)
            voxels[n++] = shifted.at(i, j);
    return facts;
}

SliceFacts SlabReader::read_unmoved(const StackPlan::From& from, std::span<std::int16_t> voxels)
{
    const SliceFacts facts = slices_.read(stack_->slices[from.first], voxels);
    if (from.first == from.second || from.weight_of_second == 0.0) return facts;
    second_.resize(voxels.size());
    const SliceFacts others = slices_.read(stack_->slices[from.second], second_);
    mix(voxels, second_, from.weight_of_second);
    return {.was_lossy = facts.was_lossy || others.was_lossy,
            .was_inverted = facts.was_inverted || others.was_inverted};
}

}  // namespace downstage::dicom
