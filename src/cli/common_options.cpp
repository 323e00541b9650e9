// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/common_options.hpp"

#include "cli/case_file.hpp"
#include "cli/option.hpp"
#include "core/error.hpp"
#include "text/axes.hpp"
#include "text/extents.hpp"
#include "text/labels.hpp"
#include "text/units.hpp"
#include "text/voxel.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

namespace lapilli::cli {

namespace {

double parse_accuracy(const std::string& text)
{
    const double accuracy = parse_number<double>(text);
    if (!(accuracy > 0 && accuracy < 1))
        throw input_error("{} is not an accuracy; expected a number between 0 and 1, such as 1e-4", text);
    return accuracy;
}

Boundary parse_boundary(const std::string& text)
{
    for (const auto boundary : {Boundary::sealed, Boundary::periodic})
        if (text == name(boundary)) return boundary;
    throw input_error("'{}' is not a boundary condition that is known; expected sealed or periodic", text);
}

stokes::Walls parse_walls(const std::string& text)
{
    if (text == "weighted") return stokes::Walls::weighted;
    if (text == "plain") return stokes::Walls::plain;
    throw input_error("'{}' is not a treatment of walls that is known; expected weighted or plain", text);
}

/// Whether there are two cells per voxel edge.
bool parse_refinement(const std::string& text)
{
    if (text != "1" && text != "2") throw input_error("'{}' cells per voxel edge are not possible; expected 1 or 2", text);
    return text == "2";
}

/// Whether to go on from what an earlier run has left.
bool parse_resume(const std::string& text)
{
    if (text == "auto") return true;
    if (text == "never") return false;
    throw input_error("'{}' is not a way to resume; expected auto or never", text);
}

study::PictureSet parse_report(const std::string& text)
{
    using study::PictureSet;
    if (text == "full") return PictureSet::full;
    if (text == "small") return PictureSet::small;
    if (text == "none") return PictureSet::none;
    throw input_error("'{}' is not a report that can be written; expected full, small or none", text);
}

int parse_blocks(const std::string& text)
{
    const int blocks = parse_number<int>(text);
    if (blocks < 0) throw input_error("{} is too small; expected a whole number, 0 or more", text);
    return blocks;
}

} // namespace

void add_output_options(CLI::App& command, results::Options& options)
{
    const Group output(command, "Output");
    output.add("-o,--out", "FOLDER", "write result.json and progress.jsonl there, e.g. rock.lapilli",
               [&](const std::string& text) { options.folder = text; });
    output.add_flag("--replace", options.replace,
                    "results and unfinished runs of another image or other settings in --out may go");
    output.add_flag("--json", options.json, "print the result as JSON and nothing else");
    output.add_flag("--quiet", options.quiet, "no progress and no warnings, only errors");
}

void add_report_option(CLI::App& command, results::Options& options)
{
    options.report = study::PictureSet::full;
    Group(command, "Output")
        .add("--report", {"KIND", "words full small none"},
             "report.html in --out, a page to look at: full (default); small, with the middle planes as its only pictures; "
             "none",
             [&](const std::string& text) { options.report = parse_report(text); });
}

void add_boundary_option(CLI::App& command, study::Options& options, const std::string& help)
{
    Group(command, "Method").add("--boundary", {"KIND", "words sealed periodic"}, help, [&](const std::string& text) {
        options.boundary = parse_boundary(text);
    });
}

void add_boundary_option(CLI::App& command, study::Options& options)
{
    add_boundary_option(
        command, options,
        "sealed: percolates what touches both faces of the axis (default); periodic: the image repeats in all "
        "directions, and percolates what winds around it");
}

void add_axis_option(CLI::App& command, study::Options& options, const std::string& help)
{
    Group(command, "Method").add("--axis", {"AXIS", "list x y z all"}, help, [&](const std::string& text) {
        options.axes = text::parse_axes(text);
        options.axes_given = true;
    });
}

void add_method_options(CLI::App& command, study::Options& options, const std::string& usual_accuracy)
{
    const Group solver(command, "Method");
    add_axis_option(
        command, options,
        "x, y, z, all, or a list such as x,z; with --boundary periodic always all (default: all; of an image one "
        "voxel deep: those of its plane)");
    add_boundary_option(command, options,
                        "sealed: fixed values on the two faces of the axis, nothing passes the sides (default); periodic: a "
                        "unit mean gradient, the image repeats in all directions, gives the full tensor");
    solver.add("--accuracy", "A",
               fmt::format("stop when the estimated relative error is below, e.g. 1e-6 (default: {})", usual_accuracy),
               [&](const std::string& text) { options.accuracy = parse_accuracy(text); });
}

void add_fields_option(CLI::App& command, study::Options& options)
{
    Group(command, "Output")
        .add_flag("--fields", options.fields, "write the fields, too: fields.h5, and fields.xdmf for ParaView, in --out");
}

void add_force_option(CLI::App& command, study::Options& options)
{
    Group(command, "Parallel run")
        .add_flag("--force", options.force, "start also where the memory will probably not suffice");
}

void add_checkpoint_options(CLI::App& command, checkpoint::Options& checkpoints)
{
    const Group output(command, "Output");
    output.add("--checkpoint-every", {"TIME", "units s min h"},
               "between checkpoints in --out, e.g. 10min; longer where they would cost more than 2 % of the time; 0s: as "
               "often as can be (default: 60s)",
               [&](const std::string& text) { checkpoints.every_s = text::parse_duration(text); });
    output.add("--resume", {"WHEN", "words auto never"},
               "auto: go on where a run that did not end left --out (default); never: start over, and forget that run",
               [&](const std::string& text) { checkpoints.resume = parse_resume(text); });
}

void add_solver_options(CLI::App& command, study::Options& options, checkpoint::Options& checkpoints,
                        const std::string& usual_accuracy)
{
    const Group run(command, "Parallel run");
    run.add_flag("--plan", options.plan, "say memory, time and partition, and stop before anything is solved");
    add_checkpoint_options(command, checkpoints);
    add_method_options(command, options, usual_accuracy);
    Group(command, "Method")
        .add("--max-iterations", "N", "then stop anyway, with exit code 3 (default: 500)",
             [&](const std::string& text) { options.max_iterations = parse_count(text); });
}

void add_conductivity_option(CLI::App& command, study::Options& options)
{
    Group(command, "Method")
        .add_list("--conductivity", "LABEL=SIGMA", "what conducts, instead of --pore; repeat it: 0=1, then 85=0.05",
                  [&](const std::vector<std::string>& texts) { options.conductivity = text::parse_conductivities(texts); });
}

void add_flow_options(CLI::App& command, study::Options& options)
{
    Group(command, "Method")
        .add("--walls", {"KIND", "words weighted plain"},
             "weighted: faces are narrowed by the walls beside them, so that slits from 3 voxels on are right (default); "
             "plain: not",
             [&](const std::string& text) { options.walls = parse_walls(text); });
}

void add_grid_options(CLI::App& command, study::Options& options)
{
    const Group method(command, "Method");
    method.add(
        "--refine", {"N", "words 1 2"},
        "cells per voxel edge, 1 or 2; --refine 2 solves on both grids and extrapolates to infinitely small cells, for "
        "8 times the memory and work (default: 1)",
        [&](const std::string& text) { options.resolution.refine = parse_refinement(text); });
    method.add("--blocks", "N",
               "cubes of the image, 64 to 128 voxels wide, to measure the grid's error on, all of them on two grids, "
               "e.g. 8; 0: none (default: 4 to 27, and on the finer grid only as many of them as the number to quote "
               "needs; with --refine 2: none)",
               [&](const std::string& text) { options.resolution.blocks = parse_blocks(text); });
    method.add_flag(
        "--segmentation", options.resolution.segmentation,
        "solve on the blocks also with pores half a voxel wider and narrower on every side, for three times their "
        "work, e.g. --blocks 4 --segmentation");
}

void check_together(const CLI::App& command)
{
    const auto value = [&command](const char* name) {
        const auto* option = command.get_option_no_throw(name);
        return option != nullptr && option->count() > 0 ? option->results().front() : "";
    };
    for (const auto& [first, second] : {std::pair("--pore", "--conductivity"), std::pair("--threshold", "--conductivity"),
                                        std::pair("--pore", "--threshold")})
        if (!value(first).empty() && !value(second).empty())
            throw input_error("{0} and {1} both say what conducts; expected one of them; leave {0} out", first, second);
    if (const auto axes = value("--axis");
        value("--boundary") == name(Boundary::periodic) && !axes.empty() && text::parse_axes(axes).size() < all_axes.size())
        throw input_error("--boundary periodic gives the tensor of all axes at once; expected --axis all; leave --axis out");
}

} // namespace lapilli::cli
