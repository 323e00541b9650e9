// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "compare.hpp"
#include "diffusion_peers.hpp"
#include "timed_diffusion.hpp"
#include "traffic.hpp"

#include <algorithm>

namespace lapilli::bench {

namespace {

constexpr double accuracy = 1e-4;      // of the energy, and so of D
constexpr double same_residual = 1e-6; // where both solvers are compared once more
constexpr double converged = 1e-8;     // residual of the field that counts as the truth
constexpr int jacobi_iterations = 20000;

Json report_ours(const ConnectedImage& image, const PreparedDiffusion& ours, const TimedDiffusion& quick,
                 const TimedDiffusion& exact)
{
    const auto& residuals = exact.report.residual_history;
    const auto reached = std::find_if(residuals.begin(), residuals.end(), [](double r) { return r <= same_residual; });
    const auto at = static_cast<std::size_t>(reached - residuals.begin());
    const auto voxels = static_cast<double>(image.pores->shape().voxels());
    return {{"read_s", image.read_s},
            {"percolation_s", image.percolation_s},
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

Json report_boomeramg(const BoomerAmg& amg, double voxels)
{
    const auto of = [&](const BoomerAmg::Run& run) {
        return Json{{"iterations", run.iterations}, {"solve_s", run.solve_s}, {"formation_factor", voxels / run.energy}};
    };
    return {{"assembly_s", amg.assembly_s},
            {"setup_s", amg.setup_s},
            {"to_accuracy", of(amg.to_target)},
            {"to_residual", of(amg.to_residual)}};
}

} // namespace

Json compare_diffusion(const parallel::Communicator& comm, const CompareOptions& options)
{
    const auto image = read_connected(comm, options);
    const auto ours = prepare_diffusion(*image.pores, options.axis);
    const auto quick = timed_diffusion(*ours.problem, ours.multigrid.get(), {.accuracy = accuracy});
    Json json = describe(comm, options, image);
    const auto exact = timed_diffusion(*ours.problem, ours.multigrid.get(), {.accuracy = accuracy, .residual = converged});

    const auto pores = static_cast<double>(image.pores->total_pores());
    const double traffic = total_bytes(*image.pores, traffic_of_diffusion(*image.pores));
    const double iteration_s = quick.until.back() / quick.report.iterations;
    json["traffic_bytes_per_pore"] = traffic / pores;
    json["bandwidth_fraction"] = traffic / iteration_s * 1e-9 / json["triad_GB_s"].get<double>();
    json["ours"] = report_ours(image, ours, quick, exact);
    if (!options.peers) return json;

    const Target target{exact.report.energy_history.front(), exact.report.energy, accuracy};
    const auto jacobi = timed_diffusion(*ours.problem, nullptr, {.accuracy = 0, .max_iterations = jacobi_iterations},
                                        [&](double energy) { return target.reached_by(energy); });
    json["jacobi"] = {{"setup_s", ours.problem_s},
                      {"solve_s", jacobi.until.back()},
                      {"iterations", jacobi.report.iterations},
                      {"reached", target.reached_by(jacobi.report.energy)}};
    json["boomeramg"] =
        report_boomeramg(run_boomeramg(*ours.problem, target), static_cast<double>(image.pores->shape().voxels()));
    return json;
}

} // namespace lapilli::bench
