// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "multigrid/aggregate.hpp"

#include "brick/morton.hpp"
#include "diffusion/coupling.hpp"
#include "multigrid/strong_sets.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace lapilli::multigrid {

namespace {

using Labels = std::array<std::int8_t, 8>; // component of each corner of a block, -1: solid

constexpr std::array<std::array<int, 2>, 12> block_edges{
    {{0, 1}, {2, 3}, {4, 5}, {6, 7}, {0, 2}, {1, 3}, {4, 6}, {5, 7}, {0, 4}, {1, 5}, {2, 6}, {3, 7}}};
constexpr Axis axis_of(const std::array<int, 2>& edge)
{
    const int step = edge[1] - edge[0];
    return step == 1 ? Axis::x : step == 2 ? Axis::y : Axis::z;
}

/// Components of the corners in `corners`, joined by the edges in `edges` (bits of block_edges), numbered by first corner.
constexpr Labels block_components(unsigned corners, unsigned edges)
{
    std::array<int, 8> root{0, 1, 2, 3, 4, 5, 6, 7};
    for (int sweep = 0; sweep < 8; ++sweep)
        for (unsigned e = 0; e < block_edges.size(); ++e) {
            const std::size_t a = block_edges[e][0];
            const std::size_t b = block_edges[e][1];
            if ((edges >> e & 1) == 0 || (corners >> a & 1) == 0 || (corners >> b & 1) == 0) continue;
            root[a] = root[b] = std::min(root[a], root[b]);
        }
    Labels labels{};
    int count = 0;
    for (int c = 0; c < 8; ++c) {
        if ((corners >> c & 1) == 0)
            labels[c] = -1;
        else
            labels[c] = root[c] == c ? count++ : labels[root[c]];
    }
    return labels;
}

std::array<Labels, 256> all_patterns(unsigned edges)
{
    std::array<Labels, 256> patterns{};
    for (unsigned corners = 0; corners < 256; ++corners) patterns[corners] = block_components(corners, edges);
    return patterns;
}

/// Bits of block_edges along some axes. @param axes  bits
unsigned edges_along(unsigned axes)
{
    unsigned edges = 0;
    for (unsigned e = 0; e < block_edges.size(); ++e)
        if ((axes >> index(axis_of(block_edges[e])) & 1) != 0) edges |= 1U << e;
    return edges;
}

/// Bits of the axes along which the grid joins voxels of a block.
unsigned joined_axes(const StretchedGrid& grid)
{
    unsigned axes = 0;
    for (const Axis axis : all_axes)
        if (grid.levels(axis) == 0) axes |= 1U << index(axis);
    return axes;
}

/// Those of them that unite_strong() leaves inside sets.
unsigned strong_edges(const StretchedGrid& grid, unsigned joined, const brick::Tile<float>& conductivity,
                      const std::array<float, 8>& fixed, const brick::Position& block, float strength)
{
    using Tile = brick::Tile<float>;
    const auto weight = [&](Axis axis) { return widen(grid.edges().weight(axis)); };
    constexpr std::array strides{std::pair{Axis::x, 1}, std::pair{Axis::y, Tile::row_stride},
                                 std::pair{Axis::z, Tile::plane_stride}};
    std::array<float, 8> sigma{};
    std::array<double, 8> diagonal{};
    for (int c = 0; c < 8; ++c) {
        const float* v = conductivity.row(2 * block.y + (c >> 1 & 1), 2 * block.z + (c >> 2)) + 2 * block.x + (c & 1);
        sigma[c] = *v;
        diagonal[c] = fixed[c];
        for (const auto& [axis, stride] : strides)
            for (const int step : {-stride, stride}) diagonal[c] += weight(axis) * diffusion::coupling(sigma[c], v[step]);
    }
    std::vector<Link> links;
    for (unsigned e = 0; e < block_edges.size(); ++e) {
        if ((joined >> e & 1) == 0) continue;
        const auto& edge = block_edges[e];
        const auto [a, b] = edge;
        const auto coupling = weight(axis_of(edge)) * diffusion::coupling(sigma[a], sigma[b]);
        if (coupling > 0) links.push_back({edge[0], edge[1], coupling});
    }
    morphology::DisjointSets<std::int32_t> sets(8);
    unite_strong(sets, diagonal, links, strength);
    unsigned edges = 0;
    for (unsigned e = 0; e < block_edges.size(); ++e)
        if ((joined >> e & 1) != 0 && sets.root(block_edges[e][0]) == sets.root(block_edges[e][1])) edges |= 1U << e;
    return edges;
}

} // namespace

