// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/distance.hpp"
#include "property/relative_transport.hpp"
#include "support/catch.hpp"
#include "support/dense_shape.hpp"

#include <cmath>
#include <set>

using namespace lapilli;
using parallel::Communicator;

namespace {

using Field = test::DenseShape::Field;

/// Whether each pore is connected to a face by pores that the fluid has not filled.
std::vector<bool> drains(const test::DenseShape& image, const std::vector<bool>& filled, Axis axis)
{
    Field open(image.size(), 0);
    for (std::int64_t i = 0; i < image.size(); ++i) open[i] = image.pore[i] != 0 && !filled[i] ? 1 : 0;
    const auto way = image.access(open, axis, true);
    std::vector<bool> drained(image.size());
    for (std::int64_t i = 0; i < image.size(); ++i) drained[i] = way[i] > 0;
    return drained;
}

/// Step by step, as an experiment goes: the interface becomes narrower, and what it could fill next is filled unless the
/// fluid in it is shut in.
std::vector<property::Drainage::Point> step_by_step(const test::DenseShape& image, Axis axis)
{
    const auto invaded = image.painted(image.access(image.distances(), axis, false));
    std::set<std::int64_t, std::greater<>> radii(invaded.begin(), invaded.end());
    radii.erase(0);
    std::vector<bool> filled(image.size(), false);
    std::vector<property::Drainage::Point> points;
    for (const auto level : radii) {
        const auto open = drains(image, filled, axis); // before this step
        property::Drainage::Point point{.radius = std::sqrt(1.0 * level / image.weights.smallest())};
        for (std::int64_t i = 0; i < image.size(); ++i) {
            if (invaded[i] >= level) ++point.invaded;
            if (invaded[i] == level && open[i]) filled[i] = true;
            if (filled[i]) ++point.escaped;
        }
        points.push_back(point);
    }
    return points;
}

} // namespace

TEST_CASE("drainage at all radii at once is drainage step by step, with and without trapping")
{
    const auto comm = Communicator::world();
    test::for_each_random_shape(30, [&](const test::DenseShape& image) {
        const auto pores = test::pores_of(comm, image);
        if (pores.total_pores() == 0 || !geometry::has_solid(pores)) return;
        const auto drainage = property::measure_drainage(pores, image.weights, {});
        if (!comm.is_root()) return; // the others have the same
        for (const Axis axis : all_axes) {
            const auto& curve = *drainage.axes[axis];
            const auto expected = step_by_step(image, axis);
            INFO(image.shape.nx << " x " << image.shape.ny << " x " << image.shape.nz << " along " << name(axis));
            REQUIRE(curve.points.size() == expected.size());
            for (std::size_t i = 0; i < expected.size(); ++i) {
                CHECK(curve.points[i].radius == expected[i].radius);
                CHECK(curve.points[i].invaded == expected[i].invaded);
                CHECK(curve.points[i].escaped == expected[i].escaped);
            }
        }
    });
}

