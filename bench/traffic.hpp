// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solve/staggered_grid.hpp"

namespace lapilli::bench {

/// Bytes that one iteration must move on the finest level of one rank, if each pass loads and stores each of its vectors
/// once: the passes as they stand in the sources, caches perfect inside a pass and useless between two. Not counted: coarse
/// levels, messages, what is scratch to one brick, the read before a write (as in STREAM).

/// Of solve::conjugate_gradients with the multigrid cycle, for one phase.
double traffic_of_diffusion(const image::PoreSpace& pores);
/// Of solve::solve_stokes.
double traffic_of_flow(const solve::StaggeredGrid& grid);

/// Of all ranks. Collective.
inline double total_bytes(const image::PoreSpace& pores, double mine)
{
    return static_cast<double>(pores.comm().sum(static_cast<std::int64_t>(mine)));
}

} // namespace lapilli::bench