BrickAggregates aggregate_blocks(const brick::Brick& brick, const StretchedGrid& grid,
                                 const brick::Tile<float>* conductivity, float strength, const float* fixed)
{
    static const auto patterns_of_axes = [] {
        std::array<std::array<Labels, 256>, 8> all{};
        for (unsigned axes = 0; axes < all.size(); ++axes) all[axes] = all_patterns(edges_along(axes));
        return all;
    }();
    const unsigned axes = joined_axes(grid), joined = edges_along(axes);
    const auto& patterns = patterns_of_axes[axes];
    BrickAggregates result;
    result.of_pore.resize(brick.pores);
    for (std::uint64_t code = 0; code < 512; ++code) {
        const auto block = brick::from_morton(code);
        const auto row = [&](int c) -> int { return (2 * block.z + (c >> 2)) * brick::edge + 2 * block.y + (c >> 1 & 1); };
        const auto x = [&](int c) -> int { return 2 * block.x + (c & 1); };
        unsigned corners = 0;
        for (int c = 0; c < 8; ++c) corners |= (brick.mask.row[row(c)] >> x(c) & 1U) << c;
        if (corners == 0) continue;
        const auto pore_at = [&](int c) { return brick.index(row(c), x(c)) - brick.first; };
        Labels labels = patterns[corners];
        if (conductivity != nullptr) {
            std::array<float, 8> of_corner{};
            if (fixed != nullptr)
                for (int c = 0; c < 8; ++c)
                    if ((corners >> c & 1) != 0) of_corner[c] = fixed[pore_at(c)];
            labels = block_components(corners, strong_edges(grid, joined, *conductivity, of_corner, block, strength));
        }
        const auto first = result.first.size();
        for (int c = 0; c < 8; ++c) {
            const int label = labels[c];
            if (label < 0) continue;
            result.of_pore[pore_at(c)] = first + label;
            if (first + label == result.first.size()) result.first.push_back(code << 3 | c);
        }
    }
    return result;
}

namespace {

/// The links of a node to those before it in its block: visit(node, place of the entry).
template <class Value, class Visit>
void inside_block(const Graph<Value>& graph, std::span<const std::uint64_t> code, std::int32_t i, Visit&& visit)
{
    const std::size_t at = i;
    for (auto k = graph.row_start[at]; k < graph.row_start[at + 1]; ++k) {
        const std::int32_t j = graph.column[k];
        if (j < i && code[j] >> 3 == code[at] >> 3) visit(j, k);
    }
}

void unite_strong_in_blocks(const Graph<float>& graph, std::span<const std::uint64_t> code, float strength,
                            morphology::DisjointSets<std::int32_t>& sets)
{
    std::vector<std::int32_t> order(code.size()); // by block: those of a stretched grid do not follow each other
    std::iota(order.begin(), order.end(), 0);
    const auto block = [&](std::int32_t i) { return code[i] >> 3; };
    std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) { return block(a) < block(b); });
    std::vector<double> diagonal(code.size());
    std::vector<Link> links;
    for (std::size_t k = 0; k < order.size(); ++k) {
        const auto i = order[k];
        const std::size_t at = i;
        diagonal[at] = graph.dirichlet[at];
        for (auto e = graph.row_start[at]; e < graph.row_start[at + 1]; ++e) diagonal[at] += graph.coupling[e];
        inside_block(graph, code, i, [&](std::int32_t j, std::int64_t e) { links.push_back({j, i, graph.coupling[e]}); });
        if (k + 1 < order.size() && block(order[k + 1]) == block(i)) continue;
        unite_strong(sets, diagonal, links, strength);
        links.clear();
    }
}

