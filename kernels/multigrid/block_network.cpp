// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "multigrid/block_network.hpp"

#include "core/float4.hpp"
#include "diffusion/coupling.hpp"
#include "multigrid/neumann.hpp"

#include <bit>
#include <memory>

namespace lapilli::multigrid {

namespace {

/// Inverses of the networks of all sets of corners with couplings 1; rows and columns of absent corners are zero.
using Inverses = std::array<std::array<Corners, 8>, 256>;

/// The corners in `corners` that hang together with its first one.
unsigned connected(unsigned corners)
{
    unsigned reached = corners & (~corners + 1);
    for (int sweep = 0; sweep < 8; ++sweep)
        for (unsigned c = 0; c < 8; ++c)
            for (unsigned axis = 1; axis < 8; axis *= 2)
                if ((reached >> c & 1) != 0) reached |= corners & 1U << (c ^ axis);
    return reached;
}

/// @param coupling  of a corner to the next one along an axis (1, 2, 4), as coupling(corner, axis)
template <class Coupling>
void fill(NeumannProblem& inside, unsigned corners, Coupling&& coupling)
{
    inside.start(std::popcount(corners));
    const auto node = [corners](unsigned c) { return std::popcount(corners & ((1U << c) - 1)); };
    for (unsigned c = 0; c < 8; ++c)
        for (unsigned axis = 1; axis < 8; axis *= 2)
            if ((c & axis) == 0 && (corners >> c & 1) != 0 && (corners >> (c | axis) & 1) != 0)
                inside.couple(node(c), node(c | axis), coupling(c, axis));
}

std::unique_ptr<Inverses> all_inverses()
{
    auto table = std::make_unique<Inverses>();
    NeumannProblem inside;
    for (unsigned corners = 1; corners < 256; ++corners) {
        if (connected(corners) != corners || std::popcount(corners) < 2) continue;
        for (unsigned source = 0; source < 8; ++source) {
            if ((corners >> source & 1) == 0) continue;
            fill(inside, corners, [](unsigned, unsigned) { return 1.0; });
            std::array<double, 8> b{};
            b[std::popcount(corners & ((1U << source) - 1))] = 1;
            inside.solve(std::span(b).first(std::popcount(corners)));
            std::size_t node = 0;
            for (unsigned c = 0; c < 8; ++c)
                if ((corners >> c & 1) != 0) (*table)[corners][source][c] = narrow(b[node++]);
        }
    }
    return table;
}

} // namespace

template <>
double BlockNetwork<double>::energy() const
{
    if (std::popcount(corners_) < 2) return 0;
    NeumannProblem inside;
    fill(inside, corners_, [&](unsigned c, unsigned axis) {
        return widen(weight_[axis / 2]) * diffusion::coupling(conductivity_[c], conductivity_[c | axis]);
    });
    std::array<double, 8> balance{};
    std::size_t nodes = 0;
    for (unsigned c = 0; c < 8; ++c)
        if ((corners_ >> c & 1) != 0) balance[nodes++] = balance_[c];
    return inside.solve(std::span(balance).first(nodes));
}

template <>
double BlockNetwork<float>::energy() const
{
    return energy_of_corners(corners_, balance_);
}

float energy_of_corners(unsigned corners, const Corners& balance)
{
    static const auto inverses = all_inverses();
    const auto& inverse = (*inverses)[corners];
    Corners potential{};
    for (std::size_t source = 0; source < 8; ++source) potential += balance[source] * inverse[source];
    float product = 0;
    for (std::size_t c = 0; c < 8; ++c) product += balance[c] * potential[c];
    return product;
}

template class BlockNetwork<float>;
template class BlockNetwork<double>;

} // namespace lapilli::multigrid
