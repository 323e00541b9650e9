// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "morphology/balls.hpp"
#include "morphology/painting.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <string>

using namespace lapilli;
using morphology::Weights;

namespace {

/// A level for each voxel of a small image, zero where solid: array of shape (n[2], n[1], n[0]).
struct Field {
    std::array<int, 3> n{};
    bool periodic = false;
    Weights weights;
    std::vector<std::uint32_t> level;

    Field(std::array<int, 3> extent, bool wraps, const Weights& of_voxels)
        : n(extent), periodic(wraps), weights(of_voxels), level(n[0] * n[1] * n[2])
    {
    }
    std::size_t at(int x, int y, int z) const { return (z * n[1] + y) * n[0] + x; }
    std::uint32_t top() const { return *std::max_element(level.begin(), level.end()); }
    /// Zero outside, unless periodic.
    std::uint32_t value(std::array<int, 3> x) const
    {
        for (int axis = 0; axis < 3; ++axis) {
            if (periodic) x[axis] = (x[axis] % n[axis] + n[axis]) % n[axis];
            if (x[axis] < 0 || x[axis] >= n[axis]) return 0;
        }
        return level[at(x[0], x[1], x[2])];
    }
    template <class Visit>
    void for_each_voxel(Visit&& visit) const
    {
        for (int z = 0; z < n[2]; ++z)
            for (int y = 0; y < n[1]; ++y)
                for (int x = 0; x < n[0]; ++x) visit(x, y, z);
    }
};

constexpr int far = 1 << 28;

/// Squared distance from x to x' along an axis, the nearest of all repetitions.
int squared_distance(const Field& field, int axis, int x, int other)
{
    int d = std::abs(x - other);
    if (field.periodic) d = std::min(d, field.n[axis] - d);
    return field.weights.squared_edge[axis] * d * d;
}

/// Makes the levels of pores (not zero) squared distances to the nearest solid voxel, by the definition along each axis.
void fill_with_distances(Field& field)
{
    for (auto& s : field.level) s = s == 0 ? 0 : far;
    for (int axis = 0; axis < 3; ++axis) {
        const Field before = field;
        field.for_each_voxel([&](int x, int y, int z) {
            std::array<int, 3> from{x, y, z};
            auto& nearest = field.level[field.at(x, y, z)];
            for (from[axis] = 0; from[axis] < field.n[axis]; ++from[axis]) {
                const std::uint32_t step = squared_distance(field, axis, std::array{x, y, z}[axis], from[axis]);
                nearest = std::min(nearest, before.level[field.at(from[0], from[1], from[2])] + step);
            }
        });
    }
    for (auto& s : field.level) s = s >= far ? 9 : s; // no solid anywhere
}

/// T^2(x) = max{ s(c) : |x - c|^2 < s(c) } by painting every ball.
std::vector<std::uint32_t> painted_by_definition(const Field& field)
{
    auto painted = field.level;
    const auto& w = field.weights.squared_edge;
    field.for_each_voxel([&](int cx, int cy, int cz) {
        const int s = field.value({cx, cy, cz});
        if (s == 0) return;
        const auto first = [&](int axis, int c) {
            const int reach = std::sqrt(s / w[axis]);
            return field.periodic ? c - reach : std::max(0, c - reach);
        };
        const auto last = [&](int axis, int c) {
            const int reach = std::sqrt(s / w[axis]);
            return field.periodic ? c + reach : std::min(field.n[axis] - 1, c + reach);
        };
        const auto wrap = [&](int axis, int x) { return (x % field.n[axis] + field.n[axis]) % field.n[axis]; };
        for (int z = first(2, cz); z <= last(2, cz); ++z)
            for (int y = first(1, cy); y <= last(1, cy); ++y)
                for (int x = first(0, cx); x <= last(0, cx); ++x) {
                    if (field.weights.squared_length(x - cx, y - cy, z - cz) >= s) continue;
                    auto& value = painted[field.at(wrap(0, x), wrap(1, y), wrap(2, z))];
                    if (value != 0) value = std::max<std::uint32_t>(value, s);
                }
    });
    return painted;
}

/// The field in bricks.
template <class Level>
class Bricks {
public:
    explicit Bricks(const Field& field) : field_(field)
    {
        for (int axis = 0; axis < 3; ++axis) count_[axis] = (field.n[axis] + brick::edge - 1) / brick::edge;
        morphology::BallSelector<Level> selector(field.top(), field.weights);
        for_each_brick([&](const std::array<int, 3>& first) {
            std::vector<morphology::Ball<Level>> balls;
            selector.select(shell(first), pores(first), balls);
            balls_.push_back(std::move(balls));
        });
    }
    const std::vector<morphology::Ball<Level>>& balls(std::size_t brick) const { return balls_[brick]; }

