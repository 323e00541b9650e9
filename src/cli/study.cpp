// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/study.hpp"

#include "cli/conductors.hpp"
#include "cli/fields.hpp"
#include "cli/image_remarks.hpp"
#include "cli/launch.hpp"
#include "cli/messages.hpp"
#include "cli/plan.hpp"
#include "cli/plane.hpp"
#include "cli/reporter.hpp"
#include "cli/result_folder.hpp"
#include "cli/terminal.hpp"
#include "cli/voxel_warnings.hpp"
#include "core/error.hpp"
#include "image/connectivity.hpp"
#include "io/atomic_file.hpp"
#include "report/result_merge.hpp"
#include "report/text_table.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>

namespace lapilli::cli {

namespace {

/// Does something in the result folder. Where its disk is full, that is said, and the run goes on without the folder: what
/// it finds is shown all the same. But not under a launcher that would have it all done again and again. Collective.
/// @param run  then wants nothing there any more
template <class Task>
void unless_full(const parallel::Communicator& comm, RunOptions& run, Work& work, Task&& task)
{
    try {
        if (!run.out.empty()) task();
    } catch (const Error& error) {
        if (error.code() != ExitCode::failed || started_again_after_failures()) throw;
        work.lost_folder = error;
        run.out.clear();
        run.fields = false;
        if (comm.is_root() && !run.quiet)
            print_warning(fmt::format("{}; the run goes on, but its results will only be shown", error.what()));
    }
}

/// Refuses a folder with the results of something else, and makes it if it is not there. Rank 0.
void open_folder(const RunOptions& run, Work& work)
{
    work.earlier = earlier_result(run.out);
    const auto other = report::difference(work.earlier, report::announced_json(work.study));
    if (!run.replace && !other.words.empty())
        throw input_error("{} has the results of something else: {}; name another folder with --out, or say with --replace "
                          "that they may go",
                          run.out, other.words);
    make_result_folder(run.out);
}

/// Whether a property was measured along an axis that was not asked for, or not at all.
template <class Property>
bool left_out(const std::optional<Property>& property, Axis axis)
{
    return !property || !property->axes[axis];
}

template <class Property>
void warn_where_not_converged(const std::optional<Property>& property, const char* what, report::Study& study)
{
    for (const Axis axis : all_axes) {
        if (left_out(property, axis) || property->axes[axis]->converged) continue;
        study.warnings.push_back(
            fmt::format("the {} along {} did not converge in {} iterations: its value is the best so far", what, name(axis),
                        property->axes[axis]->iterations));
    }
}

void add_warnings(report::Study& study)
{
    const auto& file = study.image.description;
    study.warnings.insert(study.warnings.end(), file.remarks.begin(), file.remarks.end());
    const auto of_voxels = voxel_warnings(study.voxel_by_user, study.voxel_edges_m, file);
    study.warnings.insert(study.warnings.end(), of_voxels.begin(), of_voxels.end());
    if (!study.percolation) return;
    for (const Axis axis : all_axes) {
        if (study.percolation->axes[axis].percolates) continue;
        if ((study.diffusivity || study.permeability) && left_out(study.diffusivity, axis) &&
            left_out(study.permeability, axis))
            continue;
        const bool sealed = study.percolation->boundary == Boundary::sealed;
        study.warnings.push_back(fmt::format("no pores {} axis {}: nothing is transported along it",
                                             sealed ? "connect the two faces of" : "wind around the periodic image along",
                                             name(axis)));
    }
    warn_where_not_converged(study.diffusivity, "diffusivity", study);
    warn_where_not_converged(study.permeability, "permeability", study);
    if (!study.grids_converged())
        study.warnings.push_back(
            "a solve on the finer grid or on a block did not converge: what is said of the grid is rough");
}

/// What the run cost, how it was started, and what is to be warned of. Collective.
void add_costs(const parallel::Communicator& comm, const RunOptions& run, parallel::Stopwatch& watch, report::Study& study)
{
    watch.stop();
    study.timing = watch.over_ranks(comm);
    study.peak_memory_bytes = parallel::peak_memory(comm);
    study.ranks = comm.size();
    study.hosts = parallel::count_hosts(comm);
    study.command = run.command;
    add_warnings(study);
}

} // namespace

Work make_study(const parallel::Communicator& comm, const ImageOptions& image, RunOptions run, const Properties& properties)
{
    Work work;
    auto& study = work.study;
    Conductors conducting;
    comm.together([&] {
        conducting = conductors(image, run);
        if (comm.is_root() && !run.out.empty()) check_result_folder(run.out);
    });
    const image::ImageSource source{image.path, image.raw, image.crop, image.pore_given || !run.conductivity.empty()};
    property::Run measuring;
    auto& watch = measuring.watch;

    // 1. read
    watch.start("read");
    const bool flow_wanted = properties.permeability && run.conductivity.empty(); // which say what conducts, not what flows
    const bool solving = properties.diffusivity || flow_wanted;
    const image::Look look = [&](const Shape& file, const Shape& shape) {
        if (solving) require_memory_to_read(comm, run, file, shape);
    };
    const auto phases = properties.percolation ? conducting.phases : image::Phases{};
    study.image = image::read_image(comm, source, phases, look);
    study.warnings = remarks_on(comm, study.image, source, phases, solving);
    if (solving) comm.together([&] { run.axes = axes_to_solve(run, study.image, flow_wanted); });
    const auto load = workload(run, conducting.of_phase.size() > 1, properties.diffusivity, flow_wanted);
    if (solving) require_memory_to_hold(comm, run, study.image, conducting.phases);
    study.voxel_edges_m = image.voxel_edges_m ? image.voxel_edges_m : study.image.description.voxel_edges_m;
    study.voxel_by_user = image.voxel_edges_m.has_value();
    study.crop = image.crop;
    if (properties.percolation) {
        study.pore = conducting.labels;
        study.conductivity = conducting.of_label;
    }
    const auto identity = identity_of(study, image, run, properties);
    study.settings = settings_of(identity, {properties.percolation, properties.diffusivity, flow_wanted});
    RunOptions here = run; // without the folder once its disk is found to be full
    unless_full(comm, here, work, [&] {
        comm.together([&] {
            if (comm.is_root()) open_folder(run, work);
        });
    });
    std::unique_ptr<Reporter> reporter;
    const auto report_to = [&] { comm.together([&] { reporter = std::make_unique<Reporter>(comm, here); }); };
    unless_full(comm, here, work, report_to);
    if (!reporter) report_to();
    (*reporter)({.stage = "read"});

    const auto take_folder = [&] {
        unless_full(comm, here, work, [&] {
            work.memory =
                std::make_unique<FolderMemory>(comm, here.out, identity,
                                               FolderMemory::Options{run.checkpoints, run.replace, run.quiet,
                                                                     [&](const auto& event) { reporter->log(event); }});
        });
    };

    // 2. connect, 3. solve
    if (!properties.percolation) take_folder();
    if (properties.percolation) {
        measuring.progress = [&](const ProgressEvent& event) { (*reporter)(event); };
        watch.start("percolation");
        const image::PoreSpace pores(comm, study.image.shape, std::move(study.image.bricks), run.boundary,
                                     study.edge_ratios());
        const auto connectivity = image::connect(pores);
        study.percolation = property::percolation(pores, connectivity);
        measuring.progress({.stage = "percolation"});
        if (solving) {
            auto plan = make_plan(pores, connectivity, load, study.image.description.shape);
            if (run.plan) {
                study.plan = std::move(plan);
                reporter->finish();
                add_costs(comm, run, watch, study);
                return work;
            }
            comm.together([&] { require_memory(run, plan); });
            const auto stages = property::solve_stages(load, study.image.shape);
            reporter->expect(WholeTime(stages, run.axes), plan.seconds, order_of_solves(load, study.image.shape));
        }
        take_folder();
        measuring.memory = work.memory.get();
        if (here.fields) watch.start("fields");
        FieldFiles fields(study, here, {.concentration = properties.diffusivity, .flow = flow_wanted}, pores, connectivity);
        if (properties.diffusivity) {
            const property::DiffusivityOptions options{.axes = run.axes,
                                                       .conductivity = conducting.of_phase,
                                                       .accuracy =
                                                           run.accuracy.value_or(property::DiffusivityOptions{}.accuracy),
                                                       .max_iterations = run.max_iterations,
                                                       .take_field = fields.take_concentration()};
            const auto& d = study.diffusivity.emplace(
                property::measure_diffusivity(measuring, pores, connectivity, study.percolation->porosity(), options));
            if (conducting.of_phase.size() == 1) // how the error of several phases decays depends on their contrast
                study.diffusivity_grid = property::measure_resolution(measuring, pores, property::grid_values(d),
                                                                      property::grid_property(options), run.resolution);
        }
        if (flow_wanted) {
            const property::PermeabilityOptions options{.axes = run.axes,
                                                        .walls = run.walls,
                                                        .normal = normal_of_plane(study.image.shape),
                                                        .accuracy =
                                                            run.accuracy.value_or(property::PermeabilityOptions{}.accuracy),
                                                        .max_iterations = run.max_iterations,
                                                        .take_field = fields.take_flow()};
            const auto& k =
                study.permeability.emplace(property::measure_permeability(measuring, pores, connectivity, options));
            study.permeability_grid = property::measure_resolution(measuring, pores, property::grid_values(k),
                                                                   property::grid_property(options), run.resolution);
        }
        if (work.memory) work.memory->check_lease();
        fields.finish();
        work.lost_fields = fields.fault();
        if (work.lost_fields) study.warnings.emplace_back(work.lost_fields->what());
    }
    reporter->finish();
    study.image.bricks = {};

    // 4. what it cost
    if (work.memory) study.checkpoints = work.memory->summary();
    add_costs(comm, run, watch, study);
    return work;
}

ExitCode publish(const parallel::Communicator& comm, const Work& work, const RunOptions& run)
{
    const auto& study = work.study;
    if (work.memory) work.memory->check_lease();
    comm.together([&] {
        if (!comm.is_root()) return;
        for (const auto& warning : study.warnings)
            if (!run.quiet && !(work.lost_fields && warning == work.lost_fields->what())) print_warning(warning);
        const auto mine = report::to_json(study), all = report::merged(work.earlier, mine);
        // names of files need not be UTF-8, JSON must be
        const auto json = all.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
        const auto columns = std::min(terminal_columns(), report::usual_columns);
        const auto show = [&] { std::cout << (run.json ? json : report::to_table(study, columns)) << std::flush; };
        try {
            if (work.lost_folder) throw *work.lost_folder;
            if (!run.out.empty()) io::write_file(std::filesystem::path(run.out) / "result.json", json);
        } catch (...) { // a folder that is gone or full: what may have taken hours is shown all the same
            show();
            throw;
        }
        show();
        if (!run.json && !run.out.empty()) std::cout << "results in " << run.out << std::endl;
        const bool other_image = report::difference(work.earlier, mine).whole;
        if (report::has_fields(work.earlier) && (!report::has_fields(all) || (work.lost_fields && other_image)))
            remove_fields(run.out);
    });
    comm.together([&] {
        if (work.lost_fields) throw *work.lost_fields;
        if (study.plan) require_memory(run, *study.plan);
    });
    if (work.memory) work.memory->forget();
    return study.converged() ? ExitCode::done : ExitCode::not_converged;
}

} // namespace lapilli::cli
