// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/common_options.hpp"
#include "cli/units.hpp"
#include "ours.hpp"
#include "parallel/resources.hpp"
#include "parallel/session.hpp"
#include "peers.hpp"
#include "traffic.hpp"
#include "triad.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>
#include <numeric>

namespace {

using namespace lapilli;
using Json = nlohmann::ordered_json;

constexpr double accuracy = 1e-4;      // of the energy, and so of D
constexpr double same_residual = 1e-6; // where both solvers are compared once more
constexpr double converged = 1e-8;     // residual of the field that counts as the truth
constexpr int jacobi_iterations = 20000;

struct Options {
    cli::ImageOptions image;
    Axis axis = Axis::z;
    bool peers = true;
};

Json report_ours(const bench::Prepared& ours, const bench::TimedSolve& quick, const bench::TimedSolve& exact)
{
    const auto& residuals = exact.report.residual_history;
    const auto reached = std::find_if(residuals.begin(), residuals.end(), [](double r) { return r <= same_residual; });
    const auto at = static_cast<std::size_t>(reached - residuals.begin());
    const auto voxels = static_cast<double>(ours.pores->shape().voxels());
    return {{"read_s", ours.read_s},
            {"percolation_s", ours.percolation_s},
            {"setup_s", ours.setup_s()},
            {"solve_s", quick.seconds},
            {"iterations", quick.report.iterations},
            {"formation_factor", voxels / quick.report.energy},
            {"error", std::abs(quick.report.energy - exact.report.energy) / exact.report.energy},
            {"exact_iterations", exact.report.iterations},
            {"exact_formation_factor", voxels / exact.report.energy},
            {"same_residual_iterations", at},
            {"same_residual_s", exact.until[std::min(at, exact.until.size() - 1)]}};
}

Json report_boomeramg(const bench::BoomerAmg& amg, double voxels)
{
    const auto of = [&](const bench::BoomerAmg::Run& run) {
        return Json{{"iterations", run.iterations}, {"solve_s", run.solve_s}, {"formation_factor", voxels / run.energy}};
    };
    return {{"assembly_s", amg.assembly_s},
            {"setup_s", amg.setup_s},
            {"to_accuracy", of(amg.to_target)},
            {"to_residual", of(amg.to_residual)}};
}

/// The whole comparison for one image. Peers come last: their memory must not count as ours.
Json compare(const parallel::Communicator& comm, const Options& options)
{
    image::Phases phases;
    for (const auto label : options.image.pore) phases[label] = 1;
    const image::ImageSource source{options.image.path, options.image.raw, options.image.crop};
    const auto ours = bench::prepare(comm, source, phases, options.axis);
    const auto quick = bench::timed_solve(*ours.problem, ours.multigrid.get(), {.accuracy = accuracy});
    const auto peak = parallel::peak_memory(comm);
    const double triad = bench::triad_bandwidth(comm);
    const auto exact =
        bench::timed_solve(*ours.problem, ours.multigrid.get(), {.accuracy = accuracy, .residual = converged});

    const auto pores = static_cast<double>(ours.pores->total_pores());
    const auto voxels = static_cast<double>(ours.pores->shape().voxels());
    const double traffic = static_cast<double>(comm.sum(static_cast<std::int64_t>(bench::fine_level_bytes(*ours.pores))));
    const double iteration_s = quick.until.back() / quick.report.iterations;
    Json json{{"ranks", comm.size()},
              {"axis", std::string(1, name(options.axis))},
              {"pores", ours.pores->total_pores()},
              {"porosity", pores / voxels},
              {"triad_GB_s", triad},
              {"bytes_per_pore", static_cast<double>(std::accumulate(peak.begin(), peak.end(), std::int64_t{0})) / pores},
              {"traffic_bytes_per_pore", traffic / pores},
              {"bandwidth_fraction", traffic / iteration_s * 1e-9 / triad},
              {"ours", report_ours(ours, quick, exact)}};
    if (!options.peers) return json;

    const bench::Target target{exact.report.energy_history.front(), exact.report.energy, accuracy};
    const auto jacobi = bench::timed_solve(*ours.problem, nullptr, {.accuracy = 0, .max_iterations = jacobi_iterations},
                                           [&](double energy) { return target.reached_by(energy); });
    json["jacobi"] = {{"setup_s", ours.problem_s},
                      {"solve_s", jacobi.until.back()},
                      {"iterations", jacobi.report.iterations},
                      {"reached", target.reached_by(jacobi.report.energy)}};
    json["boomeramg"] = report_boomeramg(bench::run_boomeramg(*ours.problem, target), voxels);
    return json;
}

Options parse(CLI::App& app, int argc, char** argv)
{
    Options options;
    cli::add_image_options(app, options.image, true);
    app.add_option_function<std::string>(
        "--axis", [&](const std::string& t) { options.axis = cli::parse_axes(t).front(); }, "x, y or z (default: z)");
    app.add_flag("!--without-peers", options.peers, "leave out hypre and Jacobi");
    app.parse(argc, argv);
    return options;
}

} // namespace

/// Prints one line of JSON about one image; bench/run makes tables of such lines.
int main(int argc, char** argv)
{
    parallel::Session session(argc, argv);
    const auto comm = parallel::Communicator::world();
    CLI::App app{"times Lapilli's diffusivity, hypre and Jacobi on one image", "lapilli_bench"};
    try {
        const auto json = compare(comm, parse(app, argc, argv));
        if (comm.is_root()) std::cout << json.dump() << std::endl;
        return 0;
    } catch (const CLI::ParseError& error) {
        return app.exit(error);
    } catch (const parallel::AgreedError& error) {
        if (comm.is_root()) std::cerr << "lapilli_bench: error: " << error.what() << std::endl;
        return static_cast<int>(error.code());
    } catch (const std::exception& error) {
        std::cerr << "lapilli_bench: error: " << error.what() << std::endl;
        parallel::abort_all(1);
    }
}
