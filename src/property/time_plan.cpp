// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/time_plan.hpp"

#include "property/diffusivity.hpp"
#include "property/grid_steps.hpp"
#include "property/message_plan.hpp"
#include "property/permeability.hpp"
#include "property/pieces.hpp"

#include <algorithm>
#include <cmath>

namespace lapilli::property {

namespace {

// Fitted to runs on one and two cores, on images of at most 400³ voxels: docs/scaling.md.
constexpr double triad_of_core = 23.6e9; // [B/s]
constexpr double start_s = 0.1;          // of mpirun and the program
constexpr double start_of_nodes_s = 0.4; // more, where it begins on other machines
constexpr double read_voxel_s = 1.7e-9;  // and unpacked, of a TIFF
constexpr double label_pore_s = 14e-9;   // connected components

/// W-cycles of one kind, with what an iteration has besides: on potentials and pressures (1 float a node), or on velocities
/// and the flow (4).
struct CycleCost {
    Unknowns unknowns;
    double pore_s;     ///< of a pore, on the finest level
    double visit_s;    ///< of a node of a coarse level
    double pore_bytes; ///< traffic of the finest level, counted (bench/traffic.cpp)
    double visit_bytes;
};
constexpr CycleCost scalars{Unknowns::potentials, 11e-9, 35e-9, 118, 450};
constexpr CycleCost vectors{Unknowns::velocities, 39e-9, 46e-9, 640, 1500};

/// A solve along one axis.
struct Solve {
    double setup_s; ///< of a pore
    double scalars; ///< cycles
    double vectors;
};

/// Iterations grow with the accuracy, those of flow also a little with the image; the start of a flow has its own. Images of
/// the same size differ by one or two of them.
Solve solve_of(const SolveStage& stage, const Workload& work, const Shape& image)
{
    const double usual = stage.flow ? PermeabilityOptions{}.accuracy : DiffusivityOptions{}.accuracy;
    const double asked = work.accuracy.value_or(usual);
    const double decades = std::max(3.0, -std::log10(stage.beside > 0 ? accuracy_of_pieces(asked) : asked));
    if (!stage.flow) return {39e-9, 1 + std::max(2.0, decades - 1), 0};
    const double doublings = std::max(0.0, std::log2(std::cbrt(image.voxels()) / 128));
    const double iterations = 4 + 0.83 * doublings + 2.2 * (decades - 3), start = decades;
    return {198e-9, start + iterations, 1 + iterations};
}

/// The ranks that solve a stage together, and how many such teams do so side by side.
struct Team {
    Whole whole;
    Site site;
    int beside = 1;
};

Team team_of(const SolveStage& stage, const Whole& whole, const Site& site)
{
    Team team{whole, site};
    if (stage.beside == 0) return team;
    team.beside = std::min(stage.beside, pieces_at_once(stage.cells, whole.ranks));
    team.whole.ranks = whole.ranks / team.beside;
    team.site.cores = std::min(site.cores, team.whole.ranks);
    team.site.nodes = (team.whole.ranks + team.site.cores - 1) / team.site.cores;
    return team;
}

/// The part of a rank in one solve, and where it is at work.
class RankSeconds {
public:
    RankSeconds(const Whole& whole, const Site& site, double pores, double cells)
        : potentials_(coarse_plan(whole, cells, Unknowns::potentials)),
          velocities_(coarse_plan(whole, cells, Unknowns::velocities)), site_(site), pores_(cells * pores)
    {
    }
    double setup(double of_pore) const { return of_pore * pores_ / site_.speed; }
    double compute(const CycleCost& cost, int visits) const
    {
        return (cost.pore_s * pores_ + cost.visit_s * nodes(cost, visits)) / site_.speed;
    }
    /// What a core waits longer than that of the fit.
    double memory(const CycleCost& cost, int visits) const
    {
        if (site_.triad == 0) return 0;
        const double slower = site_.cores / site_.triad - 1 / (triad_of_core * site_.speed);
        return std::max(0.0, slower) * (cost.pore_bytes * pores_ + cost.visit_bytes * nodes(cost, visits));
    }

private:
    /// Visited in a cycle.
    double nodes(const CycleCost& cost, int visits) const
    {
        const auto& coarse = cost.unknowns == Unknowns::potentials ? potentials_ : velocities_;
        return visits * (coarse.own_visits * pores_ + coarse.same_visits) / visits_by_potentials;
    }

    CoarsePlan potentials_, velocities_;
    Site site_;
    double pores_;
};

} // namespace

double work_of_pore(bool flow) { return flow ? 0.9e-6 : 0.2e-6; }

double checkpoint_bytes(const Workload& work, const Whole& whole)
{
    return whole.solved * (work.permeability ? 32.0 : 8.0) * (work.refine ? 8 : 1);
}

Seconds seconds_of(const Workload& work, const Shape& image, const Share& largest, const Whole& whole, const Site& site)
{
    Seconds all;
    all.begin = start_s + (site.nodes > 1 ? start_of_nodes_s : 0) +
                (read_voxel_s * image.voxels() / whole.ranks + label_pore_s * largest.pores) / site.speed;
    for (const auto& stage : solve_stages(work, image)) {
        if (stage.work == 0) continue;
        const auto solve = solve_of(stage, work, image);
        const auto team = team_of(stage, whole, site);
        const RankSeconds rank(team.whole, site, team.beside * largest.solved, stage.cells);
        const Messages messages(team.whole, image, team.site, stage.cells);
        const int visits = visits_by_velocities(whole.width * std::cbrt(std::max(1.0, stage.cells)), work.long_axes == 0);
        const auto said = messages.setup() + solve.scalars * messages.cycle(scalars.unknowns, visits_by_potentials) +
                          solve.vectors * messages.cycle(vectors.unknowns, visits);
        const double times = 1.0 * work.axes / team.beside;
        all.compute += times * (rank.setup(solve.setup_s) + solve.scalars * rank.compute(scalars, visits_by_potentials) +
                                solve.vectors * rank.compute(vectors, visits));
        all.memory += times * (solve.scalars * rank.memory(scalars, visits_by_potentials) +
                               solve.vectors * rank.memory(vectors, visits));
        all.halo += times * said.halo;
        all.gather += times * said.gather;
        all.reduce += times * said.reduce;
    }
    constexpr double every_s = 60, most_part = 0.02; // as checkpoint/schedule
    const double each = checkpoint_bytes(work, whole) / site.disk, between = std::max(every_s, each / most_part);
    all.checkpoints = each * std::floor(all.solves() / between);
    return all;
}

} // namespace lapilli::property
