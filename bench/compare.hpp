// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "connected_image.hpp"
#include "parallel/communicator.hpp"
#include "study/options.hpp"

#include <nlohmann/json.hpp>

namespace lapilli::bench {

using Json = nlohmann::ordered_json;

struct CompareOptions {
    study::ImageOptions image;
    Axis axis = Axis::z;
    bool peers = true;
    double viscosity = 0.025; ///< of the lattice Boltzmann method, lattice units: the fastest of those tried
};

/// The image of the options. Collective. @throws Error as read_connected
ConnectedImage read_connected(const parallel::Communicator& comm, const CompareOptions& options);
/// What is said of every run: ranks, pores, peak memory so far of all ranks [B per pore], the triad of now. Collective.
Json describe(const parallel::Communicator& comm, const CompareOptions& options, const ConnectedImage& image);

/// The whole comparison of one property of one image, with the peers last: their memory must not count as ours. Collective.
Json compare_diffusion(const parallel::Communicator& comm, const CompareOptions& options);
Json compare_flow(const parallel::Communicator& comm, const CompareOptions& options);

} // namespace lapilli::bench
