#pragma once

#include "crossing.hpp"

#include <span>

namespace downstage::phantom {

/// A shape and the value that is there.
struct Painted {
    Shape shape;
    float value{};
};

/// The values at start, start + step, ... of a line; of shapes that overlap the later one is there. Values
/// that no shape covers are left as they are.
void paint(std::span<const Painted> shapes, const Line& line, std::span<float> values);

}  // namespace downstage::phantom
