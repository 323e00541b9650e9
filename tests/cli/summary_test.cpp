// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/summary.hpp"

#include "property/permeability_unit.hpp"
#include "report/property_json.hpp"
#include "report/property_table.hpp"
#include "support/catch.hpp"
#include "text/text_table.hpp"

#include <nlohmann/json.hpp>

#include <sstream>

using namespace lapilli;
using namespace lapilli::report;
using namespace lapilli::text;

namespace {

/// Sealed: x and y percolate, z does not.
property::Permeability sealed_flow()
{
    property::Permeability k;
    k.axes[Axis::x] = property::AxisPermeability{.percolates = true, .voxel2 = 4, .error_estimate = 1e-3, .iterations = 5};
    k.axes[Axis::y] = property::AxisPermeability{.percolates = true, .voxel2 = 2, .error_estimate = 2e-3, .iterations = 6};
    k.axes[Axis::z] = property::AxisPermeability{};
    return k;
}

property::GridCorrection by_blocks(double ratio)
{
    return {.blocks = 7,
            .two_cells = 3,
            .left_out = 1,
            .edge_voxels = 96,
            .ratio = ratio,
            .spread = 0.03,
            .standard_error = 0.02,
            .sample = 0.22,
            .error_estimate = 2e-3};
}

std::size_t widest(const std::string& text)
{
    std::istringstream lines(text);
    std::size_t most = 0;
    for (std::string line; std::getline(lines, line);) most = std::max(most, width(line));
    return most;
}

} // namespace

TEST_CASE("the value to quote is the one corrected by blocks, with its parts side by side")
{
    property::Resolution grid;
    grid.correction[Axis::x] = by_blocks(0.75);
    grid.correction[Axis::x]->segmentation = 0.18;
    const auto summary = summary_of(sealed_flow(), grid);
    const auto& x = *summary.axes[Axis::x];
    CHECK(x.value == 3);
    CHECK(x.made_by == MadeBy::blocks);
    CHECK(*x.grid_shift == Approx(-0.25));
    CHECK(*x.parts.solver == Approx(3e-3)); // of the image and of the blocks
    CHECK(x.parts.grid == 0.02);
    CHECK(x.parts.sample == 0.22);
    CHECK(x.parts.segmentation == 0.18);
}

TEST_CASE("where nothing was measured of the grid, the value as solved is to be quoted, and the parts are absent")
{
    const auto summary = summary_of(sealed_flow(), std::nullopt);
    const auto& y = *summary.axes[Axis::y];
    CHECK(y.value == 2);
    CHECK(y.made_by == MadeBy::one_cell_per_voxel);
    CHECK(y.parts.solver == 2e-3);
    CHECK_FALSE((y.grid_shift || y.parts.grid || y.parts.sample || y.parts.segmentation));
    CHECK_FALSE(summary.corrected());
}

TEST_CASE("an axis that does not percolate has the value 0, which nothing makes uncertain")
{
    const auto z = *summary_of(sealed_flow(), std::nullopt).axes[Axis::z];
    CHECK(z.value == 0);
    CHECK(z.made_by == MadeBy::percolation);
    CHECK_FALSE(z.parts.solver);
}

TEST_CASE("two grids of the whole image come before the blocks, which give the spread")
{
    property::Resolution grid;
    grid.two_grid[Axis::x] =
        property::TwoGrid{.one = 4, .two = 3.5, .order = 1, .error_estimate = 1e-3, .error_estimate_one = 1e-3};
    grid.correction[Axis::x] = by_blocks(0.9);
    const auto x = *summary_of(sealed_flow(), grid).axes[Axis::x];
    CHECK(x.value == 3);
    CHECK(x.made_by == MadeBy::two_grid);
    CHECK(x.parts.grid == 0.03);
    CHECK(*x.parts.solver == Approx((2 * 3.5 + 4) * 1e-3 / 3));
}

TEST_CASE("a correction that is withheld leaves the value as solved, and its reason")
{
    property::Resolution grid;
    grid.correction[Axis::x] = by_blocks(0.75);
    grid.withheld[Axis::x] = "the pores are one voxel wide";
    const auto summary = summary_of(sealed_flow(), grid);
    CHECK(summary.axes[Axis::x]->value == 4);
    CHECK(summary.axes[Axis::x]->note == "the pores are one voxel wide");
    const auto json = permeability_summary_json(summary, 1e-6);
    CHECK(json["x"]["made_by"] == "one_cell_per_voxel");
    CHECK(json["x"]["note"] == "the pores are one voxel wide");
    CHECK(test::has(permeability_table(sealed_flow(), grid, 1e-6, true, 80),
                    "k x is not corrected: the pores are one voxel wide"));
    Json result{{"x", Json::object()}, {"y", Json::object()}, {"z", Json::object()}};
    grid.two_grid[Axis::x] = property::TwoGrid{.one = 4, .two = 1, .order = 1};
    add_resolution(grid, sealed_flow(), 1e-6, result);
    CHECK(result["x"]["correction"]["ratio"] == 0.75);
    CHECK_FALSE(result["x"]["correction"].contains("permeability_md_corrected"));
    CHECK(result["x"]["two_grid"].contains("permeability_md_2"));
    CHECK_FALSE(result["x"]["two_grid"].contains("permeability_md_extrapolated"));
}

