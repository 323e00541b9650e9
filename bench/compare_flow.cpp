// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "compare.hpp"
#include "flow_peers.hpp"
#include "timed_flow.hpp"
#include "traffic.hpp"

#include <algorithm>

namespace lapilli::bench {

namespace {

constexpr double accuracy = 1e-3;  // of k
constexpr double exactness = 1e-6; // of the k that counts as the truth, and residual of its field
constexpr int jacobi_iterations = 3000;
constexpr double customary_viscosity = 1.0 / 6; // relaxation time 1

Json report_ours(const ConnectedImage& image, const PreparedFlow& flow, const TimedFlow& quick, const TimedFlow& exact)
{
    const auto& residuals = exact.report.history.residual;
    const auto reached = std::find_if(residuals.begin(), residuals.end(), [](double r) { return r <= exactness; });
    const auto voxels = static_cast<double>(image.pores->shape().voxels());
    const double truth = exact.report.conductance;
    return {{"read_s", image.read_s},
            {"percolation_s", image.percolation_s},
            {"setup_s", flow.setup_s},
            {"solve_s", quick.seconds},
            {"iterations", quick.report.iterations},
            {"permeability_voxel2", quick.report.conductance / voxels},
            {"error", std::abs(quick.report.conductance - truth) / truth},
            {"exact_permeability_voxel2", truth / voxels},
            {"residual_iterations", reached - residuals.begin()},
            {"residual_reached", reached != residuals.end()},
            {"exact_s", exact.seconds}};
}

Json report_lattice(const LatticeRun& run)
{
    return {{"setup_s", run.setup_s},
            {"solve_s", run.solve_s},
            {"steps", run.steps},
            {"steady", run.steady},
            {"limit_steps", run.limit_steps},
            {"permeability_voxel2", run.limit_voxel2},
            {"bytes_per_pore", run.bytes_per_pore}};
}

} // namespace

Json compare_flow(const parallel::Communicator& comm, const CompareOptions& options)
{
    const auto image = read_connected(comm, options);
    const auto flow = prepare_flow(*image.pores, options.axis);
    const auto quick = timed_flow(flow, *flow.preconditioner, {.accuracy = accuracy});
    Json json = describe(comm, options, image);
    const auto exact = timed_flow(flow, *flow.preconditioner, {.accuracy = exactness, .residual = exactness});

    const auto pores = static_cast<double>(image.pores->total_pores());
    const double traffic = total_bytes(*image.pores, traffic_of_flow(*flow.grid));
    const double iteration_s = (quick.until.back() - quick.until.front()) / std::max(1, quick.report.iterations - 1);
    json["traffic_bytes_per_pore"] = traffic / pores;
    json["bandwidth_fraction"] = traffic / iteration_s * 1e-9 / json["triad_GB_s"].get<double>();
    json["ours"] = report_ours(image, flow, quick, exact);
    if (!options.peers) return json;

    json["lattice"] = report_lattice(run_lattice_boltzmann(*image.pores, options.axis, options.viscosity, accuracy));
    json["customary_lattice"] =
        report_lattice(run_lattice_boltzmann(*image.pores, options.axis, customary_viscosity, accuracy));
    const auto jacobi = run_jacobi(flow, exact.report.conductance, accuracy, jacobi_iterations);
    json["jacobi"] = {{"solve_s", jacobi.solve_s}, {"iterations", jacobi.iterations}, {"reached", jacobi.reached}};
    return json;
}

} // namespace lapilli::bench
