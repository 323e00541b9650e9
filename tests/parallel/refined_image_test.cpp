// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/catch.hpp"
#include "support/made_image.hpp"

#include "image/grow.hpp"
#include "image/mean_chord.hpp"
#include "image/refine.hpp"
#include "property/sample_blocks.hpp"

#include <algorithm>
#include <tuple>

using namespace lapilli;
using parallel::Communicator;

namespace {

std::int64_t phase(std::int64_t x, std::int64_t y, std::int64_t z)
{
    return test::noise(x, y, z, 3) < 0.4 ? 1 + (x + 2 * y + z) % 3 : 0;
}

void check_equal(const image::PoreSpace& a, const image::PoreSpace& b)
{
    CHECK(a.shape() == b.shape());
    CHECK(a.total_pores() == b.total_pores());
    const bool same =
        std::equal(a.owned_bricks().begin(), a.owned_bricks().end(), b.owned_bricks().begin(), b.owned_bricks().end(),
                   [](const auto& p, const auto& q) { return p.code == q.code && p.mask == q.mask; });
    CHECK(same);
    CHECK(std::equal(a.phases().begin(), a.phases().end(), b.phases().begin(), b.phases().end()));
}

} // namespace

TEST_CASE("a refined image has each voxel eight times, of any size")
{
    const auto comm = Communicator::world();
    for (const auto& shape : {Shape{16, 16, 16}, Shape{33, 17, 50}, Shape{1, 2, 3}, Shape{8, 9, 7}, Shape{24, 40, 31}}) {
        INFO(shape.nz << " x " << shape.ny << " x " << shape.nx);
        const image::PoreSpace voxels(comm, shape, test::make_bricks(comm, shape, phase));
        const auto cells = image::refined(shape);
        const image::PoreSpace refined(comm, cells, image::refine(image::owned(voxels)));
        const image::PoreSpace expected(
            comm, cells, test::make_bricks(comm, cells, [](auto x, auto y, auto z) { return phase(x / 2, y / 2, z / 2); }));
        check_equal(refined, expected);
    }
}

TEST_CASE("a block that is cut out of an image is the image there")
{
    const auto comm = Communicator::world();
    const Shape shape{80, 64, 100};
    const image::PoreSpace whole(comm, shape, test::make_bricks(comm, shape, phase));
    const image::Block block{{2, 1, 3}, 2};
    const image::PoreSpace cut(comm, block.shape(), image::cut_out(whole, block));
    const image::PoreSpace expected(comm, block.shape(), test::make_bricks(comm, block.shape(), [](auto x, auto y, auto z) {
                                        return phase(x + 32, y + 16, z + 48);
                                    }));
    check_equal(cut, expected);
}

TEST_CASE("pores grow into and shrink from the cells beside them, across bricks")
{
    const auto comm = Communicator::world();
    const Shape shape{48, 32, 48};
    const auto pore = [&](std::int64_t x, std::int64_t y, std::int64_t z) {
        return test::smooth_noise(x, y, z, 5) < (x < 16 ? 0.2 : 0.5) ? 1 : 0; // the first bricks have no pores
    };
    const auto neighbours = [&](std::int64_t x, std::int64_t y, std::int64_t z, int outside) {
        const auto at = [&](std::int64_t i, std::int64_t j, std::int64_t k) {
            const bool inside = i >= 0 && j >= 0 && k >= 0 && i < shape.nx && j < shape.ny && k < shape.nz;
            return inside ? pore(i, j, k) : outside;
        };
        return at(x - 1, y, z) + at(x + 1, y, z) + at(x, y - 1, z) + at(x, y + 1, z) + at(x, y, z - 1) + at(x, y, z + 1);
    };
    const auto bricks = test::make_bricks(comm, shape, pore);
    const image::PoreSpace grown(comm, shape, image::grown(comm, shape, bricks, image::Growth::grow));
    check_equal(grown, image::PoreSpace(comm, shape, test::make_bricks(comm, shape, [&](auto x, auto y, auto z) {
                                            return pore(x, y, z) == 1 || neighbours(x, y, z, 0) > 0;
                                        })));
    const image::PoreSpace shrunk(comm, shape, image::grown(comm, shape, bricks, image::Growth::shrink));
    check_equal(shrunk, image::PoreSpace(comm, shape, test::make_bricks(comm, shape, [&](auto x, auto y, auto z) {
                                             return pore(x, y, z) == 1 && neighbours(x, y, z, 1) == 6;
                                         })));
}

