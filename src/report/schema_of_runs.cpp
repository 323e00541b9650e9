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
