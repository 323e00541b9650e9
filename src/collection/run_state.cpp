// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "collection/run_state.hpp"

#include "text/utc_time.hpp"

#include <algorithm>
#include <cmath>

namespace lapilli::collection {

namespace {

using nlohmann::json;

constexpr int deepest = 16;
constexpr std::size_t longest_line = 65'536, most_steps = 64, longest_text = 1'000;

std::string text_of(const json& event, const char* key)
{
    const auto found = event.find(key);
    return found != event.end() && found->is_string() ? found->get<std::string>().substr(0, longest_text) : "";
}

std::optional<double> number_of(const json& event, const char* key)
{
    const auto found = event.find(key);
    if (found == event.end() || !found->is_number()) return std::nullopt;
    const auto value = found->get<double>();
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

/// Calls with each line that ends within the text.
template <class Take>
void for_each_line(std::string_view text, const Take& take)
{
    for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
        if (const auto event = parse_event(text.substr(0, end))) take(*event);
        text.remove_prefix(end + 1);
    }
}

void take_plan(const json& event, RunState& state)
{
    const auto plan = event.find("plan");
    if (plan == event.end() || !plan->is_array()) return;
    state.plan.clear();
    for (const auto& step : *plan)
        if (step.is_object() && state.plan.size() < most_steps)
            state.plan.push_back({text_of(step, "stage"), text_of(step, "axis")});
}

/// A line that is no solve's: where the run began, went on or ended. Whether it was one.
bool take_event(const json& event, RunState& state, std::optional<RunStatus>& end)
{
    const auto what = text_of(event, "event");
    if (what.empty()) return false;
    if (what == "start" || what == "resume") end.reset();
    if (what == "start") {
        state = RunState{};
        if (event.contains("image") && event["image"].is_object()) state.image = event["image"];
        state.started_s = text::utc_seconds(text_of(event, "time"));
        state.ranks = static_cast<int>(std::clamp(number_of(event, "ranks").value_or(0), 0.0, 1e6));
    }
    take_plan(event, state);
    if (what == "end") {
        const auto status = text_of(event, "status");
        end = status == "done" ? RunStatus::done : status == "stopped" ? RunStatus::stopped : RunStatus::failed;
        if (status == "not converged") end = RunStatus::not_converged;
        state.sentence = text_of(event, "sentence");
        state.ended_s = text::utc_seconds(text_of(event, "time"));
    }
    return true;
}

void take_solve(const json& event, RunState& state)
{
    const auto stage = text_of(event, "stage");
    if (stage.empty() || stage == "plan" || stage == "checkpoint") return;
    const auto axis = text_of(event, "axis");
    if (stage != state.stage || axis != state.axis) state.value = state.bound = std::nullopt;
    state.stage = stage;
    state.axis = axis;
    state.iteration = static_cast<int>(std::clamp(number_of(event, "iteration").value_or(0), 0.0, 1e9));
    if (const auto value = number_of(event, "value")) state.value = value;
    if (const auto bound = number_of(event, "bound")) state.bound = bound;
    if (const auto left = number_of(event, "eta_all_s")) state.left_s = left;
    if (const auto done = number_of(event, "done")) state.done = std::clamp(*done, 0.0, 1.0);
}

} // namespace

std::string name(RunStatus status)
{
    switch (status) {
    case RunStatus::running:
        return "running";
    case RunStatus::silent:
        return "silent";
    case RunStatus::stopped:
        return "stopped";
    case RunStatus::failed:
        return "failed";
    case RunStatus::not_converged:
        return "not converged";
    case RunStatus::done:
        break;
    }
    return "done";
}

std::optional<json> parse_event(std::string_view line)
{
    if (line.empty() || line.size() > longest_line) return std::nullopt;
    int depth = 0; // counted beforehand, in strings too: no line of ours has as many brackets
    for (const char c : line) {
        depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        if (depth > deepest) return std::nullopt;
    }
    auto event = json::parse(line, nullptr, false);
    if (!event.is_object()) return std::nullopt;
    return event;
}

RunState run_state(const RunTexts& texts, double now_s)
{
    RunState state;
    std::optional<RunStatus> end;
    const auto take = [&](const json& event) {
        if (!take_event(event, state, end)) take_solve(event, state);
    };
    for_each_line(texts.first, take);
    for_each_line(texts.last, take);
    if (end)
        state.status = *end;
    else if (texts.has_result && texts.is_newer)
        state.status = RunStatus::done;
    else
        state.status = now_s - texts.beat_s > silent_after_s ? RunStatus::silent : RunStatus::running;
    // A run writes its last line after its result, and before that maybe a report, which takes a while.
    const bool ended_well = end == RunStatus::done || end == RunStatus::not_converged;
    state.has_result = texts.has_result && (texts.is_newer || ended_well);
    return state;
}

void take_verdict(RunState& state, bool converged)
{
    if (state.status == RunStatus::done && !converged) state.status = RunStatus::not_converged;
}

double now_s() { return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count(); }

} // namespace lapilli::collection
