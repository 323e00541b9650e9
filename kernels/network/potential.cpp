// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/potential.hpp"

#include "core/error.hpp"
#include "morphology/disjoint_sets.hpp"

#include <Eigen/SparseCholesky>

namespace lapilli::network {

namespace {

using Matrix = Eigen::SparseMatrix<double>;
using Vector = Eigen::VectorXd;

/// A port for the first node of each set of nodes that has none.
std::vector<Port> with_anchors(std::size_t nodes, std::span<const Link> links, std::span<const Port> ports,
                               const Vector& diagonal)
{
    morphology::DisjointSets<std::uint32_t> sets(nodes);
    for (const auto& link : links) sets.unite(link.a, link.b);
    std::vector<bool> held(nodes, false);
    for (const auto& port : ports) held[sets.root(port.node)] = true;
    std::vector<Port> all(ports.begin(), ports.end());
    for (std::uint32_t i = 0; i < nodes; ++i)
        if (sets.root(i) == i && !held[i]) all.push_back({i, diagonal[i] > 0 ? diagonal[i] : 1.0, 0});
    return all;
}

/// The equations, scaled so that their diagonal is 1.
struct Balance {
    Matrix matrix;
    Vector scale, inflow;

    Balance(std::size_t nodes, std::span<const Link> links, std::span<const Port> ports)
        : matrix(static_cast<Eigen::Index>(nodes), static_cast<Eigen::Index>(nodes)),
          scale(Vector::Zero(static_cast<Eigen::Index>(nodes))), inflow(scale)
    {
        auto diagonal = scale;
        for (const auto& [a, b, g, gain] : links) {
            if (a == b) continue; // as much leaves as comes in
            diagonal[a] += g;
            diagonal[b] += g;
            inflow[a] -= g * gain;
            inflow[b] += g * gain;
        }
        for (const auto& [node, g, potential] : with_anchors(nodes, links, ports, diagonal)) {
            diagonal[node] += g;
            inflow[node] += g * potential;
        }
        scale = diagonal.cwiseSqrt().cwiseInverse();
        inflow = inflow.cwiseProduct(scale);
        std::vector<Eigen::Triplet<double>> entries;
        for (std::size_t i = 0; i < nodes; ++i) entries.emplace_back(i, i, 1);
        for (const auto& [a, b, g, gain] : links) {
            if (a == b) continue;
            const double entry = -g * scale[a] * scale[b];
            entries.emplace_back(a, b, entry);
            entries.emplace_back(b, a, entry);
        }
        matrix.setFromTriplets(entries.begin(), entries.end());
    }
};

} // namespace

std::vector<double> potentials(std::size_t nodes, std::span<const Link> links, std::span<const Port> ports)
{
    if (nodes == 0) return {};
    const Balance balance(nodes, links, ports);
    const Eigen::SimplicialLDLT<Matrix> factors(balance.matrix);
    const Vector solution = factors.solve(balance.inflow);
    if (factors.info() != Eigen::Success || !solution.allFinite())
        throw failure("the equations of the pore network cannot be solved; expected conductances that are positive numbers; "
                      "report the image as a bug");
    const Vector potential = solution.cwiseProduct(balance.scale);
    return {potential.begin(), potential.end()};
}

double inflow(std::span<const double> potentials, std::span<const Port> ports, double through)
{
    double flux = 0;
    for (const auto& [node, g, potential] : ports)
        if (potential == through) flux += g * (potential - potentials[node]);
    return flux;
}

} // namespace lapilli::network
