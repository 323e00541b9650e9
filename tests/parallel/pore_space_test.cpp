// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/catch.hpp"
#include "support/made_image.hpp"

#include "brick/tile.hpp"
#include "image/pore_neighbours.hpp"
#include "parallel/exact_total.hpp"

#include <map>

using namespace lapilli;
using parallel::Communicator;

namespace {

const std::vector<Shape> odd_shapes{{33, 20, 47}, {1, 40, 40}, {40, 1, 18}, {17, 33, 1}, {1, 1, 1}, {64, 48, 16}};
const std::vector<Shape> small_shapes{{2, 17, 31}, {31, 2, 1}, {2, 2, 2}, {17, 31, 32}, {33, 18, 34}};

/// A number that tells where a voxel is.
float place(const Shape& s, std::int64_t x, std::int64_t y, std::int64_t z)
{
    return static_cast<float>((z * s.ny + y) * s.nx + x + 1);
}

/// How many neighbours of pores the tiles have wrong, of fields that tell where a voxel is and of ones, and how many
/// pore_neighbours(). Collective.
std::int64_t wrong_neighbours(const Communicator& comm, const Shape& shape, double porosity, Boundary beyond)
{
    const auto pore = [&](auto x, auto y, auto z) { return test::noise(x, y, z, 3) < porosity; };
    const auto value = [&](std::array<std::int64_t, 3> p) {
        const std::array<std::int64_t, 3> n{shape.nx, shape.ny, shape.nz};
        for (std::size_t axis = 0; axis < 3; ++axis) {
            if (beyond == Boundary::periodic) p[axis] = (p[axis] + n[axis]) % n[axis];
            if (p[axis] < 0 || p[axis] >= n[axis]) return 0.0F;
        }
        return pore(p[0], p[1], p[2]) ? place(shape, p[0], p[1], p[2]) : 0.0F;
    };
    const image::PoreSpace pores(comm, shape, test::make_bricks(comm, shape, pore), beyond);
    auto field = pores.make_field<float>();
    const auto at = [&](const brick::Brick& b, int r, int x) {
        return std::array{pores.coordinate(b, Axis::x, r, x), pores.coordinate(b, Axis::y, r, x),
                          pores.coordinate(b, Axis::z, r, x)};
    };
    for (const auto& b : pores.owned_bricks())
        brick::for_each_pore(
            b, [&](int r, int x, int i) { field[static_cast<std::size_t>(b.first + i)] = value(at(b, r, x)); });
    pores.halo().run(field.data());
    std::int64_t wrong = 0;
    brick::Tile<float> tile, ones;
    const auto neighbours = image::pore_neighbours(pores);
    for (const auto& b : pores.owned_bricks()) {
        brick::unpack(b, pores.bricks(), field.data(), tile);
        brick::unpack_ones(b, pores.bricks(), ones);
        brick::for_each_pore(b, [&](int r, int x, int i) {
            const auto p = at(b, r, x);
            const unsigned found = neighbours[static_cast<std::size_t>(b.first + i)];
            const float* here = tile.row(r % brick::edge, r / brick::edge) + x;
            const float* one = ones.row(r % brick::edge, r / brick::edge) + x;
            const std::array<std::ptrdiff_t, 3> step{1, brick::Tile<float>::row_stride, brick::Tile<float>::plane_stride};
            for (std::size_t axis = 0; axis < 3; ++axis)
                for (const int side : {-1, 1}) {
                    auto q = p;
                    q[axis] += side;
                    const float expected = value(q);
                    wrong += here[side * step[axis]] != expected;
                    wrong += one[side * step[axis]] != (expected == 0 ? 0.0F : 1.0F);
                    wrong += (found >> (2 * axis + (side > 0 ? 1 : 0)) & 1U) != (expected == 0 ? 0U : 1U);
                }
        });
    }
    return comm.sum(wrong);
}

struct Summary {
    std::int64_t count;
    std::vector<std::int64_t> largest;
    std::array<std::int64_t, 3> percolating, connected;
    friend bool operator==(const Summary&, const Summary&) = default;
};

template <class Phase>
Summary summary(const Communicator& comm, const Shape& shape, Phase&& phase, Boundary beyond = Boundary::sealed)
{
    const image::PoreSpace pores(comm, shape, test::make_bricks(comm, shape, phase), beyond);
    const auto c = image::connect(pores);
    return {c.count, c.largest, c.percolating.values, c.connected_pores.values};
}

/// The same by flooding the unrolled image: what comes back to a voxel in another repetition than before has wound round.
template <class Pore>
Summary flood(const Shape& shape, Pore&& pore)
{
    using Place = std::array<std::int64_t, 3>;
    const Place n{shape.nx, shape.ny, shape.nz};
    const auto inside = [&](const Place& p) {
        Place q;
        for (std::size_t axis = 0; axis < 3; ++axis) q[axis] = ((p[axis] % n[axis]) + n[axis]) % n[axis];
        return q;
    };
    Summary found{};
    std::map<Place, Place> reached; // voxel -> where it was reached in the unrolled image
    for (std::int64_t z = 0; z < shape.nz; ++z)
        for (std::int64_t y = 0; y < shape.ny; ++y)
            for (std::int64_t x = 0; x < shape.nx; ++x) {
                if (!pore(x, y, z) || reached.count({x, y, z}) > 0) continue;
                std::int64_t size = 0;
                std::array<bool, 3> winds{};
                std::vector<Place> stack{{x, y, z}};
                reached[{x, y, z}] = {x, y, z};
                while (!stack.empty()) {
                    const Place p = stack.back();
                    stack.pop_back();
                    ++size;
                    for (std::size_t axis = 0; axis < 3; ++axis)
                        for (const int side : {-1, 1}) {
                            Place q = p;
                            q[axis] += side;
                            const Place voxel = inside(q);
                            if (!pore(voxel[0], voxel[1], voxel[2])) continue;
                            const auto [at, is_new] = reached.emplace(voxel, q);
                            if (is_new) stack.push_back(q);
                            for (std::size_t a = 0; a < 3; ++a) winds[a] = winds[a] || at->second[a] != q[a];
                        }
                }
                ++found.count;
                found.largest.push_back(size);
                for (std::size_t axis = 0; axis < 3; ++axis)
                    if (winds[axis]) {
                        ++found.percolating[axis];
                        found.connected[axis] += size;
                    }
            }
    std::sort(found.largest.begin(), found.largest.end(), std::greater<>());
    found.largest.resize(std::min<std::size_t>(10, found.largest.size()));
    return found;
}

} // namespace

