// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/common_options.hpp"
#include "cli/progress_line.hpp"
#include "io/progress_log.hpp"
#include "solve/progress.hpp"

#include <nlohmann/json.hpp>

#include <memory>

namespace lapilli::cli {

/// Sends events to the terminal and to the folder's progress.jsonl, on rank 0.
class Reporter {
public:
    Reporter(const parallel::Communicator& comm, const RunOptions& run);

    void operator()(const ProgressEvent& event);
    /// Of what people need not see as it happens. A disk that fails ends the file, with a warning, not the run.
    void log(const nlohmann::ordered_json& event);
    void finish() { line_.finish(); }

private:
    ProgressLine line_;
    std::unique_ptr<io::ProgressLog> log_;
    bool active_ = false, quiet_ = false;
};

} // namespace lapilli::cli
