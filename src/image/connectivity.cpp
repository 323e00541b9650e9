// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/connectivity.hpp"

#include "image/joint_components.hpp"
#include "morphology/components.hpp"

#include <algorithm>

namespace lapilli::image {

namespace {

using Component = Connectivity::Component;

/// Which faces of the image a pore touches, as in Component::faces.
std::uint8_t touched_faces(const PoreSpace& pores, const brick::Brick& brick, int row, int x)
{
    unsigned touched = 0;
    for (const Axis axis : all_axes) {
        const auto c = pores.coordinate(brick, axis, row, x);
        if (c == 0) touched |= 1U << (2 * index(axis));
        if (c == pores.shape().along(axis) - 1) touched |= 2U << (2 * index(axis));
    }
    return touched;
}

bool has_outer_faces(const PoreSpace& pores, const brick::Brick& brick)
{
    if (pores.beyond() == Boundary::periodic) return false;
    return std::any_of(all_axes.begin(), all_axes.end(), [&](Axis axis) {
        const auto first = pores.coordinate(brick, axis, 0, 0);
        return first == 0 || first + brick::edge >= pores.shape().along(axis);
    });
}

/// Components inside each brick ("pieces"), their sizes and touched faces.
std::vector<Component> label_pieces(const PoreSpace& pores, Connectivity& result)
{
    std::vector<Component> pieces;
    result.piece.resize(pores.pores());
    for (const auto& b : pores.owned_bricks()) {
        const auto of_brick = std::span(result.piece).subspan(b.first, b.pores);
        const auto first = pieces.size();
        result.first_piece.push_back(first);
        pieces.resize(first + (morphology::label_components(b, of_brick)));
        for (const auto piece : of_brick) ++pieces[first + piece].pores;
        if (!has_outer_faces(pores, b)) continue;
        brick::for_each_pore(
            b, [&](int row, int x, int pore) { pieces[first + of_brick[pore]].faces |= touched_faces(pores, b, row, x); });
    }
    return pieces;
}

/// Unites the pieces of owned bricks across brick faces.
void unite_owned(const PoreSpace& pores, const Connectivity& c, morphology::WindingSets<std::int32_t>& sets)
{
    const auto bricks = pores.owned_bricks();
    for (std::size_t i = 0; i < bricks.size(); ++i)
        for (const int face : {brick::x_upper, brick::y_upper, brick::z_upper}) {
            const std::size_t n = bricks[i].neighbour[face];
            if (bricks[i].neighbour[face] < 0 || n >= bricks.size()) continue;
            const auto steps = steps_across(pores, bricks[i], face);
            morphology::for_each_contact(bricks[i], bricks[n], face, [&](int a, int b) {
                sets.unite(c.first_piece[i] + c.piece[bricks[i].first + a], c.first_piece[n] + c.piece[bricks[n].first + b],
                           steps);
            });
        }
}

void count_components(const parallel::Communicator& comm, std::vector<Component>& counted, Connectivity& result)
{
    constexpr std::size_t listed = 10;
    std::sort(counted.begin(), counted.end(), [](const Component& a, const Component& b) { return a.pores > b.pores; });
    for (const auto& component : counted)
        for (const Axis axis : all_axes)
            if (component.percolates(axis)) {
                ++result.percolating[axis];
                result.connected_pores[axis] += component.pores;
            }
    result.count = comm.sum(std::ssize(counted));
    comm.sum(result.percolating.values);
    comm.sum(result.connected_pores.values);
    std::vector<std::int64_t> sizes;
    for (std::size_t i = 0; i < std::min(listed, counted.size()); ++i) sizes.push_back(counted[i].pores);
    result.largest = comm.gather_all(std::span<const std::int64_t>(sizes));
    std::sort(result.largest.begin(), result.largest.end(), std::greater<>());
    result.largest.resize(std::min(listed, result.largest.size()));
}

} // namespace

Connectivity connect(const PoreSpace& pores)
{
    Connectivity result;
    const auto& comm = pores.comm();

    // 1. pieces inside bricks, united inside this rank
    const auto pieces = label_pieces(pores, result);
    LocalComponents local{.pieces = morphology::WindingSets<std::int32_t>(pieces.size()), .first_number = 0, .whole = {}};
    unite_owned(pores, result, local.pieces);
    local.first_number = comm.sum_before(std::ssize(pieces));
    std::vector<Component> united(pieces.size());
    for (std::int32_t i = 0; i < std::ssize(pieces); ++i) {
        const auto root = local.pieces.root(i);
        auto& component = united[root];
        component.pores += pieces[i].pores;
        component.faces |= pieces[i].faces;
        component.winds = local.pieces.winds(root);
    }
    for (std::size_t i = 0; i < pieces.size(); ++i)
        if (united[i].pores > 0) local.whole[local.first_number + i] = united[i];

    // 2. united across ranks
    const auto joint = join_components(pores, result, local);

    // 3. every component counted once, by the rank of its first piece
    std::vector<Component> counted;
    for (auto& [number, component] : local.whole) {
        const auto at = joint.whole.find(number);
        if (at != joint.whole.end()) component = at->second;
        if (at == joint.whole.end() || joint.first.at(number) == number) counted.push_back(component);
    }
    count_components(comm, counted, result);
    for (std::int32_t i = 0; i < std::ssize(pieces); ++i)
        result.component_of_piece.push_back(local.whole.at(local.first_number + local.pieces.root(i)));
    return result;
}

bool percolate_alike(const PoreSpace& pores, const Connectivity& connectivity, Axis a, Axis b)
{
    const auto& mine = connectivity.component_of_piece;
    const std::int64_t differ = std::count_if(mine.begin(), mine.end(), [&](const Component& component) {
        return component.percolates(a) != component.percolates(b);
    });
    return pores.comm().sum(differ) == 0;
}

namespace {

template <class Keep>
BrickSet trim_to(const PoreSpace& pores, const Connectivity& connectivity, Keep&& keep)
{
    BrickSet kept;
    const auto bricks = pores.owned_bricks();
    for (std::size_t i = 0; i < bricks.size(); ++i) {
        brick::Mask mask;
        brick::for_each_pore(bricks[i], [&](int row, int x, int pore) {
            const std::size_t index = bricks[i].first + pore;
            const std::size_t piece = connectivity.first_piece[i] + connectivity.piece[index];
            if (!keep(connectivity.component_of_piece[piece])) return;
            mask.set(x, row % brick::edge, row / brick::edge);
            if (!pores.phases().empty()) kept.phases.push_back(pores.phases()[index]);
        });
        if (mask.count() == 0) continue;
        kept.codes.push_back(bricks[i].code);
        kept.masks.push_back(mask);
    }
    return kept;
}

} // namespace

BrickSet trim(const PoreSpace& pores, const Connectivity& connectivity, Axis axis)
{
    return trim_to(pores, connectivity, [&](const Component& component) { return component.percolates(axis); });
}

BrickSet trim(const PoreSpace& pores, const Connectivity& connectivity)
{
    return trim_to(pores, connectivity, [](const Component& component) {
        return std::any_of(all_axes.begin(), all_axes.end(), [&](Axis axis) { return component.percolates(axis); });
    });
}

BrickSet smaller_than(const PoreSpace& pores, const Connectivity& connectivity, std::int64_t least)
{
    return trim_to(pores, connectivity, [&](const Component& component) { return component.pores < least; });
}

} // namespace lapilli::image
