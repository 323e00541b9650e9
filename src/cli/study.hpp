// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/common_options.hpp"
#include "cli/folder_memory.hpp"
#include "parallel/communicator.hpp"
#include "report/study.hpp"

#include <memory>

namespace lapilli::cli {

/// What a verb measures besides labels; the last two need the first.
struct Properties {
    bool percolation = false;
    bool diffusivity = false;
    bool permeability = false;
};

/// A study, and what remembers its steps until it is on the disk.
struct Work {
    report::Study study;
    std::unique_ptr<FolderMemory> memory; ///< null: no output folder
};

/// Reads the image and measures the properties, with progress on stderr and, if an output folder is given, in its
/// progress.jsonl; goes on where an earlier run in that folder was killed. Collective.
Work make_study(const parallel::Communicator& comm, const ImageOptions& image, const RunOptions& run,
                const Properties& properties);

/// Prints table or object (rank 0), writes result.json if there is an output folder, and says how the process ends.
/// Collective.
ExitCode publish(const parallel::Communicator& comm, const Work& work, const RunOptions& run);

} // namespace lapilli::cli
