// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/float4.hpp"

#include <cstdint>
#include <vector>

namespace lapilli::multigrid {

/// Symmetric M-matrices as a weighted graph: (A x)_i = Σ_j c_ij (x_i - x_j) + d_i x_i; with Float4 three or four matrices on
/// one graph. Rows are this rank's nodes; columns are local indices, ghosts after the rows. The entries of a row stand in
/// ascending order of the global number of the column, so that sums over a row do not depend on how the nodes are
/// distributed.
template <class Value>
struct Graph {
    std::vector<std::int64_t> row_start{0}; ///< size rows + 1
    std::vector<std::int32_t> column;
    std::vector<Value> coupling;  ///< c_ij
    std::vector<Value> dirichlet; ///< d_i: coupling to fixed values, per row
    /// A x is summed up from differences x_i - x_j: what flows between well-conducting nodes does not drown what flows
    /// between badly conducting ones in rounding. For large contrasts.
    bool differences = false;

    std::int32_t rows() const { return std::ssize(row_start) - 1; }
};

/// Rows that are worked on together: loops have no remainder.
inline constexpr int slice_rows = 8;

/// Number of values a vector on `rows` rows needs: whole slices. Ghosts start here, so that slices are always whole.
constexpr std::int32_t padded_rows(std::int32_t rows) { return (rows + slice_rows - 1) / slice_rows * slice_rows; }

/// A matrix in slices of eight rows (SELL-8): one vector lane a row; short rows are padded with a coupling of zero.
class SlicedMatrix {
public:
    SlicedMatrix() = default;
    explicit SlicedMatrix(const Graph<float>& graph);

    std::int32_t rows() const { return rows_; }
    std::int32_t slices() const { return std::ssize(slice_start_) - 1; }
    /// Diagonal, zero in padded rows; and its inverse, zero where the diagonal is zero.
    const float* diagonal() const { return diagonal_.data(); }
    const float* inverse_diagonal() const { return inverse_.data(); }
    /// What A x has beside the sums, times x_i: the diagonal, or d_i where the sums are of differences.
    const float* own() const { return differences_ ? dirichlet_.data() : diagonal_.data(); }
    std::size_t bytes() const;
    /// Other couplings to fixed values: d_i of each row.
    void set_fixed(const std::vector<float>& fixed);

    /// Σ_j c_ij x_j of the eight rows of a slice; of a graph by differences Σ_j c_ij (x_j - x_i).
    void neighbour_sums(std::int32_t slice, const float* x, float* sums) const;

    /// The entries of a row, one by one: visit(place among all entries, column, coupling).
    template <class Visit>
    void for_each_entry(std::int32_t row, Visit&& visit) const
    {
        for_each_place(row, [&](std::size_t at, std::int32_t column) {
            if (coupling_[at] > 0) visit(at, column, widen(coupling_[at]));
        });
    }
    /// The same with those that pad short rows, whose column is the row: visit(place, column).
    template <class Visit>
    void for_each_place(std::int32_t row, Visit&& visit) const
    {
        const std::size_t s = row / slice_rows;
        for (std::int64_t k = slice_start_[s] + row % slice_rows; k < slice_start_[s + 1]; k += slice_rows)
            visit(static_cast<std::size_t>(k), column_[k]);
    }
    /// The place of an entry among all; none: -1.
    std::int64_t place(std::int32_t row, std::int32_t column) const
    {
        const std::size_t s = row / slice_rows;
        for (std::int64_t k = slice_start_[s] + row % slice_rows; k < slice_start_[s + 1]; k += slice_rows)
            if (column_[k] == column) return k;
        return -1;
    }
    std::size_t places() const { return column_.size(); }
    /// Coupling of a row to fixed values. @param couplings  the sum of its others
    double fixed(std::int32_t row, double couplings) const
    {
        const std::size_t at = row;
        if (differences_) return dirichlet_[at];
        return diagonal_[at] - couplings; // exact: the couplings of one phase count faces
    }

private:
    std::int32_t rows_ = 0;
    bool differences_ = false;
    std::vector<std::int64_t> slice_start_{0};
    std::vector<std::int32_t> column_;
    std::vector<float> coupling_;
    std::vector<float> diagonal_;
    std::vector<float> inverse_;
    std::vector<float> dirichlet_; ///< of a graph by differences
};

} // namespace lapilli::multigrid
