// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/error.hpp"
#include "file/json_lines.hpp"
#include "solve/progress.hpp"
#include "study/observer.hpp"
#include "study/whole_time.hpp"
#include "terminal/progress_line.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lapilli::results {

/// Sends events to the terminal and to the folder's progress.jsonl. One rank, not collective.
class Reporter {
public:
    /// @param start   what progress.jsonl says first of the run
    Reporter(bool quiet, const nlohmann::ordered_json& start);
    /// From now on, with all that was so far. Until then the folder may be that of a run which is at work.
    /// @throws Error the file cannot be written
    void open_log(const std::string& folder);
    bool has_log() const { return log_ != nullptr; }

    void operator()(const ProgressEvent& event);
    /// Of what people need not see as it happens. A disk that fails ends the file, with a warning, not the run.
    void log(const nlohmann::ordered_json& event);
    /// What the solves are going to be, before the first of them.
    void expect(const study::Outlook& outlook);
    void finish() { line_.finish(); }
    /// The last line of progress.jsonl. @param sentence  why there are no results; empty: there are
    void end(ExitCode code, const std::string& sentence);

private:
    void append(const nlohmann::ordered_json& line);

    terminal::ProgressLine line_;
    std::unique_ptr<file::JsonLines> log_;
    std::vector<nlohmann::ordered_json> waiting_; ///< for the log
    std::optional<study::WholeTime> whole_;
    bool quiet_ = false;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

} // namespace lapilli::results
