// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/distribution.hpp"
#include "scan/floods.hpp"
#include "scan/small_parts.hpp"
#include "support/catch.hpp"
#include "support/grey_scan.hpp"

#include <cmath>
#include <queue>

using namespace lapilli;
using namespace lapilli::scan;
using parallel::Communicator;

namespace {

using Labels = std::vector<std::uint8_t>;

/// A whole image on one rank, in the plainest way.
struct DenseLabels {
    Shape shape;
    Labels labels;

    std::size_t size() const { return labels.size(); }
    /// Calls visit(voxel) for the six neighbours of a voxel.
    template <class Visit>
    void around(std::size_t voxel, Visit&& visit) const
    {
        const auto i = static_cast<std::int64_t>(voxel);
        const std::int64_t x = i % shape.nx, y = i / shape.nx % shape.ny, z = i / shape.plane();
        const auto at = [&](std::int64_t c, std::int64_t b, std::int64_t a) {
            if (a >= 0 && b >= 0 && c >= 0 && a < shape.nx && b < shape.ny && c < shape.nz)
                visit(static_cast<std::size_t>((c * shape.ny + b) * shape.nx + a));
        };
        for (const std::int64_t d : {-1, 1}) {
            at(z, y, x + d);
            at(z, y + d, x);
            at(z + d, y, x);
        }
    }
    /// The parts of what has labels for which in(label) holds.
    template <class In>
    std::vector<std::vector<std::size_t>> parts(In&& in) const
    {
        std::vector<std::vector<std::size_t>> all;
        std::vector<bool> seen(size());
        for (std::size_t first = 0; first < size(); ++first) {
            if (seen[first] || !in(labels[first])) continue;
            auto& part = all.emplace_back(1, first);
            seen[first] = true;
            for (std::size_t i = 0; i < part.size(); ++i)
                around(part[i], [&](std::size_t n) {
                    if (seen[n] || !in(labels[n])) return;
                    seen[n] = true;
                    part.push_back(n);
                });
        }
        return all;
    }
};

void relabel_small(DenseLabels& image, int first, int last, std::int64_t least, int to)
{
    for (const auto& part : image.parts([&](int label) { return label >= first && label < last; }))
        if (std::ssize(part) < least)
            for (const auto voxel : part) image.labels[voxel] = static_cast<std::uint8_t>(to);
}

/// Labels 0 ... classes - 1 in small patches, and 255 beyond a plane.
int patchy(std::int64_t x, std::int64_t y, std::int64_t z, int classes)
{
    if (x + y > 30) return 255;
    const double v = (test::smooth_noise(x, y, z, 3) - 0.5) * 12 + 0.45 + 0.3 * test::noise(x, y, z, 8);
    return std::clamp(static_cast<int>(std::floor(v * classes)), 0, classes - 1);
}

template <class Label>
LabelSlab make_slab(const Communicator& comm, const Shape& shape, Label&& label)
{
    LabelSlab slab{shape, image::slab_of(shape, comm.rank(), comm.size()), {}};
    for (auto z = slab.planes.first; z < slab.planes.last; ++z)
        for (std::int64_t y = 0; y < shape.ny; ++y)
            for (std::int64_t x = 0; x < shape.nx; ++x) slab.labels.push_back(static_cast<std::uint8_t>(label(x, y, z)));
    return slab;
}

} // namespace

TEST_CASE("small parts of every label go as they would by hand")
{
    const auto world = Communicator::world();
    for (const Shape& shape : {Shape{35, 20, 18}, Shape{1, 17, 40}})
        for (const int classes : {2, 3}) {
            const auto label = [&](auto x, auto y, auto z) { return patchy(x, y, z, classes); };
            auto slab = make_slab(world, shape, label);
            remove_small_parts(world, classes, {.pores = 40, .others = 12}, slab);

            DenseLabels dense{shape, make_slab(Communicator::self(), shape, label).labels};
            const auto before = dense.labels;
            for (int k = 0; k + 1 < classes; ++k) {
                relabel_small(dense, 0, k + 1, k == 0 ? 40 : 12, k + 1);
                relabel_small(dense, k + 1, classes, 12, k);
            }
            CHECK(world.gather_all<std::uint8_t>(slab.labels) == dense.labels);
            CHECK(dense.labels != before);
        }
}

