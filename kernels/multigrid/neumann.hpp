// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <span>
#include <vector>

namespace lapilli::multigrid {

/// A small connected network without fixed values: A x = b where the b of all nodes add up to 0, x of the last node 0.
class NeumannProblem {
public:
    /// Forgets all couplings.
    void start(std::size_t nodes);
    /// Between two nodes; called for both directions of a symmetric pair, or twice for one.
    void couple(std::size_t a, std::size_t b, double half);
    /// In place, b to x; returns b·x, twice the least energy with which the network carries what b leaves to it.
    double solve(std::span<double> b);

private:
    std::size_t nodes_ = 0;
    std::vector<double> matrix_; ///< shape (nodes, nodes)
    std::vector<double> x_;
};

} // namespace lapilli::multigrid
