// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "diffusion/unit_equation.hpp"
#include "support/catch.hpp"

#include <random>
#include <vector>

using namespace lapilli;

namespace {

/// A brick in the middle of six others, its own neighbour where `alone`, with so many voxels inside the image.
std::vector<brick::Brick> random_bricks(std::uint8_t extent, double porosity, bool alone)
{
    std::mt19937 random(extent);
    std::bernoulli_distribution pore(porosity);
    std::vector<brick::Brick> bricks(alone ? 1 : 7);
    std::int32_t first = 0;
    for (std::size_t b = 0; b < bricks.size(); ++b) {
        bricks[b].extent = {extent, extent, extent};
        for (int z = 0; z < extent; ++z)
            for (int y = 0; y < extent; ++y)
                for (int x = 0; x < extent; ++x)
                    if (pore(random)) bricks[b].mask.set(x, y, z);
        bricks[b].number(first);
        first += bricks[b].pores;
        if (b > 0) bricks[0].neighbour[b - 1] = static_cast<std::int32_t>(b);
    }
    if (alone) bricks[0].neighbour.fill(0);
    return bricks;
}

} // namespace

TEST_CASE("the code of a pore of one phase stands for its equation")
{
    for (const std::uint8_t extent : {16, 11, 1})
        for (const Axis axis : all_axes)
            for (const bool alone : {false, true})
                for (const bool ends : {false, true}) {
                    const auto bricks = random_bricks(extent, 0.6, alone);
                    const auto& b = bricks[0];
                    const diffusion::EndLayers layers{axis, ends ? 0 : -1, ends ? extent - 1 : -1};
                    brick::Tile<float> ones;
                    brick::unpack_ones(b, bricks, ones);
                    std::vector<diffusion::PoreEquation> expected(static_cast<std::size_t>(b.pores));
                    diffusion::equations(b, ones, diffusion::Law::unit, {}, layers, expected);

                    std::vector<diffusion::UnitCode> code(expected.size());
                    diffusion::unit_codes(b, bricks, layers, code);
                    std::size_t different = 0;
                    for (std::size_t i = 0; i < code.size(); ++i) {
                        const auto &e = expected[i], &found = diffusion::equation_of(code[i]);
                        const bool same = found.diagonal == e.diagonal && found.dirichlet == e.dirichlet &&
                                          found.balance == e.balance && found.energy == e.energy &&
                                          found.inlet == e.inlet && found.outlet == e.outlet &&
                                          diffusion::diagonal_of(code[i]) == e.diagonal;
                        if (!same) ++different;
                    }
                    INFO("extent " << int{extent} << ", axis " << name(axis) << ", alone " << alone << ", ends " << ends);
                    CHECK(different == 0);
                }
}
