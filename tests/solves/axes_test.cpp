// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/same_bits.hpp"

using namespace lapilli;
using parallel::Communicator;

namespace {

/// What is found along an axis does not depend on the axes before it, although solvers are shared with them.
/// @param measure  of axes: a property
template <class Measure>
void check_alone_and_after(const std::vector<Axis>& axes, Measure&& measure)
{
    const auto together = measure(axes);
    for (const Axis axis : axes) {
        INFO("along " << name(axis));
        const auto alone = measure({axis});
        CHECK(alone.axes[axis]->percolates);
        CHECK(property::record_of(*together.axes[axis]) == property::record_of(*alone.axes[axis]));
    }
}

template <class Phase>
void check_each_diffusivity(const Shape& shape, Phase&& phase, const std::vector<Axis>& axes,
                            std::vector<double> conductivity = {1}, const EdgeRatios& edges = {})
{
    const auto image = test::make_image(Communicator::world(), shape, phase, Boundary::sealed, edges);
    check_alone_and_after(axes, [&](const std::vector<Axis>& some) {
        property::Run run;
        return property::measure_diffusivity(run, image.pores, image.connectivity, 1,
                                             {.axes = some, .conductivity = conductivity, .accuracy = 1e-6});
    });
}

template <class Phase>
void check_each_permeability(const Shape& shape, Phase&& phase, const std::vector<Axis>& axes,
                             std::optional<Axis> normal = {}, const EdgeRatios& edges = {})
{
    const auto image = test::make_image(Communicator::world(), shape, phase, Boundary::sealed, edges);
    check_alone_and_after(axes, [&](const std::vector<Axis>& some) {
        property::Run run;
        return property::measure_permeability(run, image.pores, image.connectivity, {.axes = some, .normal = normal});
    });
}

const std::vector<Axis> every_axis(all_axes.begin(), all_axes.end());

/// Pores that connect the faces of x and y, and beside them a thread that connects those of x alone.
bool beside_a_thread(std::int64_t x, std::int64_t y, std::int64_t z)
{
    return z < 3 ? y == 9 && z == 1 : test::rough(x, y, z);
}

} // namespace

TEST_CASE("the same pores percolate along axes where no cluster connects the faces of one of them alone")
{
    const auto image = [](auto&& phase) {
        return test::make_image(Communicator::world(), {36, 33, 40}, phase, Boundary::sealed);
    };
    const auto clusters = image(test::rough);
    const auto alike = [](const auto& made, Axis a, Axis b) {
        return image::percolate_alike(made.pores, made.connectivity, a, b);
    };
    CHECK(alike(clusters, Axis::x, Axis::y));
    CHECK(alike(clusters, Axis::x, Axis::z));
    const auto thread = image(beside_a_thread);
    CHECK_FALSE(alike(thread, Axis::x, Axis::y));
    CHECK_FALSE(alike(thread, Axis::y, Axis::x));
    CHECK(alike(thread, Axis::y, Axis::y));
}

TEST_CASE("the diffusivity along an axis does not depend on the axes before it", "[seven]")
{
    check_each_diffusivity({64, 80, 48}, test::rough, {Axis::z, Axis::x, Axis::y});
    check_each_diffusivity({36, 33, 40}, test::rough, every_axis, {1}, EdgeRatios(VoxelEdges{3, 7, 2}));
    check_each_diffusivity({36, 33, 40}, test::three_phases, every_axis, {1.0, 0.3, 1e-3});
    check_each_diffusivity({36, 33, 40}, beside_a_thread, {Axis::x, Axis::y});
    check_each_diffusivity({36, 33, 40}, beside_a_thread, {Axis::y, Axis::x});
    check_each_diffusivity(
        {1, 33, 40}, [](auto...) { return true; }, every_axis);
}

TEST_CASE("the permeability along an axis does not depend on the axes before it", "[seven]")
{
    check_each_permeability({36, 33, 40}, test::rough, {Axis::z, Axis::x, Axis::y});
    check_each_permeability({20, 33, 24}, test::rough, every_axis, Axis::z, EdgeRatios(VoxelEdges{3, 7, 2}));
    check_each_permeability({36, 33, 40}, beside_a_thread, {Axis::x, Axis::y});
}
