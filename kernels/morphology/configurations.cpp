// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "morphology/configurations.hpp"

#include <algorithm>
#include <functional>

namespace lapilli::morphology {

namespace {

constexpr int layers = brick::edge + 1; ///< of a brick and the first of the next one

/// A row of 17 voxels, four bits apart: of the first 16, and of the last one.
struct SpreadRow {
    std::uint64_t bits = 0;
    std::uint64_t beyond = 0;
};
using SpreadRows = std::array<SpreadRow, layers * layers>;

/// Bit i goes to bit 4 i.
std::uint64_t spread(std::uint64_t row)
{
    row = (row | row << 24U) & 0x000000ff000000ffULL;
    row = (row | row << 12U) & 0x000f000f000f000fULL;
    row = (row | row << 6U) & 0x0303030303030303ULL;
    return (row | row << 3U) & 0x1111111111111111ULL;
}

/// Row y, z of the block, 17 voxels from its lowest one on. @param bricks  its own, or those with what is outside
unsigned row_of(const CellBlock& block, const std::array<const brick::Mask*, 8>& bricks, int y, int z)
{
    const int over_y = y >= block.extent[Axis::y] ? 1 : 0, over_z = z >= block.extent[Axis::z] ? 1 : 0;
    const int row = (over_z != 0 ? 0 : z) * brick::edge + (over_y != 0 ? 0 : y);
    const auto* here = bricks[2 * over_y + 4 * over_z];
    const auto* next = bricks[1 + 2 * over_y + 4 * over_z];
    const unsigned bits = here == nullptr ? 0U : here->row[row];
    const unsigned beyond = next == nullptr ? 0U : next->row[row] & 1U;
    return bits | beyond << block.extent[Axis::x];
}

SpreadRows spread_rows(const CellBlock& block, const std::array<const brick::Mask*, 8>& bricks)
{
    SpreadRows rows;
    for (int z = block.first[Axis::z]; z <= block.last[Axis::z]; ++z)
        for (int y = block.first[Axis::y]; y <= block.last[Axis::y]; ++y) {
            const unsigned bits = row_of(block, bricks, y, z);
            rows[z * layers + y] = {spread(bits & 0xffffU), bits >> 16U};
        }
    return rows;
}

/// The configurations above a row of voxels: four bits for each place along x, two of them side by side.
struct CellRow {
    std::uint64_t even, odd;

    explicit CellRow(const SpreadRow* row)
    {
        const auto *north = row + 1, *above = row + layers, *both = above + 1;
        even = row->bits | north->bits << 1U | above->bits << 2U | both->bits << 3U;
        const std::uint64_t beyond = row->beyond | north->beyond << 1U | above->beyond << 2U | both->beyond << 3U;
        odd = even >> 4U | beyond << 60U;
    }
    unsigned at(int x) const { return (x % 2 == 0 ? even : odd) >> 4 * (x & ~1) & 255U; }
};

} // namespace

void ConfigurationCount::add_inside_sample(const CellBlock& block)
{
    const auto rows = spread_rows(block, block.bricks), open = spread_rows(block, *block.open);
    for (int z = block.first[Axis::z]; z < block.last[Axis::z]; ++z)
        for (int y = block.first[Axis::y]; y < block.last[Axis::y]; ++y) {
            const CellRow pores(&rows[z * layers + y]), all(&open[z * layers + y]);
            for (int x = block.first[Axis::x]; x < block.last[Axis::x]; ++x)
                if (pores.at(x) == all.at(x)) ++tables_[0][pores.at(x)];
        }
}

void ConfigurationCount::add(const CellBlock& block)
{
    if (block.open) return add_inside_sample(block);
    const auto rows = spread_rows(block, block.bricks);
    const int first = block.first[Axis::x], last = block.last[Axis::x];
    const bool whole = first == 0 && last == brick::edge;
    for (int z = block.first[Axis::z]; z < block.last[Axis::z]; ++z)
        for (int y = block.first[Axis::y]; y < block.last[Axis::y]; ++y) {
            const CellRow row(&rows[z * layers + y]);
            auto [even, odd] = row;
            if ((even | odd) == 0) continue;
            if (whole && (even & odd) == ~std::uint64_t{0}) {
                tables_[0][255] += brick::edge;
                continue;
            }
            if (whole) {
                for (int x = 0; x < brick::edge; x += 4) {
                    ++tables_[0][even & 255U];
                    ++tables_[1][odd & 255U];
                    ++tables_[2][even >> 8U & 255U];
                    ++tables_[3][odd >> 8U & 255U];
                    even >>= 16U;
                    odd >>= 16U;
                }
                continue;
            }
            for (int x = first; x < last; ++x) ++tables_[0][row.at(x)];
        }
}

Configurations ConfigurationCount::with_pores() const
{
    Configurations sum{};
    for (const auto& table : tables_) std::transform(sum.begin(), sum.end(), table.begin(), sum.begin(), std::plus<>());
    sum[0] = 0;
    return sum;
}

} // namespace lapilli::morphology
