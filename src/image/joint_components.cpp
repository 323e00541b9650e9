// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/joint_components.hpp"

#include "morphology/components.hpp"

#include <algorithm>
#include <compare>

namespace lapilli::image {

namespace {

using morphology::ImageSteps;

/// Two local components, of different ranks, that touch.
struct Contact {
    std::int64_t a = 0;
    std::int64_t b = 0;
    ImageSteps steps{}; ///< from the first piece of a to that of b
    friend auto operator<=>(const Contact&, const Contact&) = default;
};

template <class T>
void make_unique(std::vector<T>& list)
{
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
}

/// The contacts of all ranks.
std::vector<Contact> contacts_across_ranks(const PoreSpace& pores, const Connectivity& c, LocalComponents& local)
{
    struct Place { // of a pore: its local component, and the way to it from the component's first piece
        std::int64_t number;
        ImageSteps steps;
    };
    const auto place_of = [&](std::size_t brick, std::int32_t pore) {
        const auto p = local.pieces.place(c.first_piece[brick] + c.piece[pore]);
        return Place{local.first_number + p.root, p.steps};
    };
    const auto bricks = pores.owned_bricks();
    const auto brick_of = [&](std::int32_t pore) -> std::size_t {
        const auto after = std::upper_bound(bricks.begin(), bricks.end(), pore,
                                            [](std::int32_t p, const brick::Brick& b) { return p < b.first; });
        return after - bricks.begin() - 1;
    };
    const auto ghost_place =
        pores.halo().ghosts_of<Place>([&](std::int32_t pore) { return place_of(brick_of(pore), pore); });

    std::vector<Contact> contacts;
    for (const std::int32_t i : pores.boundary()) {
        const auto& b = bricks[i];
        for (int face = 0; face < brick::faces; ++face) {
            const auto n = b.neighbour[face];
            if (n < std::ssize(bricks)) continue;
            const auto& ghost = pores.bricks()[n];
            const auto across = steps_across(pores, b, face);
            morphology::for_each_contact(b, ghost, face, [&](int mine, int other) {
                const auto here = place_of(i, b.first + mine);
                const auto& there = ghost_place[ghost.first + other - pores.pores()];
                Contact contact{here.number, there.number, across};
                for (std::size_t axis = 0; axis < 3; ++axis) contact.steps[axis] += here.steps[axis] - there.steps[axis];
                contacts.push_back(contact);
            });
        }
    }
    make_unique(contacts);
    auto all = pores.comm().gather_all(std::span<const Contact>(contacts));
    make_unique(all);
    return all;
}

constexpr std::size_t properties = 10; ///< of a component: pores, six faces, three windings

void add_properties(const Connectivity::Component& component, std::int64_t* sum)
{
    sum[0] += component.pores;
    for (unsigned face = 0; face < 6; ++face) sum[1 + face] += component.faces >> face & 1;
    for (unsigned axis = 0; axis < 3; ++axis) sum[7 + axis] += component.winds >> axis & 1;
}

Connectivity::Component from_properties(const std::int64_t* sum)
{
    Connectivity::Component component{.pores = sum[0]};
    for (unsigned face = 0; face < 6; ++face)
        if (sum[1 + face] > 0) component.faces |= 1U << face;
    for (unsigned axis = 0; axis < 3; ++axis)
        if (sum[7 + axis] > 0) component.winds |= 1U << axis;
    return component;
}

} // namespace

morphology::ImageSteps steps_across(const PoreSpace& pores, const brick::Brick& brick, int face)
{
    ImageSteps steps{};
    steps[face / 2] = pores.image_beyond(brick, face);
    return steps;
}

JointComponents join_components(const PoreSpace& pores, const Connectivity& pieces, LocalComponents& local)
{
    // 1. every rank unites all components that touch another rank
    const auto contacts = contacts_across_ranks(pores, pieces, local);
    std::vector<std::int64_t> numbers;
    for (const auto& contact : contacts) numbers.insert(numbers.end(), {contact.a, contact.b});
    make_unique(numbers);
    const auto index = [&](std::int64_t number) -> std::int32_t {
        return std::lower_bound(numbers.begin(), numbers.end(), number) - numbers.begin();
    };
    morphology::WindingSets<std::int32_t> sets(numbers.size());
    for (const auto& contact : contacts) sets.unite(index(contact.a), index(contact.b), contact.steps);

    // 2. and sums up what their owners know of them
    std::vector<std::int64_t> sums(numbers.size() * properties, 0);
    const auto sum_of = [&](std::int32_t i) { return &sums[sets.root(i) * properties]; };
    for (std::int32_t i = 0; i < std::ssize(numbers); ++i)
        if (const auto at = local.whole.find(numbers[i]); at != local.whole.end()) add_properties(at->second, sum_of(i));
    if (!sums.empty()) pores.comm().sum(sums);

    JointComponents joint;
    for (std::int32_t i = 0; i < std::ssize(numbers); ++i) {
        const auto root = sets.root(i);
        auto& whole = joint.whole[numbers[i]] = from_properties(sum_of(i));
        whole.winds |= sets.winds(root);
        joint.first[numbers[i]] = numbers[root];
    }
    return joint;
}

} // namespace lapilli::image
