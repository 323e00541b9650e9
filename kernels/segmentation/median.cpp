// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "segmentation/median.hpp"

#include <cstring>

namespace lapilli::segmentation {

namespace {

using Row = PaddedRow<Level>;
using Lanes __attribute__((vector_size(Row::lanes * sizeof(Level)))) = Level;

struct Neighbour {
    int row; ///< of those that are padded
    int dx;
};

void sort(Lanes& low, Lanes& high)
{
    const Lanes smaller = low < high ? low : high;
    high = low < high ? high : low;
    low = smaller;
}

/// The median by forgetful selection: of n values, neither the smallest nor the largest of any n / 2 + 2 can be the median.
/// Both are dropped and the next value comes in, until three are left.
/// @param next  gives the next value
template <int size, class Next>
Lanes median_of(std::array<Lanes, size> held, Next&& next)
{
    constexpr int last = size - 1;
    for (int i = 0; i < size / 2; ++i) sort(held[i], held[last - i]);
    for (int i = 1; i < (size + 1) / 2; ++i) sort(held[0], held[i]);
    for (int i = size / 2; i < last; ++i) sort(held[i], held[last]);
    if constexpr (size == 3) {
        return held[1];
    } else {
        std::array<Lanes, size - 1> rest;
        rest[0] = next();
        for (int i = 1; i < last; ++i) rest[i] = held[i];
        return median_of<size - 1>(rest, next);
    }
}

/// The medians of a row of voxels, as many at once as a vector has lanes.
template <std::size_t values>
void median_of_row(const std::vector<Row>& rows, const std::array<Neighbour, values>& neighbours, std::span<Level> out)
{
    constexpr int held = values / 2 + 2;
    for (std::int64_t x = 0; x < std::ssize(out); x += Row::lanes) {
        std::size_t n = 0;
        const auto next = [&] {
            const auto [row, dx] = neighbours[n++];
            Lanes lanes;
            std::memcpy(&lanes, rows[row].data() + x + dx, sizeof lanes);
            return lanes;
        };
        std::array<Lanes, held> first;
        for (auto& lanes : first) lanes = next();
        const auto medians = median_of<held>(first, next);
        std::memcpy(&out[x], &medians, std::min(Row::lanes, std::ssize(out) - x) * sizeof(Level));
    }
}

constexpr auto cross = [] {
    std::array<Neighbour, 7> all{};
    for (int row = 0; row < 4; ++row) all[row] = {row, 0};
    for (int dx = -1; dx <= 1; ++dx) all[5 + dx] = {4, dx};
    return all;
}();

constexpr auto cube = [] {
    std::array<Neighbour, 27> all{};
    for (int i = 0; i < 27; ++i) all[i] = {i / 3, i % 3 - 1};
    return all;
}();

} // namespace

void median_of_7(const PlaneStack<Level>& stack, std::span<Level> out)
{
    std::vector<Row> rows(5, Row(stack.nx, 1));
    for (std::int64_t y = 0; y < stack.ny; ++y) {
        rows[0].fill(stack.row(-1, y));
        rows[1].fill(stack.row(1, y));
        rows[2].fill(stack.row(0, y - 1));
        rows[3].fill(stack.row(0, y + 1));
        rows[4].fill(stack.row(0, y));
        median_of_row(rows, cross, out.subspan(y * stack.nx, stack.nx));
    }
}

void median_of_27(const PlaneStack<Level>& stack, std::span<Level> out)
{
    std::vector<Row> rows(9, Row(stack.nx, 1));
    for (std::int64_t y = 0; y < stack.ny; ++y) {
        for (int dz = -1; dz <= 1; ++dz)
            for (int dy = -1; dy <= 1; ++dy) rows[3 * (dz + 1) + dy + 1].fill(stack.row(dz, y + dy));
        median_of_row(rows, cube, out.subspan(y * stack.nx, stack.nx));
    }
}

} // namespace lapilli::segmentation
