// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/catch.hpp"
#include "support/data_folder.hpp"
#include "support/made_image.hpp"
#include "support/poiseuille.hpp"

#include "image/read.hpp"
#include "image/refine.hpp"
#include "image/wall_steps.hpp"
#include "property/resolution.hpp"

#include <cmath>

using namespace lapilli;
using parallel::Communicator;

namespace {

property::Resolution resolution_of(const image::PoreSpace& pores, const property::PermeabilityOptions& solver,
                                   const property::ResolutionOptions& options)
{
    property::Run run;
    const auto k = property::measure_permeability(run, pores, image::connect(pores), solver);
    return property::measure_resolution(run, pores, property::grid_values(k), property::grid_property(solver), options);
}

/// D/D0 by one and by two cells per voxel edge, along x.
property::TwoGrid diffusivity_on_two_grids(const image::PoreSpace& pores)
{
    property::Run run;
    const property::DiffusivityOptions solver{.axes = {Axis::x}, .accuracy = 1e-6};
    const auto d = property::measure_diffusivity(run, pores, image::connect(pores), 1, solver);
    const auto r = property::measure_resolution(run, pores, property::grid_values(d), property::grid_property(solver),
                                                {.refine = true});
    return r.two_grid[Axis::x].value();
}

} // namespace

// Plain walls make the parabola of h cells (h²/12)(1 + 2/h²): k(2) of h voxels has a quarter of that error.
TEST_CASE("the refined slit is the slit of twice the cells")
{
    const auto comm = Communicator::world();
    const Shape shape{8, 3, 4};
    const image::PoreSpace pores(
        comm, shape, test::make_bricks(comm, shape, [](auto, auto, auto z) { return z > 0 && z < 6; }), Boundary::periodic);
    const auto r = resolution_of(pores, {.walls = stokes::Walls::plain, .accuracy = 1e-7}, {.refine = true});
    const double smooth = 25 / 12.0 * 5 / 8;
    REQUIRE(r.two_grid[Axis::x].has_value());
    CHECK(r.two_grid[Axis::x]->one == Approx(smooth * (1 + 2 / 25.0)).epsilon(1e-6));
    CHECK(r.two_grid[Axis::x]->two == Approx(smooth * (1 + 2 / 100.0)).epsilon(1e-6));
    REQUIRE(r.tensor_2.has_value());
    CHECK((*r.tensor_2)(1, 1) == Approx(smooth * (1 + 2 / 100.0)).epsilon(1e-6));
    CHECK_FALSE(r.two_grid[Axis::z].has_value());
    CHECK_FALSE(r.correction[Axis::z].has_value());
    CHECK(r.mean_chord[Axis::z] == 5);
}

// A section of h by w voxels along x, in a wall around it if the image is periodic: there w of 0 is a slit without ends.
TEST_CASE("the corrected permeability of a thin slit or duct is nearer to the truth than the plain one")
{
    const auto comm = Communicator::world();
    for (const auto walls : {stokes::Walls::weighted, stokes::Walls::plain})
        for (const auto beyond : {Boundary::sealed, Boundary::periodic})
            for (const std::int64_t h : {1, 2, 3})
                for (const std::int64_t w : {h, std::int64_t{0}}) {
                    if (w == 0 && beyond == Boundary::sealed) continue; // its sides are walls: a slit has ends
                    const std::int64_t wall = beyond == Boundary::periodic ? 1 : 0;
                    const Shape shape{h + wall, w == 0 ? 4 : w + wall, 3};
                    const auto inside = [&](auto, auto y, auto z) { return z < h && (w == 0 || y < w); };
                    const image::PoreSpace pores(comm, shape, test::make_bricks(comm, shape, inside), beyond);
                    CHECK_FALSE(image::walls_of(pores).steps);
                    CHECK(image::walls_of(pores).one_voxel_wide == (h == 1 ? 1 : 0));
                    const auto r = resolution_of(pores, {.axes = {Axis::x}, .walls = walls, .accuracy = 1e-6}, {});
                    const double height = static_cast<double>(h);
                    const double truth = (w == 0 ? height * height / 12 : test::rectangle(height, height)) *
                                         static_cast<double>(pores.total_pores()) / static_cast<double>(shape.voxels());
                    REQUIRE(r.two_grid[Axis::x].has_value());
                    const double one = r.two_grid[Axis::x]->one, corrected = one * *r.correction[Axis::x]->ratio;
                    INFO(h << " by " << w << ", " << name(beyond) << ", plain " << one / truth - 1 << ", corrected "
                           << corrected / truth - 1);
                    CHECK(std::abs(corrected / truth - 1) < 0.6 * std::abs(one / truth - 1));
                    if (walls == stokes::Walls::weighted) CHECK(std::abs(truth / corrected - 1) < r.left[Axis::x]);
                }
}

