// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "morphology/minkowski.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <numeric>
#include <random>
#include <vector>

using namespace lapilli;
using morphology::Configurations;

namespace {

using VoxelTest = std::function<bool(int x, int y, int z)>;
using Extent = std::array<int, 3>;

/// By the definition: eight voxels of each cell whose lowest one is in [first, last).
Configurations cells_between(const Extent& first, const Extent& last, const VoxelTest& pore)
{
    Configurations counts{};
    for (int z = first[2]; z < last[2]; ++z)
        for (int y = first[1]; y < last[1]; ++y)
            for (int x = first[0]; x < last[0]; ++x) {
                unsigned c = 0;
                for (unsigned i = 0; i < 8; ++i) {
                    const int up_y = static_cast<int>(i & 1U), up_z = static_cast<int>(i >> 1U & 1U);
                    if (pore(x + static_cast<int>(i >> 2U), y + up_y, z + up_z)) c |= 1U << i;
                }
                ++counts[c];
            }
    return counts;
}

/// Of pores inside a box, with solid around.
morphology::Minkowski of_object(const Extent& box, const VoxelTest& pore, const PerAxis<double>& edges = {1, 1, 1})
{
    std::vector<std::uint8_t> image(static_cast<std::size_t>((box[0] + 2) * (box[1] + 2) * (box[2] + 2)));
    const auto at = [&](int x, int y, int z) -> std::uint8_t& {
        return image[static_cast<std::size_t>(((z + 1) * (box[1] + 2) + y + 1) * (box[0] + 2) + x + 1)];
    };
    for (int z = 0; z < box[2]; ++z)
        for (int y = 0; y < box[1]; ++y)
            for (int x = 0; x < box[0]; ++x) at(x, y, z) = pore(x, y, z) ? 1 : 0;
    return morphology::minkowski(cells_between({-1, -1, -1}, box, [&](int x, int y, int z) { return at(x, y, z) != 0; }),
                                 edges);
}

/// Of an image that goes on beyond its faces.
morphology::Minkowski of_periodic(const Extent& box, const VoxelTest& pore, const PerAxis<double>& edges = {1, 1, 1})
{
    return morphology::minkowski(
        cells_between({0, 0, 0}, box, [&](int x, int y, int z) { return pore(x % box[0], y % box[1], z % box[2]); }), edges);
}

/// Mean and standard deviation of relative errors [%].
struct Errors {
    double sum = 0, squares = 0;
    int count = 0;
    void add(double value, double truth)
    {
        const double error = 100 * (value / truth - 1);
        sum += error;
        squares += error * error;
        ++count;
    }
    double mean() const { return sum / count; }
    double spread() const { return std::sqrt(std::max(0.0, squares / count - mean() * mean())); }
};

struct BallErrors {
    Errors volume, surface, curvature;
    int other_than_one = 0; ///< Euler numbers
};

/// Balls at random places. @param radius  [length], `edges` of the voxels [length]
BallErrors balls(double radius, int count, const PerAxis<double>& edges = {1, 1, 1})
{
    std::mt19937 random(7);
    std::uniform_real_distribution<double> place(0, 1);
    BallErrors errors;
    for (int k = 0; k < count; ++k) {
        Extent box{};
        std::array<double, 3> centre{};
        for (std::size_t i = 0; i < 3; ++i) {
            const double half = radius / edges.values[i] + 2;
            box[i] = static_cast<int>(2 * half) + 1;
            centre[i] = half + place(random) - 0.5;
        }
        const auto ball = of_object(
            box,
            [&](int x, int y, int z) {
                return std::hypot((x - centre[0]) * edges[Axis::x], (y - centre[1]) * edges[Axis::y],
                                  (z - centre[2]) * edges[Axis::z]) < radius;
            },
            edges);
        errors.volume.add(ball.volume, 4 / 3.0 * std::numbers::pi * radius * radius * radius);
        errors.surface.add(ball.surface, 4 * std::numbers::pi * radius * radius);
        errors.curvature.add(ball.curvature, 4 * std::numbers::pi * radius);
        errors.other_than_one += ball.euler_6 != 1 || ball.euler_26 != 1 ? 1 : 0;
    }
    return errors;
}

} // namespace

