// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/boundary.hpp"
#include "core/shape.hpp"
#include "image/read.hpp"
#include "io/image_reader.hpp"
#include "property/resolution.hpp"
#include "stokes/faces.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lapilli::cli {

/// Which image, and what only the user knows of it.
struct ImageOptions {
    std::string path;
    io::RawFormat raw;
    std::optional<VoxelEdges> voxel_edges_m; ///< by the user; else the file may say it
    std::vector<std::int32_t> pore{0};
    bool pore_given = false;           ///< by the user
    std::array<image::Crop, 3> crop{}; ///< by axis
};

/// How a run survives its death.
struct CheckpointOptions {
    double every_s = 60; ///< at least; 0: at every restart point, whatever it costs
    bool resume = true;  ///< from what is in the result folder; else start over
};

/// What to do with it, and where the results go.
struct RunOptions {
    std::string out; ///< folder; empty: none
    bool json = false;
    bool quiet = false;
    bool plan = false;    ///< say what the solves would take, and stop
    bool force = false;   ///< solve also what does not fit the memory
    bool fields = false;  ///< also write fields.h5 and fields.xdmf
    bool replace = false; ///< also the results of another image or other settings
    Boundary boundary = Boundary::sealed;
    std::vector<Axis> axes{all_axes.begin(), all_axes.end()};
    bool axes_given = false;        ///< by the user
    std::optional<double> accuracy; ///< relative; absent: what is usual for the property
    stokes::Walls walls = stokes::Walls::weighted;
    property::ResolutionOptions resolution; ///< what is to be known of the grid's error
    int max_iterations = 500;
    std::map<std::int32_t, double> conductivity; ///< of labels, any unit; empty: the pores conduct 1
    CheckpointOptions checkpoints;               ///< where there is an output folder
    std::string command;                         ///< as typed, for the record
};

} // namespace lapilli::cli
