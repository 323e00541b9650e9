// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "collection/comparison.hpp"

#include "core/error.hpp"
#include "support/catch.hpp"

#include <algorithm>

using namespace lapilli;
using namespace lapilli::collection;
using nlohmann::json;

namespace {

/// A result of one axis: its solver's error is 1e-4, what it leaves of the quoted value 2e-3 and 3e-2 of the sample.
json sample()
{
    return json::parse(R"({"schema": 1, "status": "done", "program": {"name": "lapilli", "version": "1"},
        "image": {"path": "a.tif", "digest": "d", "shape": [2, 2, 2], "voxel_size_m": 2e-6, "pore": [0]},
        "summary": {"diffusivity": {"x": {"value": 0.5, "unit": "1", "made_by": "blocks", "note": null,
            "parts": {"solver": 1e-3, "grid": 1e-3, "sample": 3e-2, "segmentation": null}}}},
        "result": {"porosity": {"boundary": "sealed", "total": 0.4},
            "percolation": {"components": 3, "largest_voxels": [30, 2, 1]},
            "diffusivity": {"boundary": "sealed", "x": {"percolates": true, "relative": 0.5, "iterations": 7,
                "solver_error_estimate": 1e-4, "mean_chord_voxels": 6.5}},
            "permeability": {"boundary": "periodic", "tensor_md": [[4.0, 0.001, 0.0], [0.001, 2.0, 0.0], [0.0, 0.0, 1.0]],
                "solves": {"x": {"solver_error_estimate": 1e-3}, "y": {"solver_error_estimate": 1e-5}}}},
        "run": {"hosts": 1}})");
}

results::ResultFile file(const json& object) { return {.path = "r.json", .json = object}; }

Comparison with(const char* place, const json& value, const ComparisonOptions& options = {})
{
    auto other = sample();
    other[json::json_pointer(place)] = value;
    return compare(file(sample()), file(other), options);
}

/// The only difference that is no aside.
Verdict verdict(const char* place, const json& value, const ComparisonOptions& options = {})
{
    const auto found = with(place, value, options);
    REQUIRE(found.differences.size() == 1);
    CHECK(found.equal() == (found.differences.front().verdict != Verdict::apart));
    return found.differences.front().verdict;
}

bool ends(const Comparison& comparison, const std::string& sentence)
{
    return to_table(comparison).ends_with(sentence + "\n");
}

} // namespace

TEST_CASE("two results with the same bits are said to have them")
{
    const auto found = with("/run/hosts", 3);
    CHECK(found.same_bits());
    CHECK(found.equal());
    CHECK(found.values == found.same);
    CHECK(found.values == 30);
    CHECK(ends(found, "the same bits: all 30 values"));
    const auto all = with("/run/hosts", 3, {.all = true});
    CHECK(all.same_bits());
    REQUIRE(all.asides.size() == 1);
    CHECK(all.asides.front().place == "run/hosts");
}

TEST_CASE("a number may differ by the errors that both results state, and not by more")
{
    CHECK(verdict("/result/diffusivity/x/relative", 0.5 * (1 + 1.9e-4)) == Verdict::within_errors);
    CHECK(verdict("/result/diffusivity/x/relative", 0.5 * (1 + 2.1e-4)) == Verdict::apart);
    CHECK(verdict("/summary/diffusivity/x/value", 0.5 * (1 + 3.9e-3)) == Verdict::within_errors);
    CHECK(verdict("/summary/diffusivity/x/value", 0.5 * (1 + 4.1e-3)) == Verdict::apart);
    const auto found = with("/result/diffusivity/x/relative", 0.5 * (1 + 1e-4));
    CHECK(*found.differences.front().absolute == Approx(0.5e-4));
    CHECK(*found.differences.front().relative == Approx(1e-4).epsilon(1e-3));
    CHECK(ends(found, "equal within their errors; 29 of 30 values have the same bits"));
}

