// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "morphology/components.hpp"
#include "multigrid/aggregate.hpp"
#include "multigrid/block_faces.hpp"
#include "multigrid/block_network.hpp"
#include "multigrid/graph.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <set>

using namespace lapilli;

namespace {

brick::Brick random_brick(unsigned seed, double porosity)
{
    std::mt19937 random(seed);
    std::bernoulli_distribution pore(porosity);
    brick::Brick b;
    for (auto& row : b.mask.row)
        for (int x = 0; x < brick::edge; ++x)
            if (pore(random)) row = static_cast<std::uint16_t>(row | 1U << x);
    b.number(0);
    return b;
}

/// Components by repeated flooding, the slow and plain way; `same_cell` says which neighbours may be joined.
template <class Joined>
std::vector<int> flood(const brick::Brick& b, Joined&& joined)
{
    std::vector<std::array<int, 3>> where;
    brick::for_each_pore(b, [&](int r, int x, int) { where.push_back({x, r % brick::edge, r / brick::edge}); });
    std::map<std::array<int, 3>, int> index;
    for (std::size_t i = 0; i < where.size(); ++i) index[where[i]] = static_cast<int>(i);
    std::vector<int> label(where.size(), -1);
    for (std::size_t start = 0; start < where.size(); ++start) {
        if (label[start] >= 0) continue;
        std::vector<std::size_t> stack{start};
        label[start] = static_cast<int>(start);
        while (!stack.empty()) {
            const auto i = stack.back();
            stack.pop_back();
            for (std::size_t axis = 0; axis < 3; ++axis)
                for (const int step : {-1, 1}) {
                    auto p = where[i];
                    p[axis] += step;
                    const auto at = index.find(p);
                    if (at == index.end() || label[static_cast<std::size_t>(at->second)] >= 0 || !joined(where[i], p))
                        continue;
                    label[static_cast<std::size_t>(at->second)] = static_cast<int>(start);
                    stack.push_back(static_cast<std::size_t>(at->second));
                }
        }
    }
    return label;
}

/// Two labellings that tell the same sets apart.
template <class A, class B>
bool same_sets(const A& a, const B& b)
{
    std::map<int, int> ab, ba;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (ab.emplace(a[i], b[i]).first->second != b[i] || ba.emplace(b[i], a[i]).first->second != a[i]) return false;
    return a.size() == b.size();
}

} // namespace

TEST_CASE("the components of a brick are those of a flood fill")
{
    for (unsigned seed = 0; seed < 12; ++seed) {
        const auto b = random_brick(seed, 0.1 + 0.07 * seed);
        std::vector<std::uint16_t> component(static_cast<std::size_t>(b.pores));
        const int count = morphology::label_components(b, component);
        const auto expected = flood(b, [](const auto&, const auto&) { return true; });
        CHECK(same_sets(component, expected));
        CHECK(count == static_cast<int>(std::set<int>(expected.begin(), expected.end()).size()));
    }
}

TEST_CASE("contacts across a face name every pair of pores that touch, by component")
{
    const auto a = random_brick(1, 0.5), b = random_brick(2, 0.5);
    for (int face = 0; face < brick::faces; ++face) {
        int wrong = 0, count = 0;
        morphology::for_each_contact(a, b, face, [&](int, int) { ++count; });
        const auto layer = brick::face_layer(a, face);
        for (int r = 0; r < brick::rows; ++r)
            wrong += (layer.row[static_cast<std::size_t>(r)] & ~a.mask.row[static_cast<std::size_t>(r)]) != 0;
        CHECK(wrong == 0);
        CHECK(count > 0);
    }
}

TEST_CASE("aggregates are the components inside each block of 2 x 2 x 2 voxels")
{
    for (unsigned seed = 0; seed < 6; ++seed) {
        const auto b = random_brick(seed, 0.2 + 0.1 * seed);
        const auto aggregates = multigrid::aggregate_blocks(b, multigrid::StretchedGrid(), nullptr, 0);
        const auto expected = flood(b, [](const auto& p, const auto& q) {
            return p[0] / 2 == q[0] / 2 && p[1] / 2 == q[1] / 2 && p[2] / 2 == q[2] / 2;
        });
        CHECK(same_sets(aggregates.of_pore, expected));
        CHECK(std::is_sorted(aggregates.first.begin(), aggregates.first.end()));
    }
}

TEST_CASE("weak couplings are not aggregated over")
{
    brick::Brick b;
    for (int x = 0; x < 4; ++x) b.mask.set(x, 0, 0);
    b.number(0);
    std::vector<float> sigma(4 + 2 * brick::field_padding, 0);
    sigma[0] = sigma[2] = sigma[3] = 1;
    sigma[1] = 1e-3F;
    brick::Tile<float> tile;
    brick::unpack(b, std::span<const brick::Brick>(&b, 1), sigma.data(), tile);
    CHECK(multigrid::aggregate_blocks(b, multigrid::StretchedGrid(), &tile, 0).first.size() == 2);
    // the first two voxels couple with 2e-3 only, which is the largest coupling that either has: they stay together
    CHECK(multigrid::aggregate_blocks(b, multigrid::StretchedGrid(), &tile, 0.25F).first.size() == 2);
    sigma[0] = 1e-3F;
    sigma[1] = 1;
    brick::unpack(b, std::span<const brick::Brick>(&b, 1), sigma.data(), tile);
    CHECK(multigrid::aggregate_blocks(b, multigrid::StretchedGrid(), &tile, 0.25F).first.size() == 2);
}