// Nothing changes along the channels, so that their truth is a matter of a fine section.
TEST_CASE("what extrapolation leaves of narrow channels with steps is not more than is said")
{
    const auto comm = Communicator::world();
    const auto inside = [](bool crossing, std::int64_t h, std::int64_t y, std::int64_t z) {
        const bool flat = z >= 2 && z < 2 + h, upright = y >= 2 && y < 2 + h;
        return crossing ? flat || upright : (flat && y >= 2 && y < 9) || (upright && z >= 2 && z < 9);
    };
    for (const auto beyond : {Boundary::sealed, Boundary::periodic})
        for (const bool crossing : {true, false})
            for (const std::int64_t h : {1, 2, 3}) {
                const auto measured = [&](std::int64_t cells) {
                    const Shape shape{12 * cells, 12 * cells, 2};
                    const auto pore = [&](auto, auto y, auto z) { return inside(crossing, h, y / cells, z / cells); };
                    const image::PoreSpace pores(comm, shape, test::make_bricks(comm, shape, pore), beyond);
                    return resolution_of(pores, {.axes = {Axis::x}, .accuracy = 1e-5}, {});
                };
                const auto coarse = measured(1), fine = measured(4);
                const double truth = fine.two_grid[Axis::x]->extrapolated() / 16,
                             quoted = coarse.two_grid[Axis::x]->extrapolated();
                INFO((crossing ? "cross" : "bend")
                     << " of " << h << ", " << name(beyond) << ", off by " << truth / quoted - 1);
                CHECK(std::abs(truth / quoted - 1) < coarse.left[Axis::x]);
            }
}

// Lines between the grains are longer than the throats are wide.
TEST_CASE("what extrapolation leaves around grains and pillars is not more than is said")
{
    const auto comm = Communicator::world();
    const auto on_grid = [](std::int64_t period, std::int64_t cells, std::int64_t at) { return at / cells % period; };
    const auto check = [&](const char* what, Shape voxels, auto&& solid) {
        const auto measured = [&](std::int64_t cells) {
            const Shape shape{voxels.nz == 1 ? 1 : voxels.nz * cells, voxels.ny * cells, voxels.nx * cells};
            const auto pore = [&](auto x, auto y, auto z) { return !solid(cells, x, y, z); };
            const image::PoreSpace pores(comm, shape, test::make_bricks(comm, shape, pore));
            const std::optional<Axis> normal = voxels.nz == 1 ? std::optional(Axis::z) : std::nullopt;
            return resolution_of(pores, {.axes = {Axis::x}, .normal = normal, .accuracy = 1e-5}, {.refine = true});
        };
        const auto coarse = measured(1), fine = measured(4);
        const double truth = fine.two_grid[Axis::x]->extrapolated() / 16, quoted = coarse.two_grid[Axis::x]->extrapolated();
        INFO(what << ", off by " << truth / quoted - 1 << ", said " << coarse.left[Axis::x]);
        CHECK(std::abs(truth / quoted - 1) < coarse.left[Axis::x]);
        CHECK(std::abs(truth / quoted - 1) > 0.1 * coarse.left[Axis::x]); // it tells something
    };
    for (const std::int64_t gap : {2, 4, 6})
        check("pillars", {1, 24, 24}, [&](auto cells, auto x, auto y, auto) {
            return on_grid(8, cells, x) < 8 - gap && on_grid(8, cells, y) < 8 - gap;
        });
    check("grains", {12, 12, 12}, [&](auto cells, auto x, auto y, auto z) {
        const auto part = [&](auto at) { return std::pow(on_grid(12, cells, at) - 5.5, 2); };
        return part(x) + part(y) + part(z) < 16;
    });
}

