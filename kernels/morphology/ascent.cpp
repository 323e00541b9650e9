// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "morphology/ascent.hpp"

#include <algorithm>

namespace lapilli::morphology {

namespace {

using brick::edge;
constexpr int wide = edge + 2;

/// Values of the rows of a brick and of those around it: (planes, rows, 16).
template <class Number, int planes, int rows>
struct Strip {
    alignas(64) std::array<Number, planes * rows * edge> value;
    Number* row(int y, int z) { return value.data() + (z * rows + y) * edge; }
    const Number* row(int y, int z) const { return value.data() + (z * rows + y) * edge; }
};

} // namespace

template <class Level>
void blur(const Shell<Level>& shell, const brick::Mask& pores, Key<Level>* keys)
{
    using Number = Key<Level>;
    Strip<Number, wide, wide> along_x;
    for (int z = 0; z < wide; ++z)
        for (int y = 0; y < wide; ++y) {
            const Level* from = shell.row(y - 1, z - 1);
            Number* to = along_x.row(y, z);
            for (int x = 0; x < edge; ++x) to[x] = Number{from[x - 1]} + 2 * Number{from[x]} + from[x + 1];
        }
    Strip<Number, wide, edge> along_y;
    for (int z = 0; z < wide; ++z)
        for (int y = 0; y < edge; ++y) {
            const Number* from = along_x.row(y, z);
            Number* to = along_y.row(y, z);
            for (int x = 0; x < edge; ++x) to[x] = from[x] + 2 * from[x + edge] + from[x + 2 * edge];
        }
    constexpr int plane = edge * edge;
    for (int z = 0; z < edge; ++z)
        for (int y = 0; y < edge; ++y) {
            const Number* from = along_y.row(y, z);
            Number* to = keys + (z * edge + y) * edge;
            const unsigned bits = pores.row[z * edge + y];
            for (int x = 0; x < edge; ++x)
                to[x] = (bits >> x & 1U) != 0 ? from[x] + 2 * from[x + plane] + from[x + 2 * plane] : 0;
        }
}

NeighbourOrder::NeighbourOrder(std::int64_t first, std::int64_t voxels, bool periodic)
{
    for (int place = 0; place < edge; ++place) {
        const auto here = first + place;
        const auto wrapped = [&](int step) { return periodic ? (here + step + voxels) % voxels : here + step; };
        const auto before = [&](int a, int b) { // whether a is taken before b
            if (wrapped(a) != wrapped(b)) return wrapped(a) < wrapped(b);
            const auto crosses = [&](int step) { return here + step < 0 || here + step >= voxels; };
            return crosses(a) != crosses(b) ? crosses(b) : a < b;
        };
        for (const int step : {-1, 0, 1})
            for (const int other : {-1, 0, 1})
                if (other != step && before(step, other)) ++rank_[step + 1][place];
    }
}

int NeighbourOrder::step(int place, unsigned rank) const
{
    return rank_[0][place] == rank ? -1 : rank_[1][place] == rank ? 0 : 1;
}

/// Axis by axis the largest of three: of key * 32 + the ranks of the steps, so that the largest also has the lowest number.
template <class Number>
void find_ways_up(const Shell<Number>& keys, const std::array<NeighbourOrder, 3>& order, std::uint8_t* ways)
{
    Strip<Number, wide, wide> along_x;
    const auto &below = order[0].rank(-1), &here = order[0].rank(0), &above = order[0].rank(1);
    for (int z = 0; z < wide; ++z)
        for (int y = 0; y < wide; ++y) {
            const Number* from = keys.row(y - 1, z - 1);
            Number* to = along_x.row(y, z);
            for (int x = 0; x < edge; ++x)
                to[x] = std::max({32 * from[x - 1] + below[x], 32 * from[x] + here[x], 32 * from[x + 1] + above[x]});
        }
    Strip<Number, wide, edge> along_y;
    for (int z = 0; z < wide; ++z)
        for (int y = 0; y < edge; ++y) {
            const Number* from = along_x.row(y, z);
            Number* to = along_y.row(y, z);
            const Number a = 3 * order[1].rank(-1)[y], b = 3 * order[1].rank(0)[y], c = 3 * order[1].rank(1)[y];
            for (int x = 0; x < edge; ++x) to[x] = std::max({from[x] + a, from[x + edge] + b, from[x + 2 * edge] + c});
        }
    constexpr int plane = edge * edge;
    for (int z = 0; z < edge; ++z) {
        const Number a = 9 * order[2].rank(-1)[z], b = 9 * order[2].rank(0)[z], c = 9 * order[2].rank(1)[z];
        const Number* from = along_y.row(0, z);
        for (int i = 0; i < plane; ++i)
            ways[z * plane + i] = std::max({from[i] + a, from[i + plane] + b, from[i + 2 * plane] + c}) & 31U;
    }
}

template void blur(const Shell<std::uint16_t>&, const brick::Mask&, std::uint32_t*);
template void blur(const Shell<std::uint32_t>&, const brick::Mask&, std::uint64_t*);
template void find_ways_up(const Shell<std::uint32_t>&, const std::array<NeighbourOrder, 3>&, std::uint8_t*);
template void find_ways_up(const Shell<std::uint64_t>&, const std::array<NeighbourOrder, 3>&, std::uint8_t*);

} // namespace lapilli::morphology
