// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "multigrid/packed_matrix.hpp"

#include "multigrid/bytes.hpp"

#include <algorithm>
#include <bit>

namespace lapilli::multigrid {

namespace {

/// Whether twice each coupling is a whole number that fits in a byte.
bool counts_faces(const Graph<Float4>& graph)
{
    return std::all_of(graph.coupling.begin(), graph.coupling.end(), [](Float4 c) {
        for (int lane = 0; lane < 3; ++lane) {
            const float halves = 2 * c[lane];
            if (halves < 0 || halves > 255 || halves != static_cast<float>(static_cast<int>(halves))) return false;
        }
        return true;
    });
}

} // namespace

PackedMatrix::PackedMatrix(const Graph<Float4>& graph)
    : rows_(graph.rows()), row_start_(graph.row_start.begin(), graph.row_start.end())
{
    const auto padded = static_cast<std::size_t>(padded_rows(rows_));
    row_start_.resize(padded + 1, row_start_.back());
    diagonal_.resize(padded);
    inverse_.resize(padded);
    for (std::size_t i = 0; i < static_cast<std::size_t>(rows_); ++i) {
        Double4 diagonal = widen(graph.dirichlet[i]);
        for (std::size_t k = row_start_[i]; k < row_start_[i + 1]; ++k) diagonal += widen(graph.coupling[k]);
        diagonal_[i] = narrow(diagonal);
        inverse_[i] = inverse_or_zero(diagonal_[i]);
    }
    if (counts_faces(graph)) {
        counted_.resize(graph.column.size());
        for (std::size_t k = 0; k < counted_.size(); ++k) {
            const auto halves = [&](int lane) { return static_cast<std::uint8_t>(2 * graph.coupling[k][lane]); };
            counted_[k] = {{halves(0), halves(1), halves(2), 0}, graph.column[k]};
        }
    } else {
        entry_ = graph.coupling;
        for (std::size_t k = 0; k < entry_.size(); ++k) entry_[k][3] = std::bit_cast<float>(graph.column[k]);
    }
}

std::size_t PackedMatrix::bytes() const
{
    return row_start_.size() * sizeof(std::uint32_t) + counted_.size() * sizeof(Counted) +
           (entry_.size() + diagonal_.size() + inverse_.size()) * sizeof(Float4);
}

void PackedMatrix::neighbour_sums(std::int32_t slice, const Float4* x, Float4* sums) const
{
    constexpr Int4 couplings{-1, -1, -1, 0};
    const std::uint32_t* start = row_start_.data() + slice * slice_rows;
    for (int row = 0; row < slice_rows; ++row) {
        Float4 sum{};
        if (!counted_.empty()) {
            for (std::size_t k = start[row]; k < start[row + 1]; ++k)
                sum += to_floats(counted_[k].halves) * x[counted_[k].column];
            sums[row] = 0.5F * sum;
        } else {
            for (std::size_t k = start[row]; k < start[row + 1]; ++k) {
                const auto bits = std::bit_cast<Int4>(entry_[k]);
                sum += std::bit_cast<Float4>(bits & couplings) * x[bits[3]];
            }
            sums[row] = sum;
        }
    }
}

} // namespace lapilli::multigrid