// The whole image on both grids is the truth.
TEST_CASE("the ratio that a few blocks tell is that of the whole image within what is said", "[slow]")
{
    const auto comm = Communicator::world();
    const Shape shape{128, 128, 144};
    const auto pore = [](auto x, auto y, auto z) { return test::smooth_noise(x, y, z, 1) < 0.48; };
    const image::PoreSpace pores(comm, shape, test::make_bricks(comm, shape, pore));
    const property::DiffusivityOptions solver{.accuracy = 1e-3};
    property::Run run;
    const auto d = property::measure_diffusivity(run, pores, image::connect(pores), 1, solver);
    const auto measured = [&](const property::ResolutionOptions& options) {
        return property::measure_resolution(run, pores, property::grid_values(d), property::grid_property(solver), options);
    };
    const auto few = measured({}), all = measured({.blocks = 4}), whole = measured({.refine = true});
    for (const Axis axis : all_axes) {
        const auto &some = *few.correction[axis], &every = *all.correction[axis];
        const auto& pair = *whole.two_grid[axis];
        const double truth = pair.extrapolated() / pair.one;
        INFO(name(axis) << ": " << *some.ratio << " by " << some.two_cells << ", " << *every.ratio << " by all, " << truth
                        << ", said " << *some.standard_error << " and " << few.left[axis]);
        CHECK(some.two_cells < every.two_cells);
        CHECK(std::abs(*some.ratio / truth - 1) < std::hypot(*some.standard_error, few.left[axis]));
        CHECK(std::abs(*some.ratio / *every.ratio - 1) < std::hypot(*some.standard_error, *every.standard_error));
        CHECK(std::abs(truth - 1) > 3 * *some.standard_error); // it tells something
    }
}

TEST_CASE("walls have steps where solid juts out, also across bricks and ranks and the border of a periodic image")
{
    const auto comm = Communicator::world();
    const Shape shape{40, 36, 33};
    const auto steps = [&](auto&& pore, Boundary beyond) {
        return image::walls_of(image::PoreSpace(comm, shape, test::make_bricks(comm, shape, pore), beyond)).steps;
    };
    const auto all = [](auto, auto, auto) { return true; };
    const auto duct = [](auto, auto y, auto z) { return y > 3 && y < 20 && z > 7; };
    for (const auto beyond : {Boundary::sealed, Boundary::periodic}) {
        CHECK_FALSE(steps(all, beyond));
        CHECK_FALSE(steps(duct, beyond));
        for (const std::int64_t at : {5, 15, 16, 31, 32})
            CHECK(steps([&](auto x, auto y, auto z) { return x != at || y != at || z != at; }, beyond));
        CHECK(steps([](auto x, auto y, auto) { return x < 16 || y < 16; }, beyond));
    }
    const auto corner = [](auto, auto y, auto z) { return y > 0 || z > 0; };
    CHECK(steps(corner, Boundary::sealed));
    CHECK(steps(corner, Boundary::periodic));
}

TEST_CASE("blocks that do not percolate are left out and counted")
{
    const auto comm = Communicator::world();
    const Shape shape{128, 128, 128};
    const auto tube = [](auto, auto y, auto z) { return y > 9 && y < 16 && z > 9 && z < 16; };
    const image::PoreSpace pores(comm, shape, test::make_bricks(comm, shape, tube));
    const auto r = resolution_of(pores, {.accuracy = 1e-4}, {.blocks = 8, .segmentation = true});
    REQUIRE(r.correction[Axis::x].has_value());
    CHECK(r.correction[Axis::x]->blocks == 2);
    CHECK(r.correction[Axis::x]->left_out == 6);
    CHECK(r.correction[Axis::x]->edge_voxels == 64);
    CHECK(*r.correction[Axis::x]->spread == Approx(0).margin(1e-3));
    CHECK(*r.correction[Axis::x]->ratio == Approx(1.02).epsilon(0.005)); // a weighted duct of six voxels is 2 % too tight
    CHECK(*r.correction[Axis::x]->segmentation == Approx(0.685).epsilon(0.05)); // ((7/6)^4 - (5/6)^4) / 2 of a smooth duct
    CHECK_FALSE(r.correction[Axis::y].has_value());
}

TEST_CASE("pores by other thresholds stand for half a voxel more or less of them")
{
    const auto comm = Communicator::world();
    const Shape shape{128, 128, 128};
    const auto duct = [&](std::int64_t wide) { // along x, through two blocks
        const auto inside = [=](auto c) { return c >= 12 - wide / 2 && c < 12 + wide / 2; };
        return image::PoreSpace(
            comm, shape, test::make_bricks(comm, shape, [&](auto, auto y, auto z) { return inside(y) && inside(z); }));
    };
    const auto pores = duct(6), wider = duct(8), narrower = duct(4);
    property::Run run;
    const property::DiffusivityOptions solver{.axes = {Axis::x}, .accuracy = 1e-6};
    const auto d = property::measure_diffusivity(run, pores, image::connect(pores), 1, solver);
    const auto r = property::measure_resolution(run, pores, property::grid_values(d), property::grid_property(solver),
                                                {.blocks = 8, .segmentation = true, .wider = &wider, .narrower = &narrower});
    REQUIRE(r.correction[Axis::x].has_value());
    CHECK(*r.correction[Axis::x]->segmentation == Approx((64 - 16) / (2 * 36.0)).epsilon(1e-4)); // cross-sections
}