    std::vector<std::uint32_t> painted() const
    {
        auto painted = field_.level;
        morphology::Painter<Level> painter(field_.top(), field_.weights);
        for_each_brick([&](const std::array<int, 3>& first) {
            std::array<Level, brick::rows * brick::edge> values{};
            const auto place = [&](int x, int y, int z) { return (z * brick::edge + y) * brick::edge + x; };
            for_each_inside(first, [&](int x, int y, int z, std::size_t at) { values[place(x, y, z)] = field_.level[at]; });
            painter.paint(pores(first), sources(first), values.data());
            for_each_inside(first, [&](int x, int y, int z, std::size_t at) { painted[at] = values[place(x, y, z)]; });
        });
        return painted;
    }

private:
    template <class Visit>
    void for_each_brick(Visit&& visit) const
    {
        for (int z = 0; z < count_[2]; ++z)
            for (int y = 0; y < count_[1]; ++y)
                for (int x = 0; x < count_[0]; ++x) visit({x * brick::edge, y * brick::edge, z * brick::edge});
    }
    /// visit(x, y, z inside the brick, index in the field)
    template <class Visit>
    void for_each_inside(const std::array<int, 3>& first, Visit&& visit) const
    {
        const auto end = [&](int axis) { return std::min(brick::edge, field_.n[axis] - first[axis]); };
        for (int z = 0; z < end(2); ++z)
            for (int y = 0; y < end(1); ++y)
                for (int x = 0; x < end(0); ++x) visit(x, y, z, field_.at(first[0] + x, first[1] + y, first[2] + z));
    }
    brick::Mask pores(const std::array<int, 3>& first) const
    {
        brick::Mask mask;
        for_each_inside(first, [&](int x, int y, int z, std::size_t at) {
            if (field_.level[at] != 0) mask.set(x, y, z);
        });
        return mask;
    }
    morphology::Shell<Level> shell(const std::array<int, 3>& first) const
    {
        morphology::Shell<Level> shell;
        const auto end = [&](int axis) { return std::min(brick::edge, field_.n[axis] - first[axis]); };
        for (int z = -1; z <= end(2); ++z)
            for (int y = -1; y <= end(1); ++y)
                for (int x = -1; x <= end(0); ++x)
                    shell.row(y, z)[x] = field_.value({first[0] + x, first[1] + y, first[2] + z});
        return shell;
    }
    /// All bricks, and their repetitions as far as balls reach.
    std::vector<morphology::Source<Level>> sources(const std::array<int, 3>& target) const
    {
        std::array<int, 3> images{}, reach{};
        for (int axis = 0; axis < 3; ++axis) {
            reach[axis] = 16 + std::sqrt(field_.top() / field_.weights.squared_edge[axis]);
            if (field_.periodic) images[axis] = (reach[axis] + 16) / field_.n[axis] + 1;
        }
        std::vector<morphology::Source<Level>> sources;
        for (int kz = -images[2]; kz <= images[2]; ++kz)
            for (int ky = -images[1]; ky <= images[1]; ++ky)
                for (int kx = -images[0]; kx <= images[0]; ++kx) {
                    std::size_t brick = 0;
                    for_each_brick([&](std::array<int, 3> corner) {
                        const std::array<int, 3> k{kx, ky, kz};
                        bool near = true;
                        for (int axis = 0; axis < 3; ++axis) {
                            corner[axis] += k[axis] * field_.n[axis] - target[axis];
                            near = near && std::abs(corner[axis]) <= reach[axis];
                        }
                        if (near) sources.push_back({balls_[brick], corner});
                        ++brick;
                    });
                }
        return sources;
    }

