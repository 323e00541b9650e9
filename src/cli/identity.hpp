// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/run_options.hpp"
#include "report/study.hpp"
#include "solve/memory.hpp"

namespace lapilli::cli {

/// What a verb measures besides labels; the last two need the first.
struct Properties {
    bool percolation = false;
    bool diffusivity = false;
    bool permeability = false;
};

/// Everything that the solves of a run depend on, by the names of the flags.
Record identity_of(const report::Study& study, const ImageOptions& image, const RunOptions& run,
                   const Properties& properties);

/// What of it each property depends on that the run is to find, with the accuracy that was meant where none is given.
/// @param properties  permeability only where flow is solved
Record settings_of(const Record& identity, const Properties& properties);

} // namespace lapilli::cli
