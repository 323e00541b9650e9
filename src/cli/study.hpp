// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/folder_memory.hpp"
#include "cli/identity.hpp"
#include "cli/run_options.hpp"
#include "parallel/communicator.hpp"
#include "report/study.hpp"

#include <nlohmann/json.hpp>

#include <memory>
#include <optional>

namespace lapilli::cli {

/// A study, and what remembers its steps until it is on the disk.
struct Work {
    report::Study study;
    std::unique_ptr<FolderMemory> memory; ///< null: no output folder, or none that can be used
    nlohmann::ordered_json earlier;       ///< rank 0: the results of the runs before; null: none
    std::optional<Error> lost_folder;     ///< the disk was too full to work in it: results are only shown
    std::optional<Error> lost_fields;     ///< why the fields of this run are not in it
};

/// Reads the image and measures the properties, with progress on stderr and, if an output folder is given, in its
/// progress.jsonl; goes on where an earlier run in that folder was killed. Collective.
Work make_study(const parallel::Communicator& comm, const ImageOptions& image, RunOptions run, const Properties& properties);

/// Prints table or object (rank 0), writes result.json if there is an output folder, and says how the process ends.
/// Collective. @throws Error after the printing: what was asked for is not on the disk, or a plan does not fit
ExitCode publish(const parallel::Communicator& comm, const Work& work, const RunOptions& run);

} // namespace lapilli::cli
