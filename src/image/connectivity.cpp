// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/connectivity.hpp"

#include "morphology/components.hpp"
#include "morphology/disjoint_sets.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace lapilli::image {

namespace {

using morphology::DisjointSets;
using Component = Connectivity::Component;

/// Which faces of the image a pore touches, as in Component::faces.
std::uint8_t touched_faces(const PoreSpace& pores, const brick::Brick& brick, int row, int x)
{
    unsigned touched = 0;
    for (const Axis axis : all_axes) {
        const auto c = pores.coordinate(brick, axis, row, x);
        if (c == 0) touched |= 1U << (2 * static_cast<int>(axis));
        if (c == pores.shape().along(axis) - 1) touched |= 2U << (2 * static_cast<int>(axis));
    }
    return static_cast<std::uint8_t>(touched);
}

bool at_border(const PoreSpace& pores, const brick::Brick& brick)
{
    return std::any_of(all_axes.begin(), all_axes.end(), [&](Axis axis) {
        const auto first = pores.coordinate(brick, axis, 0, 0);
        return first == 0 || first + brick::edge >= pores.shape().along(axis);
    });
}

/// Components inside each brick ("pieces"), their sizes and touched faces.
std::vector<Component> label_pieces(const PoreSpace& pores, Connectivity& result)
{
    std::vector<Component> pieces;
    result.piece.resize(static_cast<std::size_t>(pores.pores()));
    for (const auto& b : pores.owned_bricks()) {
        const auto of_brick =
            std::span(result.piece).subspan(static_cast<std::size_t>(b.first), static_cast<std::size_t>(b.pores));
        const auto first = pieces.size();
        result.first_piece.push_back(static_cast<std::int32_t>(first));
        pieces.resize(first + static_cast<std::size_t>(morphology::label_components(b, of_brick)));
        for (const auto piece : of_brick) ++pieces[first + piece].pores;
        if (!at_border(pores, b)) continue;
        brick::for_each_pore(b, [&](int row, int x, int pore) {
            auto& faces = pieces[first + of_brick[static_cast<std::size_t>(pore)]].faces;
            faces = static_cast<std::uint8_t>(faces | touched_faces(pores, b, row, x));
        });
    }
    return pieces;
}

/// Unites the pieces of owned bricks across brick faces.
void unite_owned(const PoreSpace& pores, const Connectivity& c, DisjointSets<std::int32_t>& sets)
{
    const auto bricks = pores.owned_bricks();
    for (std::size_t i = 0; i < bricks.size(); ++i)
        for (const int face : {brick::x_upper, brick::y_upper, brick::z_upper}) {
            const auto n = static_cast<std::size_t>(bricks[i].neighbour[static_cast<std::size_t>(face)]);
            if (bricks[i].neighbour[static_cast<std::size_t>(face)] < 0 || n >= bricks.size()) continue;
            morphology::for_each_contact(bricks[i], bricks[n], face, [&](int a, int b) {
                sets.unite(c.first_piece[i] + c.piece[static_cast<std::size_t>(bricks[i].first + a)],
                           c.first_piece[n] + c.piece[static_cast<std::size_t>(bricks[n].first + b)]);
            });
        }
}

struct Contact {
    std::int64_t a = 0;
    std::int64_t b = 0;
    friend auto operator<=>(const Contact&, const Contact&) = default;
};

/// Pairs of local components that touch across ranks, by the global number of their first piece; those of all ranks.
std::vector<Contact> contacts_across_ranks(const PoreSpace& pores, const Connectivity& c, DisjointSets<std::int32_t>& sets,
                                           std::int64_t first_number)
{
    const auto root_of = [&](std::size_t brick, std::int32_t pore) {
        return first_number + sets.root(c.first_piece[brick] + c.piece[static_cast<std::size_t>(pore)]);
    };
    const auto bricks = pores.owned_bricks();
    const auto brick_of = [&](std::int32_t pore) {
        const auto after = std::upper_bound(bricks.begin(), bricks.end(), pore,
                                            [](std::int32_t p, const brick::Brick& b) { return p < b.first; });
        return static_cast<std::size_t>(after - bricks.begin()) - 1;
    };
    const auto ghost_root =
        pores.halo().ghosts_of<std::int64_t>([&](std::int32_t pore) { return root_of(brick_of(pore), pore); });

    std::vector<Contact> contacts;
    for (const std::int32_t i : pores.boundary()) {
        const auto& b = bricks[static_cast<std::size_t>(i)];
        for (int face = 0; face < brick::faces; ++face) {
            const auto n = b.neighbour[static_cast<std::size_t>(face)];
            if (n < static_cast<std::int32_t>(bricks.size())) continue;
            const auto& ghost = pores.bricks()[static_cast<std::size_t>(n)];
            morphology::for_each_contact(b, ghost, face, [&](int mine, int other) {
                contacts.push_back({root_of(static_cast<std::size_t>(i), b.first + mine),
                                    ghost_root[static_cast<std::size_t>(ghost.first + other - pores.pores())]});
            });
        }
    }
    const auto unique = [](std::vector<Contact>& list) {
        std::sort(list.begin(), list.end());
        list.erase(std::unique(list.begin(), list.end()), list.end());
    };
    unique(contacts);
    auto all = pores.comm().gather_all(std::span<const Contact>(contacts));
    unique(all);
    return all;
}

/// Unites local components across ranks: every rank sums up size and faces of those that touch another rank. Returns, for
/// each component that does, its united properties, and marks on one rank only (the owner of its first piece) that it is to
/// be counted.
struct United {
    std::unordered_map<std::int64_t, Component> component; ///< by number of the local component's first piece
    std::unordered_map<std::int64_t, std::int64_t> root;
};

United unite_across_ranks(const parallel::Communicator& comm, const std::vector<Contact>& contacts,
                          const std::map<std::int64_t, Component>& local)
{
    std::vector<std::int64_t> numbers;
    for (const auto& contact : contacts) numbers.insert(numbers.end(), {contact.a, contact.b});
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    const auto index = [&](std::int64_t number) {
        return static_cast<std::int32_t>(std::lower_bound(numbers.begin(), numbers.end(), number) - numbers.begin());
    };
    DisjointSets<std::int32_t> sets(numbers.size());
    for (const auto& contact : contacts) sets.unite(index(contact.a), index(contact.b));

    constexpr std::size_t entries = 7; // pores and six faces
    std::vector<std::int64_t> sums(numbers.size() * entries, 0);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto at = local.find(numbers[i]);
        if (at == local.end()) continue;
        auto* sum = &sums[static_cast<std::size_t>(sets.root(static_cast<std::int32_t>(i))) * entries];
        sum[0] += at->second.pores;
        for (unsigned face = 0; face < 6; ++face) sum[1 + face] += at->second.faces >> face & 1;
    }
    if (!sums.empty()) comm.sum(sums);
    United united;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto root = static_cast<std::size_t>(sets.root(static_cast<std::int32_t>(i)));
        Component whole{sums[root * entries], 0};
        for (unsigned face = 0; face < 6; ++face)
            if (sums[root * entries + 1 + face] > 0) whole.faces = static_cast<std::uint8_t>(whole.faces | 1U << face);
        united.component[numbers[i]] = whole;
        united.root[numbers[i]] = numbers[root];
    }
    return united;
}