TEST_CASE("walls of a two-dimensional image grow in its plane only")
{
    const auto comm = Communicator::world();
    for (const Axis normal : all_axes) {
        auto shape = Shape{64, 64, 64};
        (normal == Axis::x ? shape.nx : normal == Axis::y ? shape.ny : shape.nz) = 2; // of a refined block
        const auto pore = [&](std::int64_t x, std::int64_t y, std::int64_t z) {
            const std::array at{x, y, z};
            const auto a = (static_cast<std::size_t>(normal) + 1) % 3, b = (a + 1) % 3;
            return test::smooth_noise(at[a], at[b], 0, 5) < 0.5;
        };
        for (const auto growth : {image::Growth::grow, image::Growth::shrink}) {
            const bool grow = growth == image::Growth::grow;
            const auto next = [&](std::int64_t x, std::int64_t y, std::int64_t z) {
                int found = 0;
                for (const int step : {-1, 1})
                    for (const Axis axis : all_axes) {
                        std::array at{x, y, z};
                        auto& moved = at[static_cast<std::size_t>(axis)] += step;
                        if (axis == normal || moved < 0 || moved >= shape.along(axis)) continue;
                        if (pore(at[0], at[1], at[2]) == grow) ++found;
                    }
                return found > 0 ? grow : pore(x, y, z);
            };
            const auto made = image::grown(comm, shape, test::make_bricks(comm, shape, pore), growth);
            check_equal(image::PoreSpace(comm, shape, made),
                        image::PoreSpace(comm, shape, test::make_bricks(comm, shape, next)));
        }
    }
}

TEST_CASE("the mean chord counts the runs of pores, across bricks and around a periodic image")
{
    const auto comm = Communicator::world();
    const Shape shape{18, 33, 40};
    const auto pore = [](auto x, auto y, auto) { return (x < 3 || x > 37 || (x > 12 && x < 20)) && y % 12 < 5; };
    const auto chords = [&](Boundary beyond) {
        return image::mean_chords(image::PoreSpace(comm, shape, test::make_bricks(comm, shape, pore), beyond));
    };
    CHECK(chords(Boundary::sealed) == PerAxis<double>{12 / 3.0, 5.0, 18.0});
    CHECK(chords(Boundary::periodic)[Axis::x] == 12 / 2.0);
}

TEST_CASE("blocks lie apart, inside the image, and spread over it")
{
    for (const auto& shape : {Shape{128, 128, 128}, Shape{400, 400, 400}, Shape{2000, 300, 500}, Shape{1000, 1000, 1000}}) {
        INFO(shape.nz << " x " << shape.ny << " x " << shape.nx);
        for (const auto wanted : {std::optional<int>(), std::optional(8), std::optional(10000)}) {
            const auto blocks = property::choose_blocks(shape, wanted).blocks;
            CHECK(blocks.size() >= 4);
            if (!wanted) CHECK(blocks.size() <= 27);
            std::array<std::int64_t, 2> halves{};
            for (const auto& a : blocks) {
                CHECK(std::min({a.first.x, a.first.y, a.first.z}) >= 0);
                CHECK((a.first.x + a.bricks) * 16 <= shape.nx);
                CHECK((a.first.y + a.bricks) * 16 <= shape.ny);
                CHECK((a.first.z + a.bricks) * 16 <= shape.nz);
                ++halves[2 * a.first.z * 16 + a.bricks * 16 < shape.nz ? 0 : 1];
                const bool apart = std::all_of(blocks.begin(), blocks.end(), [&](const auto& b) {
                    const auto beside = [&](auto p, auto q) { return std::abs(p - q) >= a.bricks; };
                    return a == b || beside(a.first.x, b.first.x) || beside(a.first.y, b.first.y) ||
                           beside(a.first.z, b.first.z);
                });
                CHECK(apart);
            }
            CHECK(std::min(halves[0], halves[1]) * 4 >= static_cast<std::int64_t>(blocks.size()));
        }
    }
    CHECK(property::choose_blocks({400, 400, 400}, {}).blocks.front().bricks == 6);
    CHECK(property::choose_blocks({400, 400, 400}, 0).blocks.empty());
    CHECK(property::choose_blocks({100, 400, 400}, {}).whole_image);
    const auto squares = property::choose_blocks({400, 1, 800}, {});
    CHECK(squares.blocks.size() >= 4);
    for (const auto& square : squares.blocks) {
        CHECK(square.shape() == Shape{96, 1, 96});
        CHECK(square.first.y == 0);
    }
    CHECK(property::choose_blocks({1, 100, 400}, {}).whole_image);
}
