// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/progress_line.hpp"
#include "cli/run_options.hpp"
#include "cli/whole_time.hpp"
#include "io/progress_log.hpp"
#include "solve/progress.hpp"

#include <nlohmann/json_fwd.hpp>

#include <memory>
#include <optional>

namespace lapilli::cli {

/// Sends events to the terminal and to the folder's progress.jsonl, on rank 0.
class Reporter {
public:
    Reporter(const parallel::Communicator& comm, const RunOptions& run);

    void operator()(const ProgressEvent& event);
    /// Of what people need not see as it happens. A disk that fails ends the file, with a warning, not the run.
    void log(const nlohmann::ordered_json& event);
    /// What the solves are going to be, before the first of them.
    /// @param seconds  that they take in all, roughly
    /// @param sentence  for people, where they take long
    void expect(WholeTime whole, double seconds, const std::string& sentence);
    void finish() { line_.finish(); }

private:
    ProgressLine line_;
    std::unique_ptr<io::ProgressLog> log_;
    std::optional<WholeTime> whole_;
    bool active_ = false, quiet_ = false;
};

} // namespace lapilli::cli
