// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "morphology/balls.hpp"
#include "morphology/painting.hpp"
#include "support/catch.hpp"
#include "support/level_field.hpp"

#include <algorithm>
#include <cmath>
#include <random>

using namespace lapilli;
using test::LevelField;

namespace {

/// T^2(x) = max{ s(c) : |x - c|^2 < s(c) } by painting every ball.
std::vector<std::uint32_t> painted_by_definition(const LevelField& field)
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
class BricksOfLevels {
public:
    explicit BricksOfLevels(const LevelField& field) : field_(field)
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

    const LevelField& field_;
    std::array<int, 3> count_{};
    std::vector<std::vector<morphology::Ball<Level>>> balls_;
};

template <class Level>
int wrongly_painted(const LevelField& field, const std::vector<std::uint32_t>& expected)
{
    const auto painted = BricksOfLevels<Level>(field).painted();
    int wrong = 0;
    for (std::size_t i = 0; i < painted.size(); ++i) wrong += painted[i] != expected[i];
    return wrong;
}

void check_painting(const LevelField& field)
{
    const auto expected = painted_by_definition(field);
    INFO(field.n[0] << " x " << field.n[1] << " x " << field.n[2] << ", " << (field.periodic ? "periodic" : "open")
                    << ", weights " << field.weights.squared_edge[0] << ' ' << field.weights.squared_edge[1] << ' '
                    << field.weights.squared_edge[2]);
    if (field.top() < 65536) CHECK(wrongly_painted<std::uint16_t>(field, expected) == 0);
    CHECK(wrongly_painted<std::uint32_t>(field, expected) == 0);
}

} // namespace

TEST_CASE("the largest ball that covers a voxel is found, of distances to the solid")
{
    std::mt19937 random(1);
    for (int trial = 0; trial < 60; ++trial) {
        LevelField field = test::random_image(random, trial % 3, trial % 10 == 0 ? 40 : 24);
        test::fill_with_distances(field);
        check_painting(field);
    }
}

TEST_CASE("the largest ball that covers a voxel is found, of any levels")
{
    std::mt19937 random(2);
    for (int trial = 0; trial < 60; ++trial) {
        LevelField field = test::random_image(random, trial % 2, trial % 10 == 0 ? 40 : 20);
        const std::uint32_t top = 1 + random() % (trial % 3 == 0 ? 4 : 60);
        for (auto& s : field.level) s *= 1 + random() % top; // few levels have plateaus
        check_painting(field);
    }
}

TEST_CASE("balls that are much larger than bricks paint as others do")
{
    std::mt19937 random(3);
    for (const std::uint32_t top : {3000U, 65535U, 200000U, 20000000U})
        for (const auto& weights : test::kinds_of_voxels) {
            LevelField field({35, 20, 18}, false, weights);
            std::uniform_real_distribution<double> root(0, 1);
            for (auto& s : field.level) s = random() % 2 == 0 ? 1 + top * std::pow(root(random), 8) : 0;
            const std::array<std::size_t, 3> few{random() % field.level.size(), random() % field.level.size(), 0};
            for (const auto i : few) field.level[i] = top;
            for (auto& s : field.level)
                if (random() % 200 != 0) s = std::min(s, 5U);
            check_painting(field);
        }
}

TEST_CASE("of the balls in a slab those of its middle are left, one layer, open towards its walls")
{
    LevelField field({16, 11, 16}, true, {});
    field.for_each_voxel([&](int x, int y, int z) { field.level[field.at(x, y, z)] = y == 0 ? 0 : 1; });
    test::fill_with_distances(field); // 1 ... 25 25 ... 1
    LevelField odd({16, 10, 16}, true, {});
    odd.for_each_voxel([&](int x, int y, int z) { odd.level[odd.at(x, y, z)] = y == 0 ? 0 : 1; });
    test::fill_with_distances(odd);
    const BricksOfLevels<std::uint16_t> bricks(odd);
    CHECK(bricks.balls(0).size() == 256);
    int wrong = 0;
    for (const auto& ball : bricks.balls(0))
        wrong += ball.level != 25 || ball.shut != 0b110011 || (ball.place >> 4 & 15) != 5;
    CHECK(wrong == 0);
    CHECK(BricksOfLevels<std::uint16_t>(field).balls(0).size() == 512);
}

TEST_CASE("balls stand from the largest to the smallest, those of one level by place")
{
    std::mt19937 random(4);
    for (const std::uint32_t top : {3U, 200U, 60000U, 70000U, 20000000U}) {
        LevelField field({16, 16, 16}, false, {});
        for (auto& s : field.level) s = 1 + random() % top;
        const BricksOfLevels<std::uint32_t> bricks(field);
        const auto& balls = bricks.balls(0);
        CHECK(balls.size() > 10);
        CHECK(std::is_sorted(balls.begin(), balls.end(), [](const auto& a, const auto& b) {
            return a.level != b.level ? a.level > b.level : a.place < b.place;
        }));
    }
}
