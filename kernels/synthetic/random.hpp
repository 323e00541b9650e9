// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>

namespace lapilli::synthetic {

/// Finalizer of splitmix64 (Steele, Lea, Flood 2014; constants of Stafford's mix 13): a bijection that scatters 64 bits.
constexpr std::uint64_t scatter(std::uint64_t bits)
{
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9U;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebU;
    return bits ^ (bits >> 31);
}

/// Counter-based random numbers: the n-th one is known without the ones before it, so any rank can make any of them.
class RandomStream {
public:
    /// Seeds are scattered first, else the streams of neighbouring seeds could be shifted copies of one another.
    explicit constexpr RandomStream(std::uint64_t seed) : start_(scatter(seed + 0x632be59bd9b4e019U)) {}

    constexpr std::uint64_t bits(std::uint64_t counter) const
    {
        return scatter(start_ + (counter + 1) * 0x9e3779b97f4a7c15U);
    }
    /// Uniform in [0, 1), 53 bits.
    constexpr double uniform(std::uint64_t counter) const { return (bits(counter) >> 11) * 0x1p-53; }

private:
    std::uint64_t start_;
};

} // namespace lapilli::synthetic