void count_components(const parallel::Communicator& comm, std::vector<Component>& counted, Connectivity& result)
{
    constexpr std::size_t listed = 10;
    std::sort(counted.begin(), counted.end(), [](const Component& a, const Component& b) { return a.pores > b.pores; });
    for (const auto& component : counted)
        for (const Axis axis : all_axes)
            if (component.percolates(axis)) {
                ++result.percolating[static_cast<std::size_t>(axis)];
                result.connected_pores[static_cast<std::size_t>(axis)] += component.pores;
            }
    result.count = comm.sum(static_cast<std::int64_t>(counted.size()));
    comm.sum(result.percolating);
    comm.sum(result.connected_pores);
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
    DisjointSets<std::int32_t> sets(pieces.size());
    unite_owned(pores, result, sets);
    const std::int64_t first_number = comm.sum_before(static_cast<std::int64_t>(pieces.size()));
    std::vector<Component> components(pieces.size());
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        auto& root = components[static_cast<std::size_t>(sets.root(static_cast<std::int32_t>(i)))];
        root.pores += pieces[i].pores;
        root.faces = static_cast<std::uint8_t>(root.faces | pieces[i].faces);
    }

    // 2. united across ranks
    const auto contacts = contacts_across_ranks(pores, result, sets, first_number);
    std::map<std::int64_t, Component> local;
    for (std::size_t i = 0; i < pieces.size(); ++i)
        if (components[i].pores > 0) local[first_number + static_cast<std::int64_t>(i)] = components[i];
    const auto united = unite_across_ranks(comm, contacts, local);

    // 3. every component counted once, by the rank of its first piece
    std::vector<Component> counted;
    for (auto& [number, component] : local) {
        const auto at = united.component.find(number);
        if (at != united.component.end()) component = at->second;
        if (at == united.component.end() || united.root.at(number) == number) counted.push_back(component);
    }
    count_components(comm, counted, result);
    for (std::size_t i = 0; i < pieces.size(); ++i)
        result.component_of_piece.push_back(local.at(first_number + sets.root(static_cast<std::int32_t>(i))));
    return result;
}

BrickSet trim(const PoreSpace& pores, const Connectivity& connectivity, Axis axis)
{
    BrickSet kept;
    const auto bricks = pores.owned_bricks();
    for (std::size_t i = 0; i < bricks.size(); ++i) {
        brick::Mask mask;
        brick::for_each_pore(bricks[i], [&](int row, int x, int pore) {
            const auto index = static_cast<std::size_t>(bricks[i].first + pore);
            const auto piece = static_cast<std::size_t>(connectivity.first_piece[i] + connectivity.piece[index]);
            if (!connectivity.component_of_piece[piece].percolates(axis)) return;
            mask.set(x, row % brick::edge, row / brick::edge);
            if (!pores.phases().empty()) kept.phases.push_back(pores.phases()[index]);
        });
        if (mask.count() == 0) continue;
        kept.codes.push_back(bricks[i].code);
        kept.masks.push_back(mask);
    }
    return kept;
}

} // namespace lapilli::image