TEST_CASE("the halo brings every pore the values of its neighbours", "[seven]")
{
    const auto comm = Communicator::world();
    for (const auto& shape : odd_shapes)
        for (const double porosity : {0.02, 0.5, 1.0}) CHECK(wrong_neighbours(comm, shape, porosity, Boundary::sealed) == 0);
}

TEST_CASE("in a periodic image of any size the halo wraps round", "[seven]")
{
    const auto comm = Communicator::world();
    for (const auto* shapes : {&odd_shapes, &small_shapes})
        for (const auto& shape : *shapes)
            for (const double porosity : {0.02, 0.5, 1.0})
                CHECK(wrong_neighbours(comm, shape, porosity, Boundary::periodic) == 0);
}

TEST_CASE("pores are numbered the same way on any number of ranks", "[seven]")
{
    const auto comm = Communicator::world();
    const Shape shape{70, 40, 50};
    const auto phase = [](auto x, auto y, auto z) { return test::noise(x, y, z, 5) < 0.3 ? 1 + (x + y + z) % 3 : 0; };
    const auto numbered = [&](const Communicator& c) {
        const image::PoreSpace pores(c, shape, test::make_bricks(c, shape, phase));
        std::vector<std::int64_t> list;
        for (const auto& b : pores.owned_bricks())
            brick::for_each_pore(b, [&](int r, int x, int i) {
                const auto p = pores.phases()[static_cast<std::size_t>(b.first + i)];
                list.push_back(
                    ((pores.coordinate(b, Axis::z, r, x) * shape.ny + pores.coordinate(b, Axis::y, r, x)) * shape.nx +
                     pores.coordinate(b, Axis::x, r, x)) *
                        8 +
                    p);
            });
        return c.gather_all(std::span<const std::int64_t>(list));
    };
    const auto alone = numbered(Communicator::self());
    CHECK(numbered(comm) == alone);
    int wrong = 0;
    for (const auto entry : alone) {
        const auto voxel = entry / 8;
        wrong += phase(voxel % shape.nx, voxel / shape.nx % shape.ny, voxel / shape.plane()) != entry % 8;
    }
    CHECK(wrong == 0);
}

