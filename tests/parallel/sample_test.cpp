// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/complement.hpp"
#include "image/planes.hpp"
#include "property/drainage.hpp"
#include "property/pore_size.hpp"
#include "property/sample_blocks.hpp"
#include "support/catch.hpp"
#include "support/made_image.hpp"

#include <numeric>

using namespace lapilli;
using parallel::Communicator;

namespace {

constexpr Shape box{48, 50, 50};

/// Layers across z, four voxels of pore and four of solid: lines across z and planes along it say the same of any part.
bool in_layer(std::int64_t, std::int64_t, std::int64_t z) { return z % 8 < 4; }
bool in_cylinder(std::int64_t x, std::int64_t y)
{
    const auto dx = 2 * x - 49, dy = 2 * y - 49;
    return dx * dx + dy * dy < 40 * 40;
}

/// The layers in a box, or in a cylinder along z.
image::PoreSpace layers(const Communicator& comm, bool cylinder)
{
    const auto in_sample = [&](auto x, auto y) { return !cylinder || in_cylinder(x, y); };
    const auto pore = [&](auto x, auto y, auto z) { return in_sample(x, y) && in_layer(x, y, z); };
    image::PoreSpace pores(comm, box, test::make_bricks(comm, box, pore));
    pores.leave_out(test::make_bricks(comm, box, [&](auto x, auto y, auto) { return !in_sample(x, y); }));
    return pores;
}

void check_same_material(const property::PoreSize& core, const property::PoreSize& whole)
{
    CHECK(core.mean_distance == Approx(whole.mean_distance).epsilon(1e-14)); // other voxels, the same numbers
    REQUIRE(core.classes.size() == whole.classes.size());
    for (std::size_t i = 0; i < core.classes.size(); ++i) {
        CHECK(core.classes[i].radius == whole.classes[i].radius);
        CHECK(core.classes[i].voxels * whole.voxels == whole.classes[i].voxels * core.voxels);
    }
    REQUIRE(core.densities);
    CHECK(core.densities->surface == Approx(whole.densities->surface).epsilon(1e-14));
    CHECK((*core.fabric)(2, 2) == Approx((*whole.fabric)(2, 2)).epsilon(1e-14));
    const auto& z = core.axes[Axis::z].lines;
    CHECK(z.chords.mean() == 4);
    for (const std::int64_t lag : {0, 4, 8, 11})
        CHECK(*z.two_point.share(lag) == *whole.axes[Axis::z].lines.two_point.share(lag));
    for (const Axis across : {Axis::x, Axis::y}) {
        const auto& lines = core.axes[across].lines;
        CHECK(lines.chords.whole_count() == 0); // all are cut by the edge of the sample
        CHECK(lines.chords.cut_voxels == core.voxels);
        for (const std::int64_t lag : {0, 1, 7, 25}) CHECK(*lines.two_point.share(lag) == 0.5);
    }
}

} // namespace

TEST_CASE("a cylinder of layers has the sizes, the surface, the fabric and the correlation of a box of them")
{
    const auto comm = Communicator::world();
    const auto core = layers(comm, true), whole = layers(comm, false);
    CHECK(!core.all_sample());
    CHECK(whole.all_sample());
    check_same_material(property::measure_pore_size(core, {}, property::Convention::lapilli),
                        property::measure_pore_size(whole, {}, property::Convention::lapilli));
    image::PoreSpace grains(core, image::complement(core.open()));
    grains.leave_out(image::outside_of(core));
    CHECK(grains.total_pores() == core.total_pores()); // half and half
    check_same_material(property::measure_pore_size(grains, {}, property::Convention::lapilli),
                        property::measure_pore_size(whole, {}, property::Convention::lapilli));
}

TEST_CASE("each plane has its own part of the sample, or none")
{
    const auto comm = Communicator::world();
    const auto core = layers(comm, true);
    const auto pores = image::pores_in_planes(core), sample = image::sample_in_planes(core);
    const auto disc = sample[Axis::z][0];
    CHECK(disc == Approx(3.14159 * 20 * 20).epsilon(0.01));
    for (std::int64_t z = 0; z < box.nz; ++z) {
        CHECK(sample[Axis::z][z] == disc);
        CHECK(pores[Axis::z][z] == (in_layer(0, 0, z) ? disc : 0));
    }
    for (const Axis axis : {Axis::x, Axis::y})
        for (std::int64_t i = 0; i < 50; ++i) {
            CHECK((sample[axis][i] == 0) == (i < 5 || i > 44));
            CHECK(2 * pores[axis][i] == sample[axis][i]);
        }
}

TEST_CASE("a ball is not held up by what is outside, and nothing gets in from there")
{
    const auto comm = Communicator::world();
    const Shape shape{20, 20, 40};
    // a square duct along x, cut lengthwise: half of it is outside
    const auto duct = [](auto, auto y, auto z) { return std::abs(2 * y - 19) < 10 && std::abs(2 * z - 19) < 10; };
    const auto beside = [](auto, auto y, auto) { return y >= 10; };
    image::PoreSpace half(comm, shape,
                          test::make_bricks(comm, shape, [&](auto x, auto y, auto z) { return duct(x, y, z) && y < 10; }));
    const auto walled = property::measure_pore_size(half, {}, property::Convention::lapilli);
    half.leave_out(test::make_bricks(comm, shape, beside));
    const auto cut = property::measure_pore_size(half, {}, property::Convention::lapilli);
    const image::PoreSpace whole(comm, shape, test::make_bricks(comm, shape, duct));
    const auto all = property::measure_pore_size(whole, {}, property::Convention::lapilli);
    CHECK(walled.axes[Axis::x].critical_radius == 3);
    CHECK(cut.axes[Axis::x].critical_radius == all.axes[Axis::x].critical_radius);
    CHECK(cut.mean_radius() == Approx(all.mean_radius()).epsilon(1e-14)); // balls reach across the cut, as beyond faces
    const auto mercury = property::measure_drainage(half, {}, {.from = {{Axis::y, true}}}).whole;
    CHECK(mercury->points.empty());
}

TEST_CASE("blocks for the error of the grid have nothing outside the sample")
{
    const auto comm = Communicator::world();
    const Shape shape{128, 256, 256};
    const auto outside = [](std::int64_t x, std::int64_t y, std::int64_t) {
        return (2 * x - 255) * (2 * x - 255) + (2 * y - 255) * (2 * y - 255) > 255 * 255;
    };
    image::PoreSpace core(
        comm, shape, test::make_bricks(comm, shape, [&](auto x, auto y, auto z) { return !outside(x, y, z) && z % 8 < 4; }));
    CHECK(property::choose_blocks(core, 100).blocks.size() == 32); // of 64 voxels: 4 x 4 x 2
    core.leave_out(test::make_bricks(comm, shape, outside));
    const auto blocks = property::choose_blocks(core, {}).blocks;
    CHECK(blocks.size() == 4);
    for (const auto& block : blocks)
        for (const auto first : {block.first.x, block.first.y}) CHECK((first == 4 || first == 8));
    CHECK(property::choose_blocks(core, 100).blocks.size() == 8);
}
