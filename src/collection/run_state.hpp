// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "checkpoint/beat.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lapilli::collection {

/// What a run is doing, as its files tell.
enum class RunStatus { running, silent, stopped, failed, not_converged, done };

std::string name(RunStatus status); ///< "not converged"

/// What has been read of a run's files, by whoever may read them; nothing is opened here.
struct RunTexts {
    std::string_view first;  ///< of progress.jsonl, its begin
    std::string_view last;   ///< its end; lines that are cut at either side are passed over
    double beat_s = 0;       ///< when any of its files was last changed [s since 1970]
    bool has_result = false; ///< there is a result.json
    bool is_newer = false;   ///< than progress.jsonl, or written in the same second
};

/// A solve that a run has planned or done.
struct RunStep {
    std::string stage, axis;
};

struct RunState {
    RunStatus status = RunStatus::running;
    std::string sentence;                     ///< why it failed or stopped; else empty
    std::optional<double> started_s, ended_s; ///< since 1970
    std::string stage, axis;                  ///< of the solve at work, or of the last one
    int iteration = 0;
    std::optional<double> value, bound; ///< of that solve, in voxels; its estimated error
    std::optional<double> left_s, done; ///< of the whole run; a part of 1
    int ranks = 0;
    bool has_result = false; ///< result.json is of this run: of the last one that has written to the folder
    nlohmann::json image;    ///< of the line `start`, or nothing
    std::vector<RunStep> plan;
};

/// A run is silent where no file of it has changed for three times as long as a beat takes.
constexpr double silent_after_s = 3 * std::chrono::duration<double>(checkpoint::beat_period).count();

/// The state at the time `now_s`. Takes any bytes: lines that are no JSON, or nested too deep, are passed over.
RunState run_state(const RunTexts& texts, double now_s);

/// What its result says to that. Older programs leave it to that alone to say that a run has not converged.
void take_verdict(RunState& state, bool converged);

/// One line of progress.jsonl; nothing where it is no object, or nested too deep.
std::optional<nlohmann::json> parse_event(std::string_view line);

/// Seconds since 1970.
double now_s();

} // namespace lapilli::collection
