// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "file/json_lines.hpp"
#include "solve/progress.hpp"
#include "study/observer.hpp"
#include "study/whole_time.hpp"
#include "terminal/progress_line.hpp"

#include <nlohmann/json_fwd.hpp>

#include <memory>
#include <optional>

namespace lapilli::results {

/// Sends events to the terminal and to the folder's progress.jsonl. One rank, not collective.
class Reporter {
public:
    /// @param folder  of the results; empty: none
    Reporter(const std::string& folder, bool quiet);

    void operator()(const ProgressEvent& event);
    /// Of what people need not see as it happens. A disk that fails ends the file, with a warning, not the run.
    void log(const nlohmann::ordered_json& event);
    /// What the solves are going to be, before the first of them.
    void expect(const study::Outlook& outlook);
    void finish() { line_.finish(); }

private:
    terminal::ProgressLine line_;
    std::unique_ptr<file::JsonLines> log_;
    std::optional<study::WholeTime> whole_;
    bool quiet_ = false;
};

} // namespace lapilli::results
