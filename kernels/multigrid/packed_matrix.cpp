// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "multigrid/packed_matrix.hpp"

#include "multigrid/bytes.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace lapilli::multigrid {

namespace {

/// Sums over rows wait for values of other bricks, which lie where no processor guesses: they are asked for as many entries
/// before they are due. What asks for them runs ahead of the entries that the processor expects, and asks for those, too.
constexpr std::size_t entries_ahead = 384;

/// Whether twice each coupling is a whole number that fits in a byte.
bool counts_faces(const Graph<Float4>& graph)
{
    return std::all_of(graph.coupling.begin(), graph.coupling.end(), [](Float4 c) {
        for (int lane = 0; lane < 3; ++lane) {
            const float halves = 2 * c[lane];
            if (halves < 0 || halves > 255 || halves != std::trunc(halves)) return false;
        }
        return true;
    });
}

} // namespace

PackedMatrix::PackedMatrix(const Graph<Float4>& graph) : rows_(graph.rows())
{
    const std::int32_t padded = padded_rows(rows_);
    diagonal_.resize(padded);
    inverse_.resize(padded);
    const bool counted = counts_faces(graph);
    const auto start = [&](std::int32_t row) { return graph.row_start[std::min(row, rows_)]; };
    group_start_.push_back(0);
    for (std::int32_t first = 0; first < padded; first += side_by_side) {
        std::int64_t width = 0;
        for (std::int32_t row = first; row < first + side_by_side; ++row)
            width = std::max(width, start(row + 1) - start(row));
        group_start_.push_back(group_start_.back() + width * side_by_side);
    }
    if (counted)
        counted_.resize(group_start_.back());
    else
        entry_.resize(group_start_.back());
    for (std::int32_t row = 0; row < padded; ++row) {
        const std::size_t group = row / side_by_side;
        std::int64_t k = start(row);
        for (std::size_t to = group_start_[group] + row % side_by_side; to < group_start_[group + 1];
             to += side_by_side, ++k) {
            const bool real = k < start(row + 1);
            const Float4 c = real ? graph.coupling[k] : Float4{};
            const std::int32_t column = real ? graph.column[k] : row; // itself, with coupling 0
            const auto halves = [&](int lane) { return static_cast<std::uint8_t>(2 * c[lane]); };
            if (counted)
                counted_[to] = {{halves(0), halves(1), halves(2), 0}, column};
            else
                entry_[to] = Float4{c[0], c[1], c[2], std::bit_cast<float>(column)};
        }
    }
    for (std::int32_t row = 0; row < rows_; ++row) {
        const std::size_t i = row;
        Double4 diagonal = widen(graph.dirichlet[i]);
        for (auto k = start(row); k < start(row + 1); ++k) diagonal += widen(graph.coupling[k]);
        diagonal_[i] = narrow(diagonal);
        inverse_[i] = inverse_or_zero(diagonal_[i]);
    }
}

std::size_t PackedMatrix::bytes() const
{
    return group_start_.size() * sizeof(std::uint32_t) + counted_.size() * sizeof(Counted) +
           (entry_.size() + diagonal_.size() + inverse_.size()) * sizeof(Float4);
}

void PackedMatrix::neighbour_sums(std::int32_t slice, const Float4* x, Float4* sums) const
{
    constexpr Int4 couplings{-1, -1, -1, 0};
    constexpr std::int32_t groups = slice_rows / side_by_side;
    const std::size_t end = group_start_.back();
    for (std::int32_t group = slice * groups; group < (slice + 1) * groups; ++group, sums += side_by_side) {
        const std::size_t first = group_start_[group];
        const std::size_t last = group_start_[group + 1];
        Float4 sum[side_by_side] = {};
        if (!counted_.empty()) {
            for (std::size_t k = first; k < last; k += side_by_side) {
                const std::size_t later = std::min(k + entries_ahead, end - side_by_side);
                __builtin_prefetch(counted_.data() + std::min(k + 2 * entries_ahead, end));
                for (std::size_t row = 0; row < side_by_side; ++row) {
                    __builtin_prefetch(x + counted_[later + row].column);
                    sum[row] += to_floats(counted_[k + row].halves) * x[counted_[k + row].column];
                }
            }
            for (int row = 0; row < side_by_side; ++row) sums[row] = 0.5F * sum[row];
        } else {
            for (std::size_t k = first; k < last; k += side_by_side)
                for (std::size_t row = 0; row < side_by_side; ++row) {
                    const auto bits = std::bit_cast<Int4>(entry_[k + row]);
                    sum[row] += std::bit_cast<Float4>(bits & couplings) * x[bits[3]];
                }
            std::copy(sum, sum + side_by_side, sums);
        }
    }
}

} // namespace lapilli::multigrid