TEST_CASE("the tensor of a periodic image has the quotes on its diagonal and stays symmetric")
{
    property::Diffusivity d;
    d.boundary = Boundary::periodic;
    const Tensor tensor{{0.2, 0.02, 0}, {0.02, 0.1, 0}, {0, 0, 0}};
    for (int a = 0; a < 2; ++a)
        d.axes[all_axes[a]] =
            property::AxisDiffusivity{.percolates = true, .relative = tensor(a, a), .formation_factor = 1 / tensor(a, a)};
    d.axes[Axis::z] = property::AxisDiffusivity{};
    d.tensor = property::DiffusivityTensor{tensor, tensor, principal(tensor)};
    property::Resolution grid;
    grid.correction[Axis::x] = by_blocks(1.21);
    grid.correction[Axis::y] = by_blocks(1.44);
    const auto summary = summary_of(d, grid);
    CHECK((*summary.tensor)(0, 0) == summary.axes[Axis::x]->value);
    CHECK((*summary.tensor)(0, 1) == Approx(0.02 * 1.1 * 1.2));
    CHECK((*summary.tensor)(0, 1) == (*summary.tensor)(1, 0));
    const auto json = diffusivity_summary_json(summary, 0.4);
    CHECK(json["tensor"]["value"][1][1] == json["y"]["value"]);
    CHECK(json["x"]["tortuosity"].get<double>() == Approx(0.4 / 0.242));
    CHECK(json["z"]["tortuosity"].is_null());
}

TEST_CASE("the summary in result.json has value, unit, every part and what it was made by")
{
    property::Resolution grid;
    grid.correction[Axis::x] = by_blocks(0.75);
    const auto json = permeability_summary_json(summary_of(sealed_flow(), grid), 1e-6);
    CHECK(json["x"]["unit"] == "mD");
    CHECK(json["x"]["value"].get<double>() == Approx(3e-12 / property::millidarcy_m2));
    CHECK(json["x"]["value"] == json["x"]["value_md"]);
    CHECK(json["x"]["value_m2"].get<double>() == Approx(3e-12));
    CHECK(json["x"]["parts"]["sample"] == 0.22);
    CHECK(json["x"]["parts"].contains("segmentation"));
    CHECK(json["x"]["parts"]["segmentation"].is_null());
    CHECK(json["x"]["made_by"] == "blocks");
    CHECK(json["y"]["parts"]["grid"].is_null());
    const auto lost = permeability_summary_json(summary_of(sealed_flow(), grid), std::nullopt);
    CHECK(lost["x"]["unit"] == "voxel²");
    CHECK(lost["x"]["value"] == 3);
    CHECK(lost["x"]["value_m2"].is_null());
}

TEST_CASE("a table has what is to be quoted before what was solved, in 80 columns")
{
    property::Resolution grid;
    grid.correction[Axis::x] = by_blocks(0.75);
    grid.correction[Axis::y] = by_blocks(0.80);
    for (auto* c : {&grid.correction[Axis::x], &grid.correction[Axis::y]}) (*c)->segmentation = 0.18;
    auto k = sealed_flow();
    k.axes[Axis::x]->voxel2 = 1.23456e-7;
    k.axes[Axis::x]->hydraulic_tortuosity = 1.23456;
    const auto table = permeability_table(k, grid, 2e-6, true, 80);
    CHECK(widest(table) <= 80);
    CHECK(table.find("corrected for the grid by 3 of 8 blocks of 96³ voxels (x -25, y -20 %)") < table.find("as solved"));
    CHECK(test::has(table, "0.3 %     2 %      22 %     18 %"));
    CHECK(test::has(table, "k x: 1 of 8 blocks does not percolate"));

    property::Diffusivity d;
    for (const Axis axis : {Axis::x, Axis::y})
        d.axes[axis] = property::AxisDiffusivity{.percolates = true,
                                                 .relative = 1.23456e-5,
                                                 .formation_factor = 81000.5,
                                                 .tortuosity = 32400.2,
                                                 .error_estimate = 3e-5,
                                                 .iterations = 12};
    CHECK(widest(diffusivity_table(d, grid, 0.4, 80)) <= 80);
}
