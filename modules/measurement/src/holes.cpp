#include "holes.hpp"

#include <algorithm>
#include <span>
#include <vector>

namespace downstage::measurement {

namespace {

constexpr std::uint8_t open = 0;
constexpr std::uint8_t filled = 1;
constexpr std::uint8_t outside = 2;

/// The rectangle of a slice that holds all that is set.
struct Window {
    std::size_t first_i, last_i, first_j, last_j;
};

Window window_of(std::span<const std::uint8_t> slice, std::size_t columns)
{
    Window window{.first_i = columns, .last_i = 0, .first_j = slice.size(), .last_j = 0};
    for (std::size_t j = 0; j * columns < slice.size(); ++j) {
        const auto row = slice.subspan(j * columns, columns);
        const auto first = std::ranges::find(row, filled);
        if (first == row.end()) continue;
        std::size_t last = columns - 1;
        while (row[last] != filled)
            --last;
        window.first_i = std::min(window.first_i, static_cast<std::size_t>(first - row.begin()));
        window.last_i = std::max(window.last_i, last);
        window.first_j = std::min(window.first_j, j);
        window.last_j = j;
    }
    return window;
}

/// Marks what is open and reached from `start` without leaving the window.
void mark_outside(std::span<std::uint8_t> slice, std::size_t columns, const Window& window, std::size_t start)
{
    if (columns == 0 || slice[start] != open) return;
    slice[start] = outside;
    std::vector<std::size_t> reached{start};
    const auto visit = [&](std::size_t n) {
        if (slice[n] != open) return;
        slice[n] = outside;
        reached.push_back(n);
    };
    while (!reached.empty()) {
        const std::size_t here = reached.back();
        reached.pop_back();
        const std::size_t i = here % columns;
        const std::size_t j = here / columns;
        if (i > window.first_i) visit(here - 1);
        if (i < window.last_i) visit(here + 1);
        if (j > window.first_j) visit(here - columns);
        if (j < window.last_j) visit(here + columns);
    }
}

void fill_slice(std::span<std::uint8_t> slice, std::size_t columns)
{
    const Window window = window_of(slice, columns);
    if (window.first_i > window.last_i) return;
    for (std::size_t i = window.first_i; i <= window.last_i; ++i) {
        mark_outside(slice, columns, window, window.first_j * columns + i);
        mark_outside(slice, columns, window, window.last_j * columns + i);
    }
    for (std::size_t j = window.first_j; j <= window.last_j; ++j) {
        mark_outside(slice, columns, window, j * columns + window.first_i);
        mark_outside(slice, columns, window, j * columns + window.last_i);
    }
    for (std::size_t j = window.first_j; j <= window.last_j; ++j)
        for (std::size_t i = window.first_i; i <= window.last_i; ++i) {
            std::uint8_t& voxel = slice[j * columns + i];
            voxel = voxel == outside ? open : filled;
        }
}

}  // namespace

Mask without_holes(Mask mask)
{
    const Size size = mask.grid().size;
    for (std::int32_t k = 0; k < size.k; ++k)
        fill_slice(mask.slice(k), static_cast<std::size_t>(size.i));
    return mask;
}

}  // namespace downstage::measurement
