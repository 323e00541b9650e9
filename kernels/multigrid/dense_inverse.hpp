// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <vector>

namespace lapilli::multigrid {

struct Graph;

/// The inverse of a small matrix, for the coarsest level. Nodes without couplings at all get zero. Components without any
/// fixed value have a constant as null vector: on them it is the pseudo-inverse, which knows nothing of the constant.
class DenseInverse {
public:
    static constexpr std::int32_t most_rows = 600;

    DenseInverse() = default;
    explicit DenseInverse(const Graph& graph);
    bool empty() const { return rows_ == 0; }
    void solve(const float* b, float* x) const;

private:
    std::int32_t rows_ = 0;
    std::vector<float> inverse_; ///< shape (rows, padded rows): column after column, symmetric
};

} // namespace lapilli::multigrid
