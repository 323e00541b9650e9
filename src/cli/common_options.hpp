// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/units.hpp"
#include "io/image_reader.hpp"

#include <CLI/CLI.hpp>

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lapilli::cli {

/// Which image, and what in it counts as pore.
struct ImageOptions {
    std::string path;
    io::RawFormat raw;
    std::optional<double> voxel_size_m;
    std::vector<std::int32_t> pore{0};
    std::array<image::Crop, 3> crop{};
};

/// What is asked for, and where it goes.
struct RunOptions {
    std::string out;        ///< result folder; empty: none
    bool json = false;
    bool quiet = false;
    std::vector<Axis> axes{Axis::x, Axis::y, Axis::z};
    double accuracy = 1e-4;
    int max_iterations = 500;
    std::map<std::int32_t, double> conductivity;
    std::string command;    ///< as typed, for provenance
};

/// How many ranks, and what was promised of them.
struct LaunchOptions {
    std::optional<int> ranks;
    std::optional<int> expect_ranks;
    std::optional<int> expect_hosts;
};

void add_image_options(CLI::App& command, ImageOptions& options, bool with_pore);
void add_output_options(CLI::App& command, RunOptions& options);
void add_solver_options(CLI::App& command, RunOptions& options);
void add_launch_options(CLI::App& command, LaunchOptions& options);

}  // namespace lapilli::cli
