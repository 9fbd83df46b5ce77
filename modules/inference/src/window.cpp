#include "window.hpp"

#include <algorithm>
#include <limits>

namespace downstage::inference {

namespace {

/// The pixels that window and slice share, as first and one past last of the slice.
struct Shared {
    std::int32_t from_column{}, to_column{}, from_row{}, to_row{};
};

Shared shared(const Window& window, const Plane& slice)
{
    const std::int32_t from_column = std::max(0, window.column);
    const std::int32_t from_row = std::max(0, window.row);
    return {.from_column = from_column,
            .to_column = std::max(from_column, std::min(slice.columns, window.column + window.columns)),
            .from_row = from_row,
            .to_row = std::min(slice.rows, window.row + window.rows)};
}

/// First and last place of what is not 0, column and row.
struct Box {
    std::int32_t left = std::numeric_limits<std::int32_t>::max();
    std::int32_t top = std::numeric_limits<std::int32_t>::max();
    std::int32_t right = -1, bottom = -1;
};

Box box_of(const Plane& mask)
{
    Box box;
    for (std::int32_t j = 0; j < mask.rows; ++j)
        for (std::int32_t i = 0; i < mask.columns; ++i) {
            if (mask.row(j)[i] == 0.0F) continue;
            box = {.left = std::min(box.left, i),
                   .top = std::min(box.top, j),
                   .right = std::max(box.right, i),
                   .bottom = std::max(box.bottom, j)};
        }
    return box;
}

/// Rounded down, so that a box moved by a pixel moves its window by one wherever it lies.
std::int32_t half(std::int32_t n)
{
    return (n - (n < 0 ? 1 : 0)) / 2;
}

}  // namespace

std::array<std::int32_t, 2> size_taken(const NetworkInput& input, const std::array<std::int32_t, 2>& least)
{
    const auto up = [&](std::size_t n) {
        const std::int32_t wanted = std::max(input.least_size[n], least[n]);
        return (wanted + input.size_multiple - 1) / input.size_multiple * input.size_multiple;
    };
    return {up(0), up(1)};
}

Window window_around_slice(const NetworkInput& input, const Plane& slice)
{
    const auto [columns, rows] = size_taken(input, {slice.columns, slice.rows});
    return {.column = -(columns - slice.columns) / 2,
            .row = -(rows - slice.rows) / 2,
            .columns = columns,
            .rows = rows};
}

Window window_on_mask(const std::array<std::int32_t, 2>& size, const Plane& mask)
{
    const Box box = box_of(mask);
    return {.column = half(box.left + box.right + 1 - size[0]),
            .row = half(box.top + box.bottom + 1 - size[1]),
            .columns = size[0],
            .rows = size[1]};
}

Plane seen_through(const Window& window, const Plane& slice, float beyond)
{
    Plane seen{window.columns, window.rows, beyond};
    const Shared part = shared(window, slice);
    for (std::int32_t j = part.from_row; j < part.to_row; ++j)
        std::copy(slice.row(j) + part.from_column,
                  slice.row(j) + part.to_column,
                  seen.row(j - window.row) + (part.from_column - window.column));
    return seen;
}

void put_back(const Plane& seen, const Window& window, Plane& slice)
{
    const Shared part = shared(window, slice);
    for (std::int32_t j = part.from_row; j < part.to_row; ++j) {
        const float* const from = seen.row(j - window.row) - window.column;
        std::copy(from + part.from_column, from + part.to_column, slice.row(j) + part.from_column);
    }
}

}  // namespace downstage::inference