    const Field& field_;
    std::array<int, 3> count_{};
    std::vector<std::vector<morphology::Ball<Level>>> balls_;
};

template <class Level>
int wrong_voxels(const Field& field, const std::vector<std::uint32_t>& expected)
{
    const auto painted = Bricks<Level>(field).painted();
    int wrong = 0;
    for (std::size_t i = 0; i < painted.size(); ++i) wrong += painted[i] != expected[i];
    return wrong;
}

void check(const Field& field)
{
    const auto expected = painted_by_definition(field);
    INFO(field.n[0] << " x " << field.n[1] << " x " << field.n[2] << ", " << (field.periodic ? "periodic" : "open")
                    << ", weights " << field.weights.squared_edge[0] << ' ' << field.weights.squared_edge[1] << ' '
                    << field.weights.squared_edge[2]);
    if (field.top() < 65536) CHECK(wrong_voxels<std::uint16_t>(field, expected) == 0);
    CHECK(wrong_voxels<std::uint32_t>(field, expected) == 0);
}

const std::array<Weights, 4> kinds_of_voxels{{{{1, 1, 1}}, {{1, 1, 4}}, {{4, 9, 1}}, {{1, 2, 3}}}};

/// Pores are 1: noise, a few solid points, or blobs.
Field random_image(std::mt19937& random, int kind, int largest)
{
    std::array<int, 3> n{};
    for (auto& extent : n) extent = 1 + random() % largest;
    if (random() % 4 == 0) n[random() % 3] = 1;
    Field field(n, random() % 2 == 0, kinds_of_voxels[random() % kinds_of_voxels.size()]);
    std::bernoulli_distribution pore(kind == 0 ? 0.5 + 0.1 * (random() % 5) : 0.998);
    for (auto& s : field.level) s = pore(random) ? 1 : 0;
    if (kind != 2) return field;
    for (int blob = 0; blob < 6; ++blob) {
        const std::array<int, 3> c{int(random() % n[0]), int(random() % n[1]), int(random() % n[2])};
        const int size = 2 + random() % 30;
        field.for_each_voxel([&](int x, int y, int z) {
            if (field.weights.squared_length(x - c[0], y - c[1], z - c[2]) < size) field.level[field.at(x, y, z)] = 0;
        });
    }
    return field;
}

} // namespace

TEST_CASE("the largest ball that covers a voxel is found, of distances to the solid")
{
    std::mt19937 random(1);
    for (int trial = 0; trial < 60; ++trial) {
        Field field = random_image(random, trial % 3, trial % 10 == 0 ? 40 : 24);
        fill_with_distances(field);
        check(field);
    }
}

TEST_CASE("the largest ball that covers a voxel is found, of any levels")
{
    std::mt19937 random(2);
    for (int trial = 0; trial < 60; ++trial) {
        Field field = random_image(random, trial % 2, trial % 10 == 0 ? 40 : 20);
        const std::uint32_t top = 1 + random() % (trial % 3 == 0 ? 4 : 60);
        for (auto& s : field.level) s *= 1 + random() % top; // few levels have plateaus
        check(field);
    }
}

