#pragma once

#include "downstage/core/timepoint.hpp"
#include "downstage/criteria/response_limits.hpp"

#include <cstdint>
#include <optional>
#include <span>

/// Responses by products of two diameters: WHO 1979 (RULES.md 1.40) on whole lesions; EASL 2001 on their
/// enhancing parts is `easl.hpp`.
namespace downstage::criteria {

/// A lesion's longest diameter and the longest perpendicular to it.
struct DiameterPair {
    Length longest, perpendicular;
};

/// Sum of the products, in hundredths of a square millimetre.
[[nodiscard]] std::int64_t sum_of_products(std::span<const DiameterPair> lesions);

/// A response by products, and whether readings part on it.
struct ProductResponse {
    Response response{Response::not_evaluable};
    bool is_contested{};  ///< exactly +25 %: some tables print "at least", some "more than"
    friend bool operator==(const ProductResponse&, const ProductResponse&) = default;
};

struct ProductSums {
    std::int64_t baseline{};
    std::int64_t smallest{};  ///< of the sums so far, baseline included
    std::int64_t now{};
};

/// CR at 0; PD from +25 % over the smallest sum on; PR from -50 % of baseline on; both inclusive.
[[nodiscard]] ProductResponse product_response(const ProductSums& sums);

/// WHO: as `product_response`, and a single lesion that grew by 25 % is progression too. `baseline` and `now`
/// hold the same lesions in the same order; the baseline is the smallest sum.
[[nodiscard]] ProductResponse who(std::span<const DiameterPair> baseline, std::span<const DiameterPair> now);

}  // namespace downstage::criteria
