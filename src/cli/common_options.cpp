// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/common_options.hpp"

#include "error.hpp"

namespace lapilli::cli {

namespace {

/// An option whose text `take` turns into a value.
template <class Take>
CLI::Option* add_text(CLI::App& command, const std::string& flags, const std::string& value_name, const std::string& help, Take take)
{
    auto* option = command.add_option_function<std::string>(flags, take, help);
    return option->type_name(value_name);
}

int at_least_one(const std::string& flag, int value)
{
    if (value < 1) throw input_error("{} {} is below one; expected at least 1; give a larger number", flag, value);
    return value;
}

}  // namespace

void add_image_options(CLI::App& command, ImageOptions& o, bool with_pore)
{
    command.add_option("IMAGE", o.path, "raw, raw.gz, TIFF stack, or HDF5 as file.h5:/dataset")->required()->type_name("");
    const std::string raw = "Raw files without a header";
    add_text(command, "--shape", "NZxNYxNX", "size, slowest axis first, e.g. 400x400x400 or nx=400,ny=400,nz=400",
             [&o](const std::string& t) { o.raw.shape = parse_shape(t); })->group(raw);
    add_text(command, "--type", "TYPE", "of a voxel: u8, i8, u16, i16, u32, i32 or f32, e.g. --type u8",
             [&o](const std::string& t) { o.raw.type = parse_voxel_type(t); })->group(raw);
    add_text(command, "--endian", "ORDER", "of the bytes of a voxel: little (default) or big", [&o](const std::string& t) {
        if (t != "little" && t != "big") throw input_error("'{}' is not a byte order; expected little or big; give one with --endian", t);
        o.raw.big_endian = t == "big";
    })->group(raw);
    add_text(command, "--voxel", "LENGTH", "edge of a voxel, e.g. 5.345um or 2e-6m (default: from the file, if it says)",
             [&o](const std::string& t) { o.voxel_size_m = parse_length(t); });
    add_text(command, "--crop", "Z,Y,X", "region, half-open ranges of voxels, e.g. 0:128,0:128,64:192 (default: all)",
             [&o](const std::string& t) { o.crop = parse_crop(t); });
    if (with_pore)
        add_text(command, "--pore", "LABELS", "labels of the pore space, e.g. 0 or 0,1 (default: 0)",
                 [&o](const std::string& t) { o.pore = parse_labels(t); });
}

void add_output_options(CLI::App& command, RunOptions& o)
{
    command.add_option("-o,--out", o.out, "folder for result.json and progress.jsonl, e.g. --out berea.lapilli")->type_name("FOLDER");
    command.add_flag("--json", o.json, "print the object of result.json instead of the table");
    command.add_flag("--quiet", o.quiet, "no progress and no warnings, only errors");
}

void add_solver_options(CLI::App& command, RunOptions& o)
{
    add_text(command, "--axis", "AXIS", "x, y, z or all (default: all)", [&o](const std::string& t) { o.axes = parse_axes(t); });
    add_text(command, "--boundary", "KIND", "sealed: fixed values on the two faces of the axis, nothing through the other four (default)",
             [](const std::string& t) {
                 if (t != "sealed") throw input_error("'{}' is not a boundary; expected sealed; leave --boundary out", t);
             });
    add_text(command, "--accuracy", "A", "estimated relative error at which a solve stops (default: 1e-4)",
             [&o](const std::string& t) { o.accuracy = parse_positive("--accuracy", t); });
    command.add_option_function<int>("--max-iterations", [&o](int n) { o.max_iterations = at_least_one("--max-iterations", n); },
                                     "then stop with exit code 3 (default: 500)")->type_name("N");
    command.add_option_function<std::vector<std::string>>("--conductivity", [&o](const std::vector<std::string>& list) {
        for (const auto& t : list)
            if (!o.conductivity.insert(parse_conductivity(t)).second)
                throw input_error("--conductivity {} names its label twice; expected each label once; remove one", t);
    }, "of a label, in any unit, instead of --pore; repeat for several phases, e.g. --conductivity 0=1 --conductivity 85=0.05")
        ->type_name("LABEL=VALUE")->expected(1)->take_all();
}

void add_launch_options(CLI::App& command, LaunchOptions& o)
{
    const std::string group = "Parallel";
    const auto count = [&](const std::string& flag, std::optional<int>& value, const std::string& help) {
        command.add_option_function<int>(flag, [flag, &value](int n) { value = at_least_one(flag, n); }, help)->type_name("N")->group(group);
    };
    count("--ranks", o.ranks, "processes to start when not under mpirun (default: one per physical core)");
    count("--expect-ranks", o.expect_ranks, "fail at once unless this many processes run");
    count("--expect-hosts", o.expect_hosts, "fail at once unless they run on this many machines");
}

}  // namespace lapilli::cli
