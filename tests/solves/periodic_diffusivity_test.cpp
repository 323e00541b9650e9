// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/same_bits.hpp"

using namespace lapilli;
using parallel::Communicator;

namespace {

template <class Phase>
void check_tensor(const Shape& shape, Phase&& phase, const property::DiffusivityOptions& options = {})
{
    INFO(shape.nz << " x " << shape.ny << " x " << shape.nx);
    test::check_same_bits([&](const Communicator& comm) {
        auto d = test::diffusivity_of(comm, shape, phase, options, Boundary::periodic);
        CHECK(d.converged());
        return d;
    });
}

} // namespace

TEST_CASE("the tensor has the same bits on any number of ranks", "[seven]")
{
    const auto pore = [](auto x, auto y, auto z) { return test::smooth_noise(x, y, z, 1) < 0.497; };
    for (const auto& shape : {Shape{64, 80, 48}, Shape{50, 33, 61}, Shape{17, 31, 47}}) check_tensor(shape, pore);
}

TEST_CASE("images that are one or two voxels thick have the same bits on any number of ranks", "[seven]")
{
    const auto pore = [](auto x, auto y, auto z) { return test::noise(x, y, z, 8) < 0.8; };
    for (const auto& shape : {Shape{1, 64, 64}, Shape{40, 2, 33}, Shape{31, 17, 1}, Shape{2, 1, 40}, Shape{1, 1, 1}})
        check_tensor(shape, pore);
}

TEST_CASE("several phases of a periodic image have the same bits on any number of ranks", "[seven]")
{
    check_tensor({33, 50, 40}, test::three_phases, {.conductivity = {1.0, 0.3, 1e-3}, .accuracy = 1e-6});
}

TEST_CASE("tubes that never merge, more than one rank's bricks long, have the same bits", "[seven]")
{
    // 900 tubes along x: 900 constants that are null vectors
    const auto tubes = [](auto, auto y, auto z) { return y % 2 == 0 && z % 2 == 0; };
    check_tensor({60, 60, 40}, tubes);
}