TEST_CASE("components do not depend on the number of ranks", "[seven]")
{
    const auto comm = Communicator::world();
    for (const auto& shape : odd_shapes)
        for (const double porosity : {0.05, 0.25, 0.4, 1.0}) {
            const auto pore = [&](auto x, auto y, auto z) { return test::noise(x, y, z, 11) < porosity; };
            CHECK(summary(comm, shape, pore) == summary(Communicator::self(), shape, pore));
        }
}

TEST_CASE("components of periodic images are those of a flood that keeps count of repetitions", "[seven]")
{
    const auto comm = Communicator::world();
    for (const auto* shapes : {&odd_shapes, &small_shapes})
        for (const auto& shape : *shapes)
            for (const double porosity : {0.05, 0.25, 0.3, 0.33, 0.4, 1.0}) {
                const auto pore = [&](auto x, auto y, auto z) { return test::noise(x, y, z, 13) < porosity; };
                const auto flooded = flood(shape, pore);
                CHECK(summary(comm, shape, pore, Boundary::periodic) == flooded);
                CHECK(summary(Communicator::self(), shape, pore, Boundary::periodic) == flooded);
            }
}

TEST_CASE("a pore that winds through all ranks is one component")
{
    const auto comm = Communicator::world();
    const Shape shape{60, 60, 60};
    // a snake: planes of z joined at alternating ends
    const auto snake = [](auto, auto y, auto z) { return z % 2 == 0 || (z % 4 == 1 ? y == 59 : y == 0); };
    const auto s = summary(comm, shape, snake);
    CHECK(s.count == 1);
    CHECK(s.percolating == std::array<std::int64_t, 3>{1, 1, 0 + 1});
    // diagonal contacts do not connect
    const auto diagonal = summary(comm, {8, 8, 8}, [](auto x, auto y, auto z) { return (x + y + z) % 2 == 0; });
    CHECK(diagonal.count == 256);
    CHECK(diagonal.percolating == std::array<std::int64_t, 3>{});
}

TEST_CASE("a component percolates along the axes that it winds around", "[seven]")
{
    const auto comm = Communicator::world();
    const Shape shape{24, 40, 40};
    const auto winding = [&](auto&& pore) { return summary(comm, shape, pore, Boundary::periodic).percolating; };
    using Axes = std::array<std::int64_t, 3>;
    // a staircase that comes back one image further along x and one along y, but along neither alone
    CHECK(winding([](auto x, auto y, auto z) { return z == 3 && (y == x || y == (x + 1) % 40); }) == Axes{1, 1, 0});
    // twice round x while once round y: one component
    CHECK(winding([](auto x, auto y, auto z) {
              return z == 3 && (x == 2 * y % 40 || x == (2 * y + 1) % 40 || x == (2 * y + 2) % 40);
          }) == Axes{1, 1, 0});
    // from face to face, but the two ends do not meet
    CHECK(winding([](auto x, auto y, auto z) {
              return z == 3 && (x < 20 ? y == 5 : x == 20 ? y >= 5 && y <= 9 : y == 9);
          }) == Axes{});
    // across the border, without winding: a rod with its middle at the origin
    CHECK(winding([](auto x, auto y, auto z) { return y == 0 && z == 0 && (x < 10 || x > 20); }) == Axes{});
    // a helix along z that goes round x three times
    CHECK(winding([](auto x, auto y, auto z) { return y == 7 && (x - 5 * (z % 8) + 40) % 40 <= 5; }) == Axes{1, 0, 1});
    CHECK(winding([](auto, auto y, auto) { return y == 39; }) == Axes{1, 0, 1});
    CHECK(winding([](auto, auto, auto) { return true; }) == Axes{1, 1, 1});
}

TEST_CASE("two parallel tubes are two percolating components, and a dead end is none")
{
    const auto s = summary(Communicator::world(), {20, 20, 40}, [](auto x, auto y, auto z) {
        return (z < 4 && y < 4) || (z > 15 && y > 15) || (z > 15 && y < 4 && x < 30);
    });
    CHECK(s.count == 3);
    CHECK(s.percolating == std::array<std::int64_t, 3>{2, 0, 0});
    CHECK(s.connected == std::array<std::int64_t, 3>{2 * 16 * 40, 0, 0});
}

TEST_CASE("exact totals are the same on any number of ranks")
{
    const auto comm = Communicator::world();
    const auto total = [](const Communicator& c) {
        sum::ExactSum s;
        for (int i = c.rank(); i < 1000; i += c.size()) s.add(std::sin(i) * std::pow(10.0, i % 30 - 15));
        return parallel::total(c, s);
    };
    CHECK(total(comm) == total(Communicator::self()));
}
