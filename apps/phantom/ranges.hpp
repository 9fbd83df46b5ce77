#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>

namespace downstage::phantom_app {

/// A document in which ranges stand for numbers, with a number drawn for each by `seed`:
/// - {"from": a, "to": b}: evenly; with "log": true evenly on a logarithmic scale; with "whole": true a whole
///   number, both ends included;
/// - {"any": [x, y]}: one of these, each as likely;
/// - {"chance": p, "of": x}: x with probability p, else the member is left out;
/// - {"repeat": n, "of": x} in a list: x n times, each drawn anew.
/// Numbers are drawn to four decimals. The same document and seed give the same result. Throws `Error{usage}`
/// for a range that makes no sense.
[[nodiscard]] nlohmann::json drawn(const nlohmann::json& ranges, std::uint64_t seed);

}  // namespace downstage::phantom_app
