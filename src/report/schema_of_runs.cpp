// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/schema_parts.hpp"

/// What result.json has of the image, the program and the run.
namespace lapilli::report::schema {

namespace {

Json count() { return of_type("integer"); }
Json word() { return of_type("string"); }
Json seconds() { return measured(of_type("number"), "time", "s"); }

Json program()
{
    Object all;
    for (const char* key : {"name", "version", "git", "compiler", "mpi", "hdf5"}) all.has(key, word());
    return all.json();
}

Json segmentation()
{
    const Json number = of_type("number");
    const auto recipe = Object()
                            .has("denoise", word())
                            .has("threshold", described(word(), "as it is typed"))
                            .has("watershed", of_type("boolean"))
                            .has("pore-is", one_of({"dark", "bright"}))
                            .has("islands", measured(count(), "smaller parts are gone", "voxel"))
                            .has("holes", measured(count(), "smaller parts of the pores are gone", "voxel"))
                            .has("cylinder", described(or_null(array_of(number, 3)), "x, y, radius [voxel]"));
    const auto part = Object()
                          .has("label", count())
                          .has("voxels", count())
                          .has("mean", described(or_null(number), "grey value of what the thresholds give the label"));
    const auto histogram = Object()
                               .has("first", described(number, "grey value where the first bin begins"))
                               .has("width", described(number, "of a bin"))
                               .has("voxels", described(array_of(count()), "after the filter"));
    return Object()
        .has("recipe", recipe.json())
        .has("thresholds", described(array_of(number), "grey values, as those of the file"))
        .has("classes", array_of(part.json()))
        .has("outside_voxels", described(count(), "no part of the sample"))
        .has("porosity", measured(number, "voxels of label 0 over those of all labels", "1"))
        .has("noise", described(number, "standard deviation before the filter"))
        .has("contrast", described(or_null(number), "the least between the means of neighbouring classes"))
        .has("contrast_over_noise", or_null(number))
        .has("threshold_step", described(number, "by which thresholds may be off: 1/64 of the contrast, or one level"))
        .has("porosity_change", measured(number, "half of what a step up and down makes of the porosity", "1"))
        .has("histogram", histogram.json())
        .json();
}

Json values()
{
    const Json number = of_type("number");
    return Object()
        .has("type", described(word(), "of a voxel"))
        .has("least", or_null(number))
        .has("largest", or_null(number))
        .has("not_finite", measured(count(), "infinite, or no number", "voxel"))
        .json();
}

Json image()
{
    const Json edges{{"type", {"number", "array", "null"}},
                     {"items", of_type("number")},
                     {"description", "edge of a voxel, or its edges z, y, x [m]"}};
    return Object()
        .has("path", word())
        .has("format", word())
        .has("shape", measured(array_of(count(), 3), "nz, ny, nx", "voxel"))
        .has("voxel_size_m", edges)
        .has("digest", word())
        .has("pore", described(array_of(count()), "labels that take part"))
        .has("labels", measured(map_of(count()), "of each label", "voxel"))
        .may_have("outside", described(count(), "label of what is no part of the sample"))
        .may_have("values", described(values(), "of the voxels, where these are no labels"))
        .may_have("segmentation", described(segmentation(), "how labels were made of grey values"))
        .may_have("conductivity", described(map_of(of_type("number")), "of each label that conducts"))
        .may_have("crop", described(array_of(array_of(count(), 2), 3), "of z, y, x: first, and behind the last"))
        .json();
}

Json run()
{
    const auto resumed = Object()
                             .has("checkpoint", or_null(word()))
                             .has("property", or_null(word()))
                             .has("axis", or_null(word()))
                             .has("iteration", or_null(count()))
                             .has("journal_steps", described(count(), "solves of earlier runs that were not done again"));
    const auto solve = Object()
                           .has("stage", word())
                           .has("axis", word())
                           .has("seconds", described(or_null(of_type("number")), "null: an earlier run had done it"));
    return Object()
        .has("started", described(word(), "UTC"))
        .has("finished", described(word(), "UTC"))
        .has("ranks", count())
        .has("hosts", count())
        .has("solves", array_of(solve.json()))
        .has("resumed_from", or_null(resumed.json()))
        .has("command", word())
        .may_have("checkpoints",
                  Object().has("count", count()).has("bytes", count()).has("seconds", of_type("number")).json())
        .json();
}

Json one_of_runs()
{
    return Object()
        .has("properties", described(map_of(Json{{"type", {"object", "null"}}}), "found by it: their settings"))
        .may_have("status", or_null(word()))
        .may_have("program_version", word())
        .may_have("command", word())
        .may_have("ranks", count())
        .may_have("hosts", count())
        .may_have("seconds", of_type("number"))
        .may_have("warnings", array_of(word()))
        .json();
}

Json timing()
{
    auto stage =
        Object().has("text", word()).has("min_s", seconds()).has("mean_s", seconds()).has("max_s", seconds()).json();
    auto all = Object().has("total_s", seconds()).json();
    all["additionalProperties"] = described(std::move(stage), "of a stage, over the ranks");
    return all;
}

} // namespace

Json plan()
{
    const auto host =
        Object().has("name", word()).has("ranks", count()).has("needed_bytes", count()).has("available_bytes", count());
    const auto rank = Object().has("bricks", count()).has("pores", count()).has("memory_bytes", count());
    return Object()
        .has("memory_bytes", count())
        .has("time_s", of_type("number"))
        .may_have("hosts", array_of(host.json()))
        .may_have("ranks", array_of(rank.json()))
        .json();
}

Object run_parts()
{
    return Object()
        .has("schema", {{"const", 1}})
        .has("status", one_of({"done", "not converged", "planned"}))
        .has("program", program())
        .has("image", image())
        .has("warnings", array_of(word()))
        .has("timing", timing())
        .has("memory",
             Object().has("peak_bytes", described(array_of(count()), "by rank")).has("total_bytes", count()).json())
        .has("run", described(run(), "the last one"))
        .has("runs", described(array_of(one_of_runs()), "all that something of the result is from"));
}

} // namespace lapilli::report::schema
