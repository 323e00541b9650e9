// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/minkowski.hpp"
#include "image/read.hpp"
#include "support/catch.hpp"
#include "support/data_folder.hpp"
#include "support/made_image.hpp"

#include <numeric>
#include <string>

using namespace lapilli;
using geometry::Rim;
using parallel::Communicator;

namespace {

/// By the definition, one cell after the other; x, y, z of a voxel that may be beyond the image.
template <class Pore, class Outside>
morphology::Configurations cells_by_hand(const Shape& shape, Boundary beyond, Rim rim, Pore&& pore, Outside&& outside)
{
    const bool periodic = beyond == Boundary::periodic;
    const auto at = [&](std::int64_t x, std::int64_t y, std::int64_t z, auto& has) {
        if (periodic) return has(x % shape.nx, y % shape.ny, z % shape.nz);
        return x >= 0 && y >= 0 && z >= 0 && x < shape.nx && y < shape.ny && z < shape.nz && has(x, y, z);
    };
    const std::int64_t first = !periodic && rim == Rim::solid ? -1 : 0, left_out = !periodic && rim == Rim::inside ? 1 : 0;
    morphology::Configurations cells{};
    for (std::int64_t z = first; z < shape.nz - left_out; ++z)
        for (std::int64_t y = first; y < shape.ny - left_out; ++y)
            for (std::int64_t x = first; x < shape.nx - left_out; ++x) {
                unsigned c = 0, left = 0;
                for (unsigned i = 0; i < 8; ++i) {
                    const auto i_x = x + (i >> 2U), i_y = y + (i & 1U), i_z = z + (i >> 1U & 1U);
                    if (at(i_x, i_y, i_z, pore)) c |= 1U << i;
                    if (at(i_x, i_y, i_z, outside)) ++left;
                }
                if (left == 0) ++cells[c];
            }
    return cells;
}

image::PoreSpace read_pores(const std::string& path, std::int64_t edge, const Crop& crop)
{
    const auto comm = Communicator::world();
    const format::RawFormat raw{.shape = Shape{edge, edge, edge}, .type = format::VoxelType::u8};
    auto image = image::read_image(comm, {path, raw, {crop, crop, crop}}, {{0, 1}});
    return {comm, image.shape, std::move(image.bricks)};
}

} // namespace

TEST_CASE("cells are counted once each, whoever owns the bricks that they touch, and whether these have pores")
{
    const auto comm = Communicator::world();
    for (const Shape& shape :
         {Shape{37, 20, 50}, Shape{16, 32, 48}, Shape{1, 33, 17}, Shape{5, 5, 5}, Shape{40, 17, 16}, Shape{1, 1, 40}})
        for (const int kind : {0, 1, 2, 3, 4}) {
            const auto nowhere = [](auto, auto, auto) { return false; };
            const auto pore = [&](std::int64_t x, std::int64_t y, std::int64_t z) {
                const double n = test::noise(x, y, z, 5);
                if (kind == 0) return n < 0.4;
                if (kind == 1) return n < 0.0008;                                     // most bricks have none
                if (kind == 2) return (x / 16 + y / 16 + z / 16) % 2 == 1 && n < 0.7; // bricks that touch at edges
                if (kind == 3) return n < 2;
                return false;
            };
            for (const auto beyond : {Boundary::sealed, Boundary::periodic}) {
                const image::PoreSpace pores(comm, shape, test::make_bricks(comm, shape, pore), beyond);
                const geometry::KnownBricks known(pores, 1);
                for (const auto rim : {Rim::inside, Rim::solid}) {
                    INFO(shape.nx << " x " << shape.ny << " x " << shape.nz << ", kind " << kind << ", " << name(beyond)
                                  << ", solid around: " << (rim == Rim::solid));
                    CHECK(geometry::configurations(known, rim) == cells_by_hand(shape, beyond, rim, pore, nowhere));
                }
            }
        }
}