TEST_CASE("a badly conducting voxel does not glue two well-conducting ones together")
{
    // along x: good and bad in one block, good beyond it on both sides; in the block above it two good ones at its ends
    brick::Brick b;
    for (int x = 0; x < 6; ++x)
        for (int y = 0; y < 2; ++y) b.mask.set(x, y, 0);
    b.number(0);
    std::vector<float> sigma(12 + 2 * brick::field_padding, 0);
    for (std::size_t i = 0; i < 12; ++i) sigma[i] = 1e-6F;
    for (const std::size_t good : {1U, 2U, 9U, 10U}) sigma[good] = 1; // (1, 0), (2, 0) and (3, 1), (4, 1)
    brick::Tile<float> tile;
    brick::unpack(b, std::span<const brick::Brick>(&b, 1), sigma.data(), tile);
    const auto aggregates = multigrid::aggregate_blocks(b, multigrid::StretchedGrid(), &tile, 0.1F);
    CHECK(aggregates.first.size() == 4); // the middle block has two
    CHECK(aggregates.of_pore[2] != aggregates.of_pore[9]);

    // a good voxel alone goes to any of them, but not where it is held at an outer face
    std::vector<float> fixed(12, 0);
    sigma[6] = 1;
    brick::unpack(b, std::span<const brick::Brick>(&b, 1), sigma.data(), tile);
    const auto one = multigrid::aggregate_blocks(b, multigrid::StretchedGrid(), &tile, 0.1F, fixed.data()).of_pore;
    CHECK(one[1] == one[6]);
    fixed[6] = 2;
    const auto two = multigrid::aggregate_blocks(b, multigrid::StretchedGrid(), &tile, 0.1F, fixed.data()).of_pore;
    CHECK(two[1] != two[6]);
}

TEST_CASE("a network of pores in a block takes the energy that its resistances say")
{
    multigrid::BlockNetwork<float> chain; // four voxels around a square, one after the other, but for the last link
    multigrid::BlockNetwork<double> ring{EdgeRatios{}};
    chain.add(1, 1, 1); // 0 - 1 - 3: two resistances of one
    chain.add(0, 0, 1);
    chain.add(2, -1, 1);
    CHECK(chain.energy() == Approx(2).epsilon(1e-6));
    for (const int corner : {0, 1, 2, 3}) ring.add(corner, corner == 0 ? 1 : corner == 3 ? -1 : 0, corner == 1 ? 1e-6F : 1);
    CHECK(ring.energy() == Approx(1 / (1 / 2.0 + 1e-6)).epsilon(1e-5)); // beside the two good links two bad ones in a row
    multigrid::BlockNetwork<float> cube; // from corner to corner of a cube of unit resistances: 5/6
    for (int corner = 0; corner < 8; ++corner) cube.add(corner, corner == 0 ? 1 : corner == 7 ? -1 : 0, 1);
    CHECK(cube.energy() == Approx(5.0 / 6).epsilon(1e-6));
}

TEST_CASE("a block that is one aggregate and meets one beyond each face is seen as its voxels are one by one")
{
    std::size_t seen = 0, others = 0;
    for (const double porosity : {0.3, 0.7, 0.95}) {
        const auto b = random_brick(7, porosity);
        const auto aggregates = multigrid::aggregate_blocks(b, multigrid::StretchedGrid(), nullptr, 0);
        multigrid::Places places;
        std::mt19937 random(8);
        const std::array<std::int32_t, 8> halo{0, 0, 5000, 5000, 5000, 5000, 5000, 6000};
        for (int z = -1; z <= brick::edge; ++z)
            for (int y = -1; y <= brick::edge; ++y)
                for (int x = -1; x <= brick::edge; ++x) places.row(y, z)[x] = halo[random() % halo.size()];
        for (int r = 0; r < brick::rows; ++r)
            for (int x = 0; x < brick::edge; ++x) places.row(r % brick::edge, r / brick::edge)[x] = 0;
        brick::for_each_pore(b, [&](int r, int x, int pore) {
            places.row(r % brick::edge, r / brick::edge)[x] = 1 + aggregates.of_pore[static_cast<std::size_t>(pore)];
        });
        places.row(0, 0)[-1] = places.row(0, 0)[0]; // as of a periodic image that ends there

        int pores = 0;
        multigrid::for_each_block(b, [&](unsigned bits, int x, int y, int z) {
            std::set<std::int32_t> own;
            std::array<std::map<std::int32_t, int>, brick::faces> beyond; // contacts with each
            const auto pore = [&](int c) { return places.row(y + (c >> 1 & 1), z + (c >> 2)) + x + (c & 1); };
            for (int c = 0; c < 8; ++c)
                if ((bits >> c & 1) != 0) {
                    ++pores;
                    own.insert(*pore(c));
                    CHECK(*pore(c) != 0);
                }
            for (int c = 0; c < 8; ++c)
                for (std::size_t axis = 0; axis < 3; ++axis) {
                    const std::size_t face = 2 * axis + (static_cast<unsigned>(c) >> axis & 1U);
                    const auto there = pore(c)[multigrid::steps_beyond[face]];
                    if ((bits >> c & 1) != 0 && there != 0 && there != *pore(c)) ++beyond[face][there];
                }
            const bool one = own.size() == 1 && std::all_of(beyond.begin(), beyond.end(),
                                                            [](const auto& of_face) { return of_face.size() < 2; });
            const auto found = multigrid::faces_of_one(pore(0), bits);
            REQUIRE(found.has_value() == one);
            ++(one ? seen : others);
            if (!one) return;
            CHECK(found->here == *own.begin());
            for (std::size_t face = 0; face < brick::faces; ++face) {
                const auto& of_face = beyond[face];
                CHECK(found->there[face] == (of_face.empty() ? 0 : of_face.begin()->first));
                CHECK(found->contacts(face) == (of_face.empty() ? 0 : of_face.begin()->second));
            }
        });
        CHECK(pores == b.pores);
    }
    CHECK(seen > 300);
    CHECK(others > 300);
}
