#pragma once

#include "downstage/phantom/noise.hpp"

#include <cstddef>
#include <vector>

namespace downstage::phantom {

/// The noise of one slice: the numbers of a stream from `first` on.
struct NoiseOptions {
    NoiseStream stream;
    std::uint64_t first{};
    std::size_t columns{}, rows{};
    double sd{};
    double grain_columns{}, grain_rows{};  ///< sd of the Gaussian that grains the noise, in pixels; 0: white
};

/// White noise, or noise with the grain of a reconstruction: a narrow Gaussian of it less most of a wide one,
/// since filtered back projection passes few of the lowest frequencies (Riederer, Pelc, Chesler, 1978). The
/// sd is the same.
class NoisePlane {
public:
    explicit NoisePlane(const NoiseOptions& options);
    [[nodiscard]] float at(std::size_t n) const { return values_[n]; }

private:
    std::vector<float> values_;
};

}  // namespace downstage::phantom
