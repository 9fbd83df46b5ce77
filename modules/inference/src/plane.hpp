#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace downstage::inference {

/// One slice of numbers, columns fastest.
struct Plane {
    std::int32_t columns{}, rows{};
    std::vector<float> values;

    Plane() = default;
    Plane(std::int32_t width, std::int32_t height, float fill = 0.0F)
        : columns{width},
          rows{height},
          values(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), fill)
    {
    }

    [[nodiscard]] float* row(std::int32_t n)
    {
        return values.data() + static_cast<std::size_t>(n) * static_cast<std::size_t>(columns);
    }
    [[nodiscard]] const float* row(std::int32_t n) const
    {
        return values.data() + static_cast<std::size_t>(n) * static_cast<std::size_t>(columns);
    }
};

}  // namespace downstage::inference
