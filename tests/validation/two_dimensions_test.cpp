// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/catch.hpp"
#include "support/made_image.hpp"

#include "property/resolution.hpp"

#include <cmath>

using namespace lapilli;
using parallel::Communicator;

namespace {

constexpr std::int64_t length = 48;
constexpr double exact = 1e-6;

/// Pillars in a plane with axes p and q.
bool open(std::int64_t p, std::int64_t q) { return test::smooth_noise(p, q, 0, 7) < 0.51; }

Shape plane(Axis normal, std::int64_t p, std::int64_t q)
{
    return normal == Axis::z ? Shape{1, q, p} : normal == Axis::y ? Shape{q, 1, p} : Shape{q, p, 1};
}
/// Coordinates in a plane: the axes but the normal, in their order.
template <class Pore>
auto in_plane(Axis normal, Pore&& pore)
{
    return [normal, pore](std::int64_t x, std::int64_t y, std::int64_t z) {
        return normal == Axis::z ? pore(x, y) : normal == Axis::y ? pore(x, z) : pore(y, z);
    };
}

template <class Pore>
property::Permeability flow(Axis normal, const Shape& shape, Pore&& pore, Boundary beyond = Boundary::sealed)
{
    auto axes = std::vector<Axis>(all_axes.begin(), all_axes.end());
    std::erase(axes, normal);
    return test::permeability_of(Communicator::world(), shape, in_plane(normal, pore),
                                 {.axes = axes, .normal = normal, .accuracy = exact}, beyond);
}
double flow_along(const property::Permeability& k, Axis axis) { return k.axes[axis]->voxel2; }

} // namespace

TEST_CASE("a channel in a plane is a slit, not a duct")
{
    double before = 0;
    for (const std::int64_t height : {4, 8, 16}) {
        const auto k = flow(Axis::z, plane(Axis::z, 8, height + 2), [&](auto, auto q) { return q > 0 && q <= height; });
        const double h = static_cast<double>(height), truth = h * h / 12 * h / (h + 2);
        const double error = std::abs(flow_along(k, Axis::x) / truth - 1);
        CHECK(error < 0.01);
        if (before != 0) CHECK(error < before / 3); // second order
        before = error;
    }
}

TEST_CASE("sealed flow in a plane is that of the plane and its mirror image, repeated")
{
    const auto sealed = flow(Axis::z, plane(Axis::z, length, length), open);
    const auto mirrored = [](auto p) { return p < length ? p : 2 * length - 1 - p; };
    // a periodic image one voxel deep is its own neighbour above and below; a row of solid seals the other sides
    const auto x = flow(
        Axis::z, plane(Axis::z, 2 * length, length + 1), [&](auto p, auto q) { return q < length && open(mirrored(p), q); },
        Boundary::periodic);
    const auto y = flow(
        Axis::z, plane(Axis::z, length + 1, 2 * length), [&](auto p, auto q) { return p < length && open(p, mirrored(q)); },
        Boundary::periodic);
    const double wider = static_cast<double>(length + 1) / static_cast<double>(length);
    CHECK(std::abs(flow_along(x, Axis::x) * wider / flow_along(sealed, Axis::x) - 1) < 2 * exact);
    CHECK(std::abs(flow_along(y, Axis::y) * wider / flow_along(sealed, Axis::y) - 1) < 2 * exact);
}

TEST_CASE("a plane may stand across any axis")
{
    const auto flat = flow(Axis::z, plane(Axis::z, length, length), open);
    const auto upright = flow(Axis::y, plane(Axis::y, length, length), open);
    const auto sideways = flow(Axis::x, plane(Axis::x, length, length), open);
    CHECK(std::abs(flow_along(upright, Axis::x) / flow_along(flat, Axis::x) - 1) < 2 * exact);
    CHECK(std::abs(flow_along(upright, Axis::z) / flow_along(flat, Axis::y) - 1) < 2 * exact);
    CHECK(std::abs(flow_along(sideways, Axis::y) / flow_along(flat, Axis::x) - 1) < 2 * exact);
    CHECK(std::abs(flow_along(sideways, Axis::z) / flow_along(flat, Axis::y) - 1) < 2 * exact);
}

TEST_CASE("two cells per voxel edge are those of a plane that is twice as fine")
{
    const image::PoreSpace pores(
        Communicator::world(), plane(Axis::z, length, length),
        test::make_bricks(Communicator::world(), plane(Axis::z, length, length), in_plane(Axis::z, open)));
    const property::PermeabilityOptions options{.axes = {Axis::x}, .normal = Axis::z, .accuracy = exact};
    property::Run run;
    const auto k = property::measure_permeability(run, pores, image::connect(pores), options);
    const auto grid = property::measure_resolution(run, pores, property::grid_values(k), property::grid_property(options),
                                                   {.refine = true});
    const auto finer =
        flow(Axis::z, plane(Axis::z, 2 * length, 2 * length), [](auto p, auto q) { return open(p / 2, q / 2); });
    REQUIRE(grid.two_grid[Axis::x]);
    CHECK(std::abs(grid.two_grid[Axis::x]->two / (flow_along(finer, Axis::x) / 4) - 1) < 2 * exact);
}
