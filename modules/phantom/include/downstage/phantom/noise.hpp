#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>

/// Random numbers that are a hash of their address: any thread may ask for any of them, in any order.
namespace downstage::phantom {

/// One sequence of random numbers. Streams with another seed or number are independent.
struct NoiseStream {
    std::uint64_t seed{};
    std::uint64_t number{};
};

// Passes use the streams from 0 up.
constexpr std::uint64_t irregularity_stream = 1'000'001;
constexpr std::uint64_t order_stream = 1'000'002;
constexpr std::uint64_t lobes_stream = 1'000'003;
constexpr std::uint64_t texture_stream = 1'000'004;
constexpr std::uint64_t site_stream = 1'000'005;
constexpr std::uint64_t range_stream = 1'000'006;
constexpr std::uint64_t anatomy_stream = 1'000'007;
constexpr std::uint64_t deformation_stream = 1'000'008;
constexpr std::uint64_t breathing_stream = 1'000'009;

/// SplitMix64's finaliser (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014).
[[nodiscard]] constexpr std::uint64_t mixed(std::uint64_t bits)
{
    bits += 0x9e3779b97f4a7c15U;
    bits = (bits ^ (bits >> 30U)) * 0xbf58476d1ce4e5b9U;
    bits = (bits ^ (bits >> 27U)) * 0x94d049bb133111ebU;
    return bits ^ (bits >> 31U);
}

/// The n-th number of a stream, evenly spread over the open interval (0, 1): a hash of its address, so that
/// any thread may ask for any of them.
[[nodiscard]] constexpr double even_noise(const NoiseStream& stream, std::uint64_t n)
{
    constexpr double step = 1.0 / 9007199254740992.0;  // 2^-53
    const std::uint64_t bits = mixed(mixed(mixed(stream.seed) ^ stream.number) ^ n);
    return (static_cast<double>(bits >> 11U) + 0.5) * step;
}

/// The n-th number of a stream, normally distributed with mean 0 and sd 1 (Box and Muller, 1958).
[[nodiscard]] inline double normal_noise(const NoiseStream& stream, std::uint64_t n)
{
    const double radius = std::sqrt(-2.0 * std::log(even_noise(stream, 2 * n)));
    return radius * std::cos(2.0 * std::numbers::pi * even_noise(stream, 2 * n + 1));
}

}  // namespace downstage::phantom