TEST_CASE("balls that are much larger than bricks paint as others do")
{
    std::mt19937 random(3);
    for (const std::uint32_t top : {3000U, 65535U, 200000U, 20000000U})
        for (const auto& weights : kinds_of_voxels) {
            Field field({35, 20, 18}, false, weights);
            std::uniform_real_distribution<double> root(0, 1);
            for (auto& s : field.level) s = random() % 2 == 0 ? 1 + top * std::pow(root(random), 8) : 0;
            const std::array<std::size_t, 3> few{random() % field.level.size(), random() % field.level.size(), 0};
            for (const auto i : few) field.level[i] = top;
            for (auto& s : field.level)
                if (random() % 200 != 0) s = std::min(s, 5U);
            check(field);
        }
}

TEST_CASE("of the balls in a slab those of its middle are left, one layer, open towards its walls")
{
    Field field({16, 11, 16}, true, {});
    field.for_each_voxel([&](int x, int y, int z) { field.level[field.at(x, y, z)] = y == 0 ? 0 : 1; });
    fill_with_distances(field); // 1 ... 25 25 ... 1
    Field odd({16, 10, 16}, true, {});
    odd.for_each_voxel([&](int x, int y, int z) { odd.level[odd.at(x, y, z)] = y == 0 ? 0 : 1; });
    fill_with_distances(odd);
    const Bricks<std::uint16_t> bricks(odd);
    CHECK(bricks.balls(0).size() == 256);
    int wrong = 0;
    for (const auto& ball : bricks.balls(0))
        wrong += ball.level != 25 || ball.shut != 0b110011 || (ball.place >> 4 & 15) != 5;
    CHECK(wrong == 0);
    CHECK(Bricks<std::uint16_t>(field).balls(0).size() == 512);
}

TEST_CASE("balls stand from the largest to the smallest, those of one level by place")
{
    std::mt19937 random(4);
    for (const std::uint32_t top : {3U, 200U, 60000U, 70000U, 20000000U}) {
        Field field({16, 16, 16}, false, {});
        for (auto& s : field.level) s = 1 + random() % top;
        const Bricks<std::uint32_t> bricks(field);
        const auto& balls = bricks.balls(0);
        CHECK(balls.size() > 10);
        CHECK(std::is_sorted(balls.begin(), balls.end(), [](const auto& a, const auto& b) {
            return a.level != b.level ? a.level > b.level : a.place < b.place;
        }));
    }
}

TEST_CASE("the smallest ball of a neighbour that contains another one is known, of large ones nearly")
{
    for (const auto& weights : kinds_of_voxels) {
        const morphology::Containment small(2000, weights), large(1U << 20U, weights);
        const std::array<std::array<int, 3>, 7> steps{
            {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 1, 0}, {1, 0, 1}, {0, 1, 1}, {1, 1, 1}}};
        for (const int level : {1, 2, 3, 10, 17, 100, 331}) {
            for (std::size_t kind = 0; kind < steps.size(); ++kind) {
                const auto& v = steps[kind];
                std::uint32_t farthest = 0;
                for (int z = -20; z <= 20; ++z)
                    for (int y = -20; y <= 20; ++y)
                        for (int x = -20; x <= 20; ++x)
                            if (weights.squared_length(x, y, z) < level)
                                farthest =
                                    std::max<std::uint32_t>(farthest, weights.squared_length(x - v[0], y - v[1], z - v[2]));
                CHECK(small.needed(level)[kind] == farthest + 1);
            }
        }
        for (const std::uint32_t level : {1U << 14U, 50000U, 1U << 20U}) {
            const auto need = large.needed(level);
            for (std::size_t kind = 0; kind < steps.size(); ++kind) {
                const auto& v = steps[kind];
                const double far_end = std::sqrt(level - 1) + std::sqrt(weights.squared_length(v[0], v[1], v[2]));
                CHECK(need[kind] <= far_end * far_end + 1 + 1e-6);
                CHECK(need[kind] > 0.99 * far_end * far_end);
            }
        }
    }
}