TEST_CASE("a hysteresis keeps what is connected to something strict")
{
    const auto world = Communicator::world();
    const Shape shape{35, 20, 18};
    const auto label = [](auto x, auto y, auto z) { return patchy(x, y, z, 3); };
    auto slab = make_slab(world, shape, label);
    keep_connected(world, slab);

    const DenseLabels dense{shape, make_slab(Communicator::self(), shape, label).labels};
    auto expected = dense.labels;
    for (auto& voxel : expected)
        if (voxel < 3) voxel = 1;
    for (const auto& part : dense.parts([](int l) { return l < 2; }))
        if (std::ranges::any_of(part, [&](auto voxel) { return dense.labels[voxel] == 0; }))
            for (const auto voxel : part) expected[voxel] = 0;
    CHECK(world.gather_all<std::uint8_t>(slab.labels) == expected);
    CHECK(std::ranges::count(expected, 0) > std::ranges::count(dense.labels, 0));
}

TEST_CASE("a watershed gives each voxel the markers that are reached over the least steep way")
{
    const auto world = Communicator::world();
    const Shape shape{35, 20, 18};
    const auto grey = test::make_grey(world, shape, test::grey_rock);
    const auto label = [](auto x, auto y, auto z) {
        return x + y > 30 ? 255 : std::lround(test::grey_rock(x, y, z)) < 25000 ? 0 : 1;
    };
    auto slab = make_slab(world, shape, label);
    flood_from_markers(world, grey, {.classes = 2, .below = {22000}, .above = {28000}}, slab);

    // every way from the markers of a class, widest first
    const DenseLabels dense{shape, make_slab(Communicator::self(), shape, label).labels};
    const auto levels = test::make_grey(Communicator::self(), shape, test::grey_rock).voxels;
    const auto at = [&](std::int64_t z, std::int64_t y, std::int64_t x) -> std::int64_t {
        z = std::clamp<std::int64_t>(z, 0, shape.nz - 1);
        y = std::clamp<std::int64_t>(y, 0, shape.ny - 1);
        x = std::clamp<std::int64_t>(x, 0, shape.nx - 1);
        return levels[static_cast<std::size_t>((z * shape.ny + y) * shape.nx + x)];
    };
    const auto steepness = [&](std::size_t voxel) {
        const auto i = static_cast<std::int64_t>(voxel);
        double square = 0;
        for (int axis = 0; axis < 3; ++axis) {
            std::int64_t sum = 0;
            for (std::int64_t a = -1; a <= 1; ++a)
                for (std::int64_t b = -1; b <= 1; ++b)
                    for (const std::int64_t d : {-1, 1}) {
                        const std::int64_t to[3]{axis == 0 ? d : a, axis == 1 ? d : axis == 0 ? a : b, axis == 2 ? d : b};
                        sum += d * (2 - std::abs(a)) * (2 - std::abs(b)) *
                               at(i / shape.plane() + to[0], i / shape.nx % shape.ny + to[1], i % shape.nx + to[2]);
                    }
            square += static_cast<double>(sum) * static_cast<double>(sum);
        }
        return std::max(1, static_cast<int>(std::sqrt(square) / (16 * std::sqrt(3.0))));
    };
    constexpr int never = 1 << 20;
    std::vector<int> cost[2];
    for (int c = 0; c < 2; ++c) {
        cost[c].assign(dense.size(), never);
        std::priority_queue<std::pair<int, std::size_t>> queue; // least steep first
        const auto reach = [&](std::size_t voxel, int so_far) {
            const int here = std::max(so_far, steepness(voxel));
            if (here >= cost[c][voxel]) return;
            cost[c][voxel] = here;
            queue.emplace(-here, voxel);
        };
        for (std::size_t i = 0; i < dense.size(); ++i)
            if (dense.labels[i] == c && (c == 0 ? levels[i] < 22000 : levels[i] >= 28000)) reach(i, 0);
        while (!queue.empty()) {
            const auto [negative, voxel] = queue.top();
            queue.pop();
            if (-negative > cost[c][voxel]) continue;
            dense.around(voxel, [&](std::size_t n) {
                if (dense.labels[n] < 2) reach(n, -negative);
            });
        }
    }
    auto expected = dense.labels;
    std::int64_t changed = 0;
    for (std::size_t i = 0; i < dense.size(); ++i) {
        if (dense.labels[i] > 1 || cost[0][i] == cost[1][i]) continue;
        expected[i] = cost[0][i] < cost[1][i] ? 0 : 1;
        changed += expected[i] != dense.labels[i];
    }
    CHECK(world.gather_all<std::uint8_t>(slab.labels) == expected);
    CHECK(changed > 100);
}