TEST_CASE("cells with a voxel outside the sample do not count")
{
    const auto comm = Communicator::world();
    for (const Shape& shape : {Shape{37, 20, 50}, Shape{16, 32, 48}, Shape{1, 33, 17}, Shape{40, 17, 16}})
        for (const double share : {0.05, 0.6})
            for (const auto rim : {Rim::inside, Rim::solid}) {
                const auto out = [](auto x, auto y, auto z) { // bricks, lumps and noise
                    if (test::noise(x / 16, y / 16, z / 16, 7) < 0.3) return true;
                    return x % 16 > 4 && test::noise(x / 5, y / 5, z / 5, 8) < 0.3;
                };
                const auto pore = [&](auto x, auto y, auto z) {
                    return !out(x, y, z) && test::noise(x / 16, y / 16, z / 16, 9) < 0.6 && test::noise(x, y, z, 5) < share;
                };
                image::PoreSpace pores(comm, shape, test::make_bricks(comm, shape, pore));
                pores.leave_out(test::make_bricks(comm, shape, out));
                const geometry::KnownBricks known(pores, 1);
                const auto of_sample = cells_by_hand(shape, Boundary::sealed, rim, pore, out);
                CHECK(geometry::configurations(known, rim) == of_sample);
                if (rim == Rim::inside)
                    CHECK(geometry::functionals(known).voxels ==
                          std::accumulate(of_sample.begin(), of_sample.end(), std::int64_t{0}));
            }
}

TEST_CASE("densities are over the cells inside, or over all voxels; lengths are shortest edges")
{
    const auto comm = Communicator::world();
    const Shape shape{20, 18, 30};
    const auto slab = [](std::int64_t, std::int64_t, std::int64_t z) { return z < 7; };
    const image::PoreSpace pores(comm, shape, test::make_bricks(comm, shape, slab), Boundary::sealed,
                                 EdgeRatios({.x = 1e-6, .y = 1e-6, .z = 2e-6}));
    const geometry::KnownBricks known(pores, 1);
    const auto inside = geometry::functionals(known);
    CHECK(inside.voxels == 19 * 17 * 29);
    CHECK(inside.total.volume == Approx(6.5 * 17 * 29 * 2)); // the lowest layer counts half
    CHECK(inside.total.surface == Approx(0.9 * 17 * 29).epsilon(0.03));
    const auto all = geometry::functionals(known, Rim::solid);
    CHECK(all.voxels == shape.voxels());
    CHECK(all.total.volume == Approx(7 * 18 * 30 * 2));
    CHECK(all.total.euler_6 == 1);
    CHECK(all.total.euler_26 == 1);
    const image::PoreSpace flat(comm, {1, 8, 8}, test::make_bricks(comm, {1, 8, 8}, slab));
    CHECK(geometry::functionals(geometry::KnownBricks(flat, 1)).voxels == 0);
}

// Of another program; its share of the sphere for diagonals of cubes is 4e-5 too large.
TEST_CASE("sandstone and limestone have the Euler numbers, the surface and the curvature of another program")
{
    struct Rock {
        const char* file;
        std::int64_t edge, crop;
        double euler_6, euler_26, surface, curvature, euler_density;
    };
    for (const Rock& rock :
         {Rock{"berea_400x400x400_u8.raw.gz", 400, 128, -127, -122, 0.08856974, 0.00667251, -8.98e-5},
          Rock{"ketton_256x256x256_u8.raw.gz", 256, 256, -2565, -3546, 0.06393097, 0.00675290, -1.675e-4}}) {
        const auto path = test::data_file(rock.file);
        if (path.empty()) continue;
        const auto pores = read_pores(path, rock.edge, {0, rock.crop});
        const geometry::KnownBricks known(pores, 1);
        const auto whole = geometry::functionals(known, Rim::solid).total;
        CHECK(whole.euler_6 == rock.euler_6);
        CHECK(whole.euler_26 == rock.euler_26);
        const auto inside = geometry::functionals(known);
        const double voxels = inside.voxels;
        CHECK(inside.total.surface / voxels == Approx(rock.surface).epsilon(4e-5));
        CHECK(inside.total.curvature / voxels == Approx(rock.curvature).epsilon(4e-5));
        CHECK(inside.total.euler_6 / voxels == Approx(rock.euler_density).epsilon(5e-4));
    }
}

TEST_CASE("the whole of Berea sandstone has the Euler numbers, the surface and the curvature of another program", "[slow]")
{
    const auto path = test::data_file("berea_400x400x400_u8.raw.gz");
    if (path.empty()) return;
    const auto pores = read_pores(path, 400, {});
    const geometry::KnownBricks known(pores, 1);
    const auto whole = geometry::functionals(known, Rim::solid).total;
    CHECK(whole.euler_6 == -4370);
    CHECK(whole.euler_26 == -4393);
    const auto inside = geometry::functionals(known);
    const double voxels = inside.voxels;
    CHECK(inside.total.surface / voxels == Approx(0.08389645).epsilon(4e-5));
    CHECK(inside.total.curvature / voxels == Approx(0.00666335).epsilon(4e-5));
    CHECK(inside.total.euler_6 / voxels == Approx(-7.771e-5).epsilon(1e-4));
}
