// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/progress_line.hpp"
#include "io/progress_log.hpp"
#include "solve/progress.hpp"

#include <optional>
#include <string>

namespace lapilli::cli {

/// Sends events to the terminal and to the result folder's progress.jsonl. Rank 0 alone has something to say.
class Reporter {
public:
    /// @param folder  empty: no file  @throws Error the file cannot be opened
    Reporter(bool active, const std::string& folder, bool quiet);
    /// Of what people need not see as it happens. A disk that fails ends the file, with a warning, not the run.
    void log(const nlohmann::ordered_json& event);
    void operator()(const ProgressEvent& event);
    void finish() { line_.finish(); }

private:
    ProgressLine line_;
    std::optional<io::ProgressLog> log_;
    bool active_, quiet_;
};

} // namespace lapilli::cli