/// Whether smoothing is enough for a node of several matrices.
bool is_held(const Graph<Float4>& graph, std::int32_t node)
{
    constexpr double enough = 0.25;
    const std::size_t at = node;
    Double4 neighbours{};
    for (auto k = graph.row_start[at]; k < graph.row_start[at + 1]; ++k) neighbours += widen(graph.coupling[k]);
    const auto held = widen(graph.dirichlet[at]) >= enough * neighbours;
    return held[0] && held[1] && held[2];
}

/// Nodes that are in no aggregate.
template <class Value>
std::vector<bool> held_nodes(const Graph<Value>& graph)
{
    std::vector<bool> held(graph.rows());
    if constexpr (std::is_same_v<Value, Float4>)
        for (std::int32_t i = 0; i < graph.rows(); ++i) held[i] = is_held(graph, i);
    return held;
}

} // namespace

template <class Value>
Aggregates aggregate(const Graph<Value>& graph, std::span<const std::uint64_t> code, float strength)
{
    Aggregates result;
    const std::int32_t n = graph.rows();
    morphology::DisjointSets<std::int32_t> sets(n);
    const auto held = held_nodes(graph);
    bool all = true;
    if constexpr (std::is_same_v<Value, float>) {
        if (strength > 0) {
            all = false;
            unite_strong_in_blocks(graph, code, strength, sets);
        }
    }
    if (all)
        for (std::int32_t i = 0; i < n; ++i)
            inside_block(graph, code, i, [&](std::int32_t j, std::int64_t) {
                if (!held[i] && !held[j]) sets.unite(i, j);
            });
    result.of_node.resize(n, -1);
    for (std::int32_t i = 0; i < n; ++i) {
        if (held[i]) continue;
        const std::int32_t root = sets.root(i);
        if (root == i) {
            result.of_node[i] = result.code.size();
            result.code.push_back(code[i] >> 3);
        } else {
            result.of_node[i] = result.of_node[root];
        }
    }
    return result;
}

Aggregates join_cut_off(const Graph<float>& graph, std::span<const std::uint64_t> code)
{
    constexpr std::int32_t alone = -1, is_joined = -2;
    constexpr double enough = 0.5;
    const std::int32_t n = graph.rows();
    std::vector<std::int32_t> joins(n, alone);
    for (std::int32_t i = 0; i < n; ++i) {
        if (joins[i] == is_joined) continue;
        const std::size_t at = i;
        double sum = 0, most = 0;
        std::int32_t strongest = alone;
        for (auto k = graph.row_start[at]; k < graph.row_start[at + 1]; ++k) {
            const double coupling = graph.coupling[k];
            sum += coupling;
            if (coupling <= most) continue;
            most = coupling;
            strongest = graph.column[k];
        }
        if (strongest == alone || most < enough * sum || joins[strongest] >= 0) continue;
        joins[i] = strongest;
        joins[strongest] = is_joined;
    }
    Aggregates result{std::vector<std::int32_t>(n), {}};
    for (std::int32_t i = 0; i < n; ++i) {
        if (joins[i] >= 0) continue;
        result.of_node[i] = result.code.size();
        result.code.push_back(code[i]);
    }
    for (std::int32_t i = 0; i < n; ++i)
        if (joins[i] >= 0) result.of_node[i] = result.of_node[joins[i]];
    return result;
}

template Aggregates aggregate(const Graph<float>&, std::span<const std::uint64_t>, float);
template Aggregates aggregate(const Graph<Float4>&, std::span<const std::uint64_t>, float);

} // namespace lapilli::multigrid
