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
    Plane(std::int32_t columns_, std::int32_t rows_, float fill = 0.0F)
        : columns{columns_},
          rows{rows_},
          values(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_), fill)
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
