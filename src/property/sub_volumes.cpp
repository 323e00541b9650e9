// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/sub_volumes.hpp"

#include "brick/brick.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace lapilli::property {

namespace {

constexpr double fewest_disjoint = 8;

/// Sums over boxes of a three-dimensional array, from the sums below each of its corners.
class BoxSums {
public:
    BoxSums(const std::vector<double>& values, const PerAxis<std::int64_t>& n)
        : row_(n[Axis::x] + 1), plane_(row_ * (n[Axis::y] + 1)), sums_(plane_ * (n[Axis::z] + 1))
    {
        for (std::int64_t z = 0; z < n[Axis::z]; ++z)
            for (std::int64_t y = 0; y < n[Axis::y]; ++y) {
                double line = 0;
                for (std::int64_t x = 0; x < n[Axis::x]; ++x) {
                    line += values[(z * n[Axis::y] + y) * n[Axis::x] + x];
                    at(x + 1, y + 1, z + 1) = line + at(x + 1, y, z + 1) + at(x + 1, y + 1, z) - at(x + 1, y, z);
                }
            }
    }
    /// From brick a to the one before brick b.
    double between(const PerAxis<std::int64_t>& a, const PerAxis<std::int64_t>& b) const
    {
        const auto slab = [&](std::int64_t z) {
            return at(b[Axis::x], b[Axis::y], z) - at(a[Axis::x], b[Axis::y], z) - at(b[Axis::x], a[Axis::y], z) +
                   at(a[Axis::x], a[Axis::y], z);
        };
        return slab(b[Axis::z]) - slab(a[Axis::z]);
    }

private:
    double& at(std::int64_t x, std::int64_t y, std::int64_t z) { return sums_[z * plane_ + y * row_ + x]; }
    double at(std::int64_t x, std::int64_t y, std::int64_t z) const { return sums_[z * plane_ + y * row_ + x]; }

    std::int64_t row_, plane_;
    std::vector<double> sums_;
};

} // namespace

CubeSpread spread_of(const BrickRatio& ratio, const PerAxis<std::int64_t>& bricks, std::int64_t edge)
{
    const BoxSums above(ratio.above, bricks), below(ratio.below, bricks);
    CubeSpread spread{.edge_voxels = edge * brick::edge, .disjoint = 1, .voxels = 1};
    PerAxis<std::int64_t> size{}, places{};
    for (const Axis axis : all_axes) {
        size[axis] = bricks[axis] == 1 ? 1 : edge;
        places[axis] = bricks[axis] - size[axis] + 1;
        spread.disjoint *= 1.0 * bricks[axis] / size[axis];
        if (bricks[axis] > 1) spread.voxels *= 1.0 * size[axis] * brick::edge;
    }
    spread.mean = above.between({0, 0, 0}, bricks) / below.between({0, 0, 0}, bricks);
    double squares = 0;
    for (std::int64_t z = 0; z < places[Axis::z]; ++z)
        for (std::int64_t y = 0; y < places[Axis::y]; ++y)
            for (std::int64_t x = 0; x < places[Axis::x]; ++x) {
                const PerAxis<std::int64_t> a{x, y, z}, b{x + size[Axis::x], y + size[Axis::y], z + size[Axis::z]};
                const double under = below.between(a, b);
                if (!(under > 0)) continue;
                ++spread.cubes;
                squares += std::pow(above.between(a, b) / under - spread.mean, 2);
            }
    if (spread.cubes > 0 && spread.mean != 0 && spread.disjoint > 1)
        spread.deviation = std::sqrt(squares / spread.cubes / (1 - 1 / spread.disjoint)) / std::abs(spread.mean);
    return spread;
}

CubeSpread spread_of(std::span<const double> values, std::int64_t edge_voxels, double voxels)
{
    CubeSpread spread{.edge_voxels = edge_voxels, .cubes = std::ssize(values), .voxels = voxels};
    spread.disjoint = static_cast<double>(spread.cubes);
    for (const double value : values) spread.mean += value / spread.disjoint;
    double squares = 0;
    for (const double value : values) squares += std::pow(value - spread.mean, 2);
    if (spread.cubes > 1 && spread.mean != 0)
        spread.deviation = std::sqrt(squares / (spread.disjoint - 1)) / std::abs(spread.mean);
    return spread;
}

double SpreadFall::deviation_of(double of_voxels) const { return deviation * std::pow(voxels / of_voxels, exponent / 2); }

double SpreadFall::voxels_for(double of_deviation) const
{
    return voxels * std::pow(deviation / of_deviation, 2 / exponent);
}

std::optional<SpreadFall> fall_of(std::span<const CubeSpread> sizes)
{
    constexpr double slowest = 0.05; // of a fall that can still be told from none
    constexpr double quarter = 64;   // of the edge, in volumes
    SpreadFall fall;
    for (const auto& s : sizes)
        if (s.disjoint >= fewest_disjoint && s.deviation > 0) fall.voxels = std::max(fall.voxels, s.voxels);
    std::vector<CubeSpread> used;
    std::ranges::copy_if(sizes, std::back_inserter(used), [&](const CubeSpread& s) {
        return s.disjoint >= fewest_disjoint && s.deviation > 0 && quarter * s.voxels >= fall.voxels;
    });
    if (used.size() < 2) return std::nullopt;
    double all = 0, volume = 0, variance = 0;
    for (const auto& s : used) {
        all += s.disjoint;
        volume += s.disjoint * std::log(s.voxels);
        variance += s.disjoint * 2 * std::log(s.deviation);
    }
    volume /= all;
    variance /= all;
    double product = 0, squares = 0;
    for (const auto& s : used) {
        const double v = std::log(s.voxels) - volume;
        product += s.disjoint * v * (2 * std::log(s.deviation) - variance);
        squares += s.disjoint * v * v;
    }
    fall.exponent = std::clamp(-product / squares, slowest, 1.0);
    fall.deviation = std::exp((variance - fall.exponent * (std::log(fall.voxels) - volume)) / 2);
    return fall;
}

} // namespace lapilli::property