TEST_CASE("cells of a brick and those above it are counted as if by hand, also where it is not full or few of them count")
{
    std::mt19937 random(3);
    for (int trial = 0; trial < 200; ++trial) {
        std::array<brick::Mask, 8> masks{};
        morphology::CellBlock block;
        for (const Axis axis : all_axes) {
            block.extent[axis] = trial % 2 == 0 ? brick::edge : 1 + static_cast<int>(random() % brick::edge);
            block.last[axis] = trial % 4 < 2 ? block.extent[axis] : static_cast<int>(random()) & (block.extent[axis] - 1);
            block.last[axis] = std::max(block.last[axis], 0);
            block.first[axis] = trial % 3 == 0 ? block.last[axis] / 2 : 0;
        }
        const unsigned porosity = trial % 5 * 25; // also none and all
        const auto& e = block.extent;
        for (unsigned i = 0; i < 8; ++i) {
            if (random() % 4 == 0) continue;
            block.bricks[i] = &masks[i];
            for (int z = 0; z < e[Axis::z]; ++z)
                for (int y = 0; y < e[Axis::y]; ++y)
                    for (int x = 0; x < e[Axis::x]; ++x)
                        if (random() % 100 < porosity) masks[i].set(x, y, z);
        }
        const auto pore = [&](int x, int y, int z) {
            const auto place = [&](int c, Axis axis) { return c < e[axis] ? 0U : 1U; };
            const unsigned i = place(x, Axis::x) + 2 * place(y, Axis::y) + 4 * place(z, Axis::z);
            return block.bricks[i] != nullptr && block.bricks[i]->test(x % e[Axis::x], y % e[Axis::y], z % e[Axis::z]);
        };
        morphology::ConfigurationCount count;
        count.add(block);
        auto expected = cells_between(block.first.values, block.last.values, pore);
        expected[0] = 0;
        CHECK(count.with_pores() == expected);
        for (auto& n : expected) n *= 2;
        count.add(block);
        CHECK(count.with_pores() == expected);
    }
}

TEST_CASE("the shares of 13 directions fill the sphere, and those of cubes are the known ones")
{
    for (const auto& edges : {PerAxis<double>{1, 1, 1}, {1, 2, 3}, {5, 1, 1}, {0.1, 7, 2}}) {
        const auto shares = morphology::shares_of_sphere(edges);
        CHECK(std::accumulate(shares.begin(), shares.end(), 0.0) == Approx(1).epsilon(1e-12));
        CHECK(*std::min_element(shares.begin(), shares.end()) > 0);
    }
    // Ohser and Mücklich, table 5.1, of 26 directions
    const auto shares = morphology::shares_of_sphere({1, 1, 1});
    const auto steps = morphology::steps_to_neighbours();
    const std::array<double, 4> known{0, 0.0457778912, 0.0369806279, 0.0351956318};
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const int axes = std::abs(steps[i][0]) + std::abs(steps[i][1]) + std::abs(steps[i][2]);
        CHECK(shares[i] / 2 == Approx(known[static_cast<std::size_t>(axes)]).margin(1e-9));
    }
}

TEST_CASE("volume, surface and curvature of balls come out right, the larger the better; their Euler number is one")
{
    // means and spreads of errors [%], of 20 balls of another program
    struct Row {
        double radius, volume, volume_spread, surface, surface_spread, curvature, curvature_spread;
    };
    for (const Row& row :
         {Row{1.5, 3.3, 8, -5.1, 5, -4.1, 3}, Row{2, 1.0, 5, -3.5, 3, -2.8, 2}, Row{3, 0.8, 4, -1.6, 2, -1.7, 1.4},
          Row{4, -0.2, 1.4, -1.3, 1.1, -1.1, 1.0}, Row{6, 0, 0.9, -0.5, 0.6, -0.4, 0.4},
          Row{8, 0.1, 0.3, -0.2, 0.4, -0.2, 0.6}, Row{12, -0.1, 0.2, -0.2, 0.3, -0.1, 0.3}}) {
        const auto found = balls(row.radius, 20);
        INFO("radius " << row.radius);
        const auto margin = [](double spread) { return 0.1 + spread; }; // three deviations of the difference of two means
        CHECK(found.volume.mean() == Approx(row.volume).margin(margin(row.volume_spread)));
        CHECK(found.surface.mean() == Approx(row.surface).margin(margin(row.surface_spread)));
        CHECK(found.curvature.mean() == Approx(row.curvature).margin(margin(row.curvature_spread)));
        CHECK(found.other_than_one == 0);
    }
}

/// Area of the two faces of a slab across an axis, five voxels wide.
double slab_surface(std::size_t axis, const PerAxis<double>& edges)
{
    constexpr int n = 12;
    const auto slab = of_periodic(
        {n, n, n},
        [&](int x, int y, int z) {
            return std::array{x, y, z}[axis] < 5;
        },
        edges);
    CHECK(slab.curvature == Approx(0).margin(1e-9));
    CHECK(slab.euler_6 == 0);
    CHECK(slab.euler_26 == 0);
    const double voxel = edges[Axis::x] * edges[Axis::y] * edges[Axis::z], area = 2.0 * n * n * voxel / edges.values[axis];
    CHECK(slab.volume == Approx(5 * n * n * voxel).epsilon(1e-12));
    return slab.surface / area;
}

TEST_CASE("planes count by their direction: .92662 across an axis, .93262 and .96106 across diagonals")
{
    // 2 Σ share x crossings of a plane x spacing of lines, by hand
    constexpr int n = 12;
    for (const std::size_t axis : {0U, 1U, 2U}) CHECK(slab_surface(axis, {1, 1, 1}) == Approx(0.926623).epsilon(1e-6));
    const auto edge = of_periodic({n, n, n}, [&](int x, int y, int) { return (x + y) % n < 5; });
    CHECK(edge.surface == Approx(0.932624 * 2 * n * n * std::sqrt(2)).epsilon(1e-6));
    const auto corner = of_periodic({n, n, n}, [&](int x, int y, int z) { return (x + y + z) % n < 5; });
    CHECK(corner.surface == Approx(0.961058 * 2 * n * n * std::sqrt(3)).epsilon(1e-6));
}

