// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace lapilli::property {

/// Where ranks run, as far as their time depends on it: one on each core of equal machines.
struct Site {
    int nodes = 1;
    int cores = 1;             ///< of a node
    double speed = 1;          ///< of a core, over that of the machine on which time_plan.cpp was fitted
    double triad = 0;          ///< memory bandwidth of a node, all cores at work [B/s]; 0: enough for all of them
    double latency_s = 200e-6; ///< of a message between nodes, one way
    double bandwidth = 1.25e9; ///< of a node's network [B/s]
    double disk = 200e6;       ///< at which all ranks together write checkpoints [B/s]; as checkpoint/schedule guesses

    int ranks() const { return nodes * cores; }
};

} // namespace lapilli::property
