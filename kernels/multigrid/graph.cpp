// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "multigrid/graph.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace lapilli::multigrid {

namespace {

/// A value of each row of a slice.
using Lanes = float __attribute__((vector_size(slice_rows * sizeof(float))));

Lanes load(const float* from)
{
    Lanes lanes;
    std::memcpy(&lanes, from, sizeof lanes);
    return lanes;
}

/// One by one: in half the time of the instruction that gathers.
Lanes gather(const float* x, const std::int32_t* c)
{
    return Lanes{x[c[0]], x[c[1]], x[c[2]], x[c[3]], x[c[4]], x[c[5]], x[c[6]], x[c[7]]};
}

void store(const Lanes& lanes, float* to) { std::memcpy(to, &lanes, sizeof lanes); }

} // namespace

SlicedMatrix::SlicedMatrix(const Graph<float>& graph) : rows_(graph.rows()), differences_(graph.differences)
{
    const std::int32_t padded = padded_rows(rows_);
    diagonal_.resize(padded);
    inverse_.resize(padded);
    const auto start = [&](std::int32_t row) { return graph.row_start[std::min(row, rows_)]; };
    for (std::int32_t first = 0; first < rows_; first += slice_rows) {
        std::int64_t width = 0;
        for (std::int32_t row = first; row < first + slice_rows; ++row) width = std::max(width, start(row + 1) - start(row));
        slice_start_.push_back(slice_start_.back() + width * slice_rows);
    }
    column_.resize(slice_start_.back());
    coupling_.resize(column_.size());
    for (std::int32_t row = 0; row < padded; ++row) {
        const std::size_t slice = row / slice_rows;
        const std::int64_t width = (slice_start_[slice + 1] - slice_start_[slice]) / slice_rows;
        for (std::int64_t k = 0; k < width; ++k) {
            const std::size_t to = slice_start_[slice] + k * slice_rows + row % slice_rows;
            const bool real = row < rows_ && start(row) + k < start(row + 1);
            const std::size_t from = start(row) + k;
            column_[to] = real ? graph.column[from] : row; // itself, with coupling 0
            coupling_[to] = real ? graph.coupling[from] : 0.0F;
        }
    }
    set_fixed(graph.dirichlet);
}

void SlicedMatrix::set_fixed(const std::vector<float>& fixed)
{
    if (differences_) {
        dirichlet_ = fixed;
        dirichlet_.resize(diagonal_.size());
    }
    std::array<double, slice_rows> diagonal;
    for (std::int32_t s = 0; s < slices(); ++s) {
        const std::int32_t first = s * slice_rows;
        for (std::int32_t lane = 0; lane < slice_rows; ++lane)
            diagonal[lane] = first + lane < rows_ ? widen(fixed[first + lane]) : 0.0;
        for (std::int64_t k = slice_start_[s]; k < slice_start_[s + 1]; k += slice_rows)
            for (std::int32_t lane = 0; lane < slice_rows; ++lane) diagonal[lane] += coupling_[k + lane];
        for (std::int32_t lane = 0; lane < slice_rows; ++lane) {
            diagonal_[first + lane] = narrow(diagonal[lane]);
            inverse_[first + lane] = diagonal[lane] > 0 ? narrow(1 / diagonal[lane]) : 0.0F;
        }
    }
}

std::size_t SlicedMatrix::bytes() const
{
    return slice_start_.size() * 8 + column_.size() * 8 + diagonal_.size() * 8 + dirichlet_.size() * 4;
}

void SlicedMatrix::neighbour_sums(std::int32_t slice, const float* x, float* sums) const
{
    const std::size_t s = slice;
    const std::int32_t* column = column_.data();
    const float* coupling = coupling_.data();
    Lanes sum{};
    if (differences_) {
        const Lanes here = load(x + std::ptrdiff_t{slice} * slice_rows);
        for (std::int64_t k = slice_start_[s]; k < slice_start_[s + 1]; k += slice_rows)
            sum += load(coupling + k) * (gather(x, column + k) - here);
    } else {
        for (std::int64_t k = slice_start_[s]; k < slice_start_[s + 1]; k += slice_rows)
            sum += load(coupling + k) * gather(x, column + k);
    }
    store(sum, sums);
}

} // namespace lapilli::multigrid
