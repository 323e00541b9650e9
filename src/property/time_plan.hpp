// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "property/memory_plan.hpp"
#include "property/site.hpp"

namespace lapilli::property {

/// Where the time of a run goes [s].
struct Seconds {
    double begin = 0;       ///< start of the ranks, reading, connected components
    double compute = 0;     ///< of the solves
    double memory = 0;      ///< more of them, where the cores of a node wait for its memory
    double halo = 0;        ///< messages between neighbours
    double gather = 0;      ///< of levels that stand on every rank
    double reduce = 0;      ///< sums over all ranks, and other agreements
    double checkpoints = 0; ///< where there is a result folder
    double solves() const { return compute + memory + halo + gather + reduce; }
    double total() const { return begin + solves() + checkpoints; }
};

/// What a run takes. docs/scaling.md says how this was fitted, and what it predicted.
/// @param largest  share of the rank that has most pores
Seconds seconds_of(const Workload& work, const Shape& image, const Share& largest, const Whole& whole, const Site& site);

/// Core seconds of a pore of a solve along one axis, on one rank of the machine on which this was fitted, to the usual
/// accuracy; for shares of the time, where nothing else is known.
double work_of_pore(bool flow);

/// What a checkpoint of all ranks holds [bytes].
double checkpoint_bytes(const Workload& work, const Whole& whole);

} // namespace lapilli::property
