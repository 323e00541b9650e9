// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "multigrid/graph.hpp"

#include <Eigen/Core>

#include <array>
#include <cstdint>
#include <type_traits>

namespace lapilli::multigrid {

/// The inverse of a small matrix (with Float4: of each of three), for the coarsest level. Nodes without couplings at all
/// get zero. Components without any fixed value have a constant as null vector: on them it is the pseudo-inverse, which
/// knows nothing of the constant.
template <class Value>
class DenseInverse {
public:
    static constexpr std::int32_t most_rows = 600;

    DenseInverse() = default;
    explicit DenseInverse(const Graph<Value>& graph);
    bool empty() const { return rows_ == 0; }
    void solve(const Value* b, Value* x) const;
    std::size_t bytes() const { return sizeof(Entry) * matrices * rows_ * rows_; }

private:
    static constexpr int matrices = std::is_same_v<Value, float> ? 1 : 3;
    /// Of phases that conduct 10⁸ times as well as what is around them, the inverse has entries of 10⁸ that differ by 1.
    using Entry = std::conditional_t<std::is_same_v<Value, float>, double, float>;
    using Matrix = Eigen::Matrix<Entry, Eigen::Dynamic, Eigen::Dynamic>;

    std::int32_t rows_ = 0;
    std::array<Matrix, matrices> inverse_;
};

} // namespace lapilli::multigrid