TEST_CASE("a bundle of tubes fills one by one, and shuts nothing in; a dead end keeps what is in it")
{
    const auto comm = Communicator::world();
    const Shape shape{40, 60, 20};
    // square tubes along z, of radius 2, 4, 6 about y = 10, 30, 50, the last one closed above
    const auto tubes = [](std::int64_t x, std::int64_t y, std::int64_t z) {
        const auto within = [&](std::int64_t at, std::int64_t r) { return std::abs(x - 10) < r && std::abs(y - at) < r; };
        return within(10, 2) || within(30, 4) || (within(50, 6) && z < 39);
    };
    const image::PoreSpace pores(comm, shape, test::make_bricks(comm, shape, tubes), Boundary::sealed);
    const auto z = *property::measure_drainage(pores, {}, {.axes = {Axis::z}}).axes[Axis::z];
    CHECK(z.entry() == 6);
    CHECK(z.breakthrough == 4);
    CHECK(z.residual() > 0.3); // the closed tube cannot be emptied
    CHECK(z.final_saturation() == 1);
    const auto back = *property::measure_drainage(pores, {}, {.axes = {Axis::z}, .from_upper = true}).axes[Axis::z];
    CHECK(back.entry() == 4);
    CHECK(back.final_saturation() < 0.6); // from above nobody gets into it
    const auto mercury = property::measure_drainage(pores, {}, {.from = property::all_faces()}).whole;
    CHECK(mercury->entry() == 6);
    CHECK(mercury->residual() == 0);
    CHECK(!mercury->breakthrough);
    const auto chosen = // as along z, and once from the side as well
        property::measure_drainage(pores, {}, {.from = {{Axis::z, false}}, .to = {{Axis::z, true}}}).whole;
    CHECK(chosen->breakthrough == z.breakthrough);
    CHECK(chosen->residual() == z.residual());
    const auto nowhere =
        property::measure_drainage(pores, {}, {.from = {{Axis::x, false}, {Axis::y, true}}, .to = {}}).whole;
    CHECK(nowhere->points.empty()); // no tube ends there
}

TEST_CASE("in a bundle of straight tubes either fluid conducts by its cross section, and flow by each tube's own")
{
    const auto comm = Communicator::world();
    const Shape shape{20, 40, 60};
    const auto tubes = [](std::int64_t x, std::int64_t y, std::int64_t) {
        const auto within = [&](std::int64_t at, std::int64_t r) { return std::abs(x - at) < r && std::abs(y - 20) < r; };
        return within(8, 3) || within(24, 5) || within(46, 8);
    };
    const image::PoreSpace pores(comm, shape, test::make_bricks(comm, shape, tubes), Boundary::sealed);
    property::Run run;
    const auto found =
        property::measure_relative_transport(run, pores, {}, {.axes = {Axis::z}},
                                             {.stages = 5,
                                              .diffusivity = property::DiffusivityOptions{.axes = {}, .accuracy = 1e-5},
                                              .permeability = property::PermeabilityOptions{.axes = {}, .accuracy = 1e-4}});
    const auto& relative = found.axes[Axis::z]->relative;
    REQUIRE(relative.size() >= 2);
    double last = 0;
    for (const auto& point : relative) {
        CHECK(*point.diffusivity_non_wetting == Approx(point.saturation).epsilon(1e-3));
        CHECK(*point.diffusivity_wetting == Approx(1 - point.saturation).epsilon(1e-3));
        CHECK(*point.permeability_non_wetting > last); // wider tubes first
        CHECK(*point.permeability_non_wetting + *point.permeability_wetting <= 1.001);
        last = *point.permeability_non_wetting;
    }
}

TEST_CASE("the mean flow radius lies between the two solved ones on either side of half the dry flow, or is not known")
{
    using Relative = property::Drainage::Curve::Relative;
    property::Drainage::Curve curve;
    const auto add = [&](double radius, std::optional<double> k) {
        curve.relative.push_back(Relative{.radius = radius, .permeability_non_wetting = k});
    };
    CHECK_FALSE(curve.mean_flow_radius());
    add(9, 0.1);
    add(8, 0.2);
    CHECK_FALSE(curve.mean_flow_radius());
    add(4, 0.7);
    add(2, 0.9);
    CHECK(*curve.mean_flow_radius() == Approx(8 - 4 * 0.3 / 0.5));
    for (auto& point : curve.relative) point.permeability_non_wetting.reset();
    CHECK_FALSE(curve.mean_flow_radius());
}

TEST_CASE("a pressure is that of Young and Laplace")
{
    const property::Fluids mercury = property::Fluids::known().front();
    CHECK(std::abs(mercury.pressure_pa(1e-6) / 743063 - 1) < 1e-5); // 2 * 0.485 cos 40 degrees / 1 um
    CHECK(property::Fluids{"", 0.03, 0}.pressure_pa(3e-6) == 0.06 / 3e-6);
}
