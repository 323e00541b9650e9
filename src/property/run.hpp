// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/resources.hpp"
#include "solve/memory.hpp"
#include "solve/progress.hpp"

#include <string>
#include <vector>

namespace lapilli::property {

/// How long a solve took.
struct SolveTime {
    std::string stage;
    Axis axis = Axis::x;
    double seconds = 0;    ///< of rank 0
    bool recalled = false; ///< an earlier run has done it
};

/// What goes along with every measurement of a run.
struct Run {
    Memory* memory = nullptr; ///< of its solves, finished or not; absent: nothing is remembered
    Progress progress{};      ///< who is told; absent: nobody
    /// What its solves are called in both of them, as no others of the run are; empty: as the property.
    std::string solves{};
    parallel::Stopwatch watch{}; ///< of its stages
    std::vector<SolveTime> solve_times{};
};

} // namespace lapilli::property