TEST_CASE("voxels need not be cubes: balls come out right, planes the less so the flatter voxels are")
{
    struct Row {
        PerAxis<double> edges;
        double least; ///< of the surface of slabs across an axis
    };
    for (const Row& row : {Row{{1, 1, 1.5}, 0.89}, Row{{2, 1, 1.5}, 0.86}, Row{{1, 2, 2}, 0.84}, Row{{1, 1, 4}, 0.79}}) {
        const auto found = balls(12, 15, row.edges);
        INFO("edges " << row.edges[Axis::x] << " " << row.edges[Axis::y] << " " << row.edges[Axis::z]);
        CHECK(found.volume.mean() == Approx(0).margin(1));
        CHECK(found.surface.mean() == Approx(0).margin(1));
        CHECK(found.curvature.mean() == Approx(0).margin(0.6));
        CHECK(found.other_than_one == 0);
        for (const std::size_t axis : {0U, 1U, 2U}) {
            CHECK(slab_surface(axis, row.edges) > row.least);
            CHECK(slab_surface(axis, row.edges) < 0.95);
        }
    }
}

TEST_CASE("Euler numbers of tori, shells and touching cubes are those of their shapes")
{
    const Extent box{40, 40, 40};
    const auto torus = of_object(box, [](int x, int y, int z) {
        const double across = std::hypot(x - 19.7, y - 20.2) - 11;
        return std::hypot(across, z - 20.0) < 5;
    });
    CHECK(torus.euler_6 == 0);
    CHECK(torus.euler_26 == 0);
    CHECK(torus.surface == Approx(4 * std::numbers::pi * std::numbers::pi * 11 * 5).epsilon(0.04));
    CHECK(torus.curvature == Approx(2 * std::numbers::pi * std::numbers::pi * 11).epsilon(0.03));
    const auto shell = of_object(box, [](int x, int y, int z) {
        const double r = std::hypot(x - 20.0, y - 20.0, z - 20.0);
        return r < 15 && r > 8;
    });
    CHECK(shell.euler_6 == 2);
    CHECK(shell.euler_26 == 2);
    CHECK(shell.curvature == Approx(4 * std::numbers::pi * (15 - 8)).epsilon(0.04));
    const auto two_cubes = [&](int dx, int dy, int dz) {
        return of_object({9, 9, 9}, [=](int x, int y, int z) {
            const auto in_cube = [](int a, int b, int c) { return std::min({a, b, c}) >= 0 && std::max({a, b, c}) < 3; };
            return in_cube(x, y, z) || in_cube(x - dx, y - dy, z - dz);
        });
    };
    CHECK(two_cubes(3, 2, 0).euler_6 == 1); // across a face
    CHECK(two_cubes(3, 3, 0).euler_6 == 2); // at an edge
    CHECK(two_cubes(3, 3, 0).euler_26 == 1);
    CHECK(two_cubes(3, 3, 3).euler_6 == 2); // at a corner
    CHECK(two_cubes(3, 3, 3).euler_26 == 1);
    CHECK(two_cubes(4, 3, 0).euler_26 == 2); // not at all
}

TEST_CASE("pores and solid of a periodic image have one surface, opposite curvatures, and Euler numbers that change places")
{
    std::mt19937 random(11);
    for (int trial = 0; trial < 100; ++trial) {
        Extent box{};
        for (int& n : box) n = 1 + static_cast<int>(random() % 12);
        const auto porosity = random();
        std::vector<bool> image(static_cast<std::size_t>(box[0] * box[1] * box[2]));
        std::generate(image.begin(), image.end(), [&] { return random() < porosity; });
        const auto pore = [&](int x, int y, int z) {
            return image[static_cast<std::size_t>((z * box[1] + y) * box[0] + x)];
        };
        const auto a = of_periodic(box, pore);
        const auto b = of_periodic(box, [&](int x, int y, int z) { return !pore(x, y, z); });
        CHECK(a.volume + b.volume == static_cast<double>(image.size()));
        CHECK(a.euler_6 == b.euler_26);
        CHECK(a.euler_26 == b.euler_6);
        CHECK(a.surface == Approx(b.surface).epsilon(1e-12));
        CHECK(a.curvature == Approx(-b.curvature).margin(1e-9 * static_cast<double>(image.size())));
    }
    const auto board = of_periodic({6, 8, 4}, [](int x, int y, int z) { return (x + y + z) % 2 == 0; });
    CHECK(board.euler_6 == 96); // pores each for themselves
    CHECK(board.euler_26 == 96);
    CHECK(board.curvature == Approx(0).margin(1e-9));
}
