// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/same_bits.hpp"

#include "property/resolution.hpp"

using namespace lapilli;
using parallel::Communicator;

namespace {

property::Resolution resolution_of(const Communicator& comm, const Shape& shape, Boundary beyond,
                                   const property::ResolutionOptions& options, const std::vector<Axis>& axes)
{
    const auto pore = [](auto x, auto y, auto z) { return test::smooth_noise(x, y, z, 1) < 0.495; };
    const image::PoreSpace pores(comm, shape, test::make_bricks(comm, shape, pore), beyond);
    property::Run run;
    const property::PermeabilityOptions solver{.axes = axes, .accuracy = 1e-2};
    const auto k = property::measure_permeability(run, pores, image::connect(pores), solver);
    return property::measure_resolution(run, pores, property::grid_values(k), property::grid_property(solver), options);
}

void check_resolution(const Shape& shape, Boundary beyond, const property::ResolutionOptions& options,
                      const std::vector<Axis>& axes)
{
    test::check_same_bits([&](const Communicator& comm) {
        const auto found = resolution_of(comm, shape, beyond, options, axes);
        Record numbers{found.mean_chord.values};
        if (found.tensor_2) numbers.push_back(rows(*found.tensor_2));
        for (const Axis axis : axes) {
            const auto& c = found.correction[axis].value();
            CHECK(c.ratio.value() < 1);
            CHECK(c.ratio.value() > 0.3);
            numbers.push_back({c.blocks, c.two_cells, c.ratio.value(), c.spread.value_or(0), c.standard_error.value_or(0),
                               c.sample.value_or(0), c.segmentation.value_or(0)});
        }
        return numbers;
    });
}

} // namespace

TEST_CASE("what is said of the grid has the same bits on any number of ranks")
{
    check_resolution({24, 20, 28}, Boundary::sealed, {}, {Axis::x, Axis::z});
    check_resolution({17, 24, 20}, Boundary::periodic, {}, {Axis::x, Axis::y, Axis::z});
}

TEST_CASE("what sampled blocks say has the same bits on any number of ranks", "[slow]")
{
    check_resolution({128, 128, 128}, Boundary::sealed, {.blocks = 2, .segmentation = true}, {Axis::y});
}

TEST_CASE("which blocks are solved on the finer grid does not depend on the ranks", "[slow]")
{
    test::check_same_bits([&](const Communicator& comm) {
        const Shape shape{128, 128, 192};
        const auto pore = [](auto x, auto y, auto z) { return test::smooth_noise(x, y, z, 1) < 0.48; };
        const image::PoreSpace pores(comm, shape, test::make_bricks(comm, shape, pore));
        property::Run run;
        const property::DiffusivityOptions solver{.accuracy = 1e-2};
        const auto d = property::measure_diffusivity(run, pores, image::connect(pores), 1, solver);
        const auto found =
            property::measure_resolution(run, pores, property::grid_values(d), property::grid_property(solver), {});
        Record numbers;
        for (const Axis axis : all_axes) {
            const auto& c = found.correction[axis].value();
            CHECK(c.blocks == 4);
            CHECK(c.two_cells < 4);
            numbers.push_back({c.two_cells, c.ratio.value(), c.standard_error.value(), c.sample.value()});
        }
        return numbers;
    });
}
