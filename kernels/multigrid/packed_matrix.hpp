// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "multigrid/graph.hpp"

#include <array>
#include <type_traits>

namespace lapilli::multigrid {

/// Three matrices on one graph, one vector lane a matrix; the fourth lane is zero. Sums over rows wait for memory, so
/// entries are small: couplings that count faces, which those between voxels and small aggregates do, take a byte each.
class PackedMatrix {
public:
    PackedMatrix() = default;
    explicit PackedMatrix(const Graph<Float4>& graph);

    std::int32_t rows() const { return rows_; }
    std::int32_t slices() const { return padded_rows(rows_) / slice_rows; }
    const Float4* diagonal() const { return diagonal_.data(); }
    const Float4* inverse_diagonal() const { return inverse_.data(); }
    const Float4* own() const { return diagonal(); } ///< as of SlicedMatrix; sums are never of differences
    std::size_t bytes() const;
    void neighbour_sums(std::int32_t slice, const Float4* x, Float4* sums) const;

private:
    struct Counted {
        std::array<std::uint8_t, 4> halves; ///< couplings times two, the last one 0
        std::int32_t column;
    };

    static constexpr int side_by_side = 4;

    std::int32_t rows_ = 0;
    std::vector<std::uint32_t> group_start_; ///< of the entries of four rows, entry k of each before entry k + 1 of any
    std::vector<Counted> counted_;           ///< all entries, or none
    std::vector<Float4> entry_;              ///< else: three couplings and, in the fourth lane, the bits of the column
    std::vector<Float4> diagonal_;
    std::vector<Float4> inverse_;
};

template <class Value>
using Matrix = std::conditional_t<std::is_same_v<Value, float>, SlicedMatrix, PackedMatrix>;

} // namespace lapilli::multigrid