TEST_CASE("diffusivity and permeability are related to the cross-section of the sample")
{
    const auto comm = Communicator::world();
    const Shape shape{6, 5, 8};
    const image::PoreSpace pores(comm, shape,
                                 test::make_bricks(comm, shape, [](auto, auto y, auto z) { return y > 0 && z > 1; }));
    const auto connectivity = image::connect(pores);
    const auto both = [&](double share) {
        property::Run run;
        const auto d = property::measure_diffusivity(run, pores, connectivity, 1, {.sample_share = share});
        const auto k = property::measure_permeability(run, pores, connectivity, {.sample_share = share});
        return std::pair{d.axes[Axis::x]->relative, k.axes[Axis::x]->voxel2};
    };
    const auto [d, k] = both(1);
    const auto [d_of_sample, k_of_sample] = both(0.8);
    CHECK(d_of_sample == Approx(d / 0.8).epsilon(1e-12));
    CHECK(k_of_sample == Approx(k / 0.8).epsilon(1e-12));
}

TEST_CASE("the diffusivity of a straight channel is the same on both grids")
{
    const auto comm = Communicator::world();
    const Shape shape{6, 5, 8};
    const auto channel = [](auto, auto y, auto z) { return y > 0 && z > 1; };
    const auto pair = diffusivity_on_two_grids(image::PoreSpace(comm, shape, test::make_bricks(comm, shape, channel)));
    CHECK(pair.one == Approx(16 / 30.0).epsilon(1e-5));
    CHECK(pair.extrapolated() == Approx(16 / 30.0).epsilon(1e-5));
}

// Pores of few voxels, whose grid error is largest: what one and two cells per voxel edge say together is much nearer to
// what two and four say together than to what two say alone.
TEST_CASE("the grid's error in the diffusivity falls as it is extrapolated")
{
    const auto comm = Communicator::world();
    const Shape shape{24, 24, 24};
    const auto noise = [](auto x, auto y, auto z) { return test::smooth_noise(x, y, z, 3) < 0.48; };
    const image::PoreSpace voxels(comm, shape, test::make_bricks(comm, shape, noise));
    const image::PoreSpace cells(comm, image::refined(shape), image::refine(image::owned(voxels)));
    const auto coarse = diffusivity_on_two_grids(voxels), fine = diffusivity_on_two_grids(cells);
    CHECK(fine.one == Approx(coarse.two).epsilon(1e-5));
    CHECK(coarse.one < 0.97 * coarse.two);
    CHECK(coarse.extrapolated() == Approx(fine.extrapolated()).margin((fine.extrapolated() - coarse.two) / 4));
}

// Values of an independent program for a block of 128³ voxels.
TEST_CASE("a block of Berea sandstone has the known permeabilities on two grids", "[slow]")
{
    const auto path = test::data_file("berea_400x400x400_u8.raw.gz");
    if (path.empty()) return;
    const auto comm = Communicator::world();
    auto image = image::read_image(comm,
                                   {path,
                                    {.shape = Shape{400, 400, 400}, .type = format::VoxelType::u8},
                                    {Crop{256, 384}, Crop{128, 256}, Crop{256, 384}}},
                                   {{0, 1}});
    const image::PoreSpace pores(comm, image.shape, std::move(image.bricks));
    const auto r = resolution_of(pores, {.accuracy = 1e-3}, {.refine = true});
    const PerAxis<double> one{.06237, .03398, .09911}, two{.05415, .02901, .08663};
    for (const Axis axis : all_axes) {
        INFO("axis " << name(axis));
        const auto& pair = r.two_grid[axis];
        REQUIRE(pair.has_value());
        CHECK(pair->one == Approx(one[axis]).epsilon(0.005));
        CHECK(pair->two == Approx(two[axis]).epsilon(0.005));
        CHECK(pair->extrapolated() == Approx(2 * two[axis] - one[axis]).epsilon(0.02));
    }
}