TEST_CASE("what states no error is exact, also beside what does")
{
    CHECK(verdict("/result/porosity/total", 0.4000000001) == Verdict::apart);
    CHECK(verdict("/result/percolation/components", 4) == Verdict::apart);
    CHECK(verdict("/result/diffusivity/x/percolates", false) == Verdict::apart);
    CHECK(verdict("/result/diffusivity/x/mean_chord_voxels", 6.5000001) == Verdict::apart);
}

TEST_CASE("of a list the numbers that are farthest apart count, relative to its largest")
{
    CHECK(verdict("/result/permeability/tensor_md/0/1", 0.002) == Verdict::within_errors); // 1e-3 of 4
    CHECK(verdict("/result/permeability/tensor_md/2/2", 1.1) == Verdict::apart);
    auto other = sample();
    other["result"]["percolation"]["largest_voxels"] = {29, 2, 2};
    const auto found = compare(file(sample()), file(other), {});
    CHECK(found.differences.front().place == "result/percolation/largest_voxels/0");
    CHECK(found.differences.front().values == 2);
    other["result"]["percolation"]["largest_voxels"] = {30, 2};
    CHECK_FALSE(compare(file(sample()), file(other), {}).equal());
}

TEST_CASE("another sample may differ by what samples do")
{
    auto other = sample();
    other["image"]["digest"] = "e";
    other["image"]["path"] = "b.tif";
    other["summary"]["diffusivity"]["x"]["value"] = 0.52;
    const auto found = compare(file(sample()), file(other), {});
    CHECK(found.equal());
    CHECK(found.premises == std::vector<std::string>{"the images have other voxels: a.tif in A and b.tif in B"});
    CHECK_FALSE(found.same_bits());
}

TEST_CASE("how a result was found is aside, unless all bits or a key are asked for")
{
    CHECK(with("/result/diffusivity/x/iterations", 8).equal());
    CHECK(with("/result/diffusivity/x/iterations", 8).differences.empty());
    CHECK(verdict("/result/diffusivity/x/iterations", 8, {.bits = true}) == Verdict::apart);
    CHECK(verdict("/result/diffusivity/x/iterations", 8, {.tolerances = {{"iterations", 0.2}}}) ==
          Verdict::within_tolerance);
    CHECK(with("/summary/diffusivity/x/note", "because").equal());
}

TEST_CASE("a tolerance takes the place of the errors, and one that names the value that of one for all")
{
    CHECK(verdict("/result/diffusivity/x/relative", 0.50001, {.tolerances = {{"", 1e-6}}}) == Verdict::apart);
    CHECK(verdict("/result/diffusivity/x/relative", 0.6, {.tolerances = {{"", 0.3}}}) == Verdict::within_tolerance);
    const std::vector<Tolerance> two{{"diffusivity/x", 0.3}, {"", 1e-6}};
    CHECK(verdict("/result/diffusivity/x/relative", 0.6, {.tolerances = two}) == Verdict::within_tolerance);
    CHECK(verdict("/result/porosity/total", 0.41, {.tolerances = two}) == Verdict::apart);
    CHECK_THROWS_AS(with("/run/hosts", 1, {.tolerances = {{"tortuousity", 1}}}), Error);
}

TEST_CASE("what only one has, and other settings, are said")
{
    auto other = sample();
    other["result"].erase("permeability");
    const auto found = compare(file(other), file(sample()), {});
    REQUIRE(found.missing.size() == 1);
    CHECK(found.missing.front().place == "result/permeability");
    CHECK_FALSE(found.missing.front().in_a);
    CHECK_FALSE(found.equal());

    const auto sealed = with("/result/permeability/boundary", "sealed");
    CHECK(sealed.premises == std::vector<std::string>{"boundary is periodic in A and sealed in B"});
    CHECK(sealed.equal());
    CHECK_FALSE(with("/result/permeability/boundary", "sealed", {.bits = true}).equal());
    CHECK(with("/image/voxel_size_m", nullptr).premises ==
          std::vector<std::string>{"the voxel size [m] is 2e-06 in A and not given in B"});
    CHECK(with("/status", "not converged").premises.size() == 1);
}
