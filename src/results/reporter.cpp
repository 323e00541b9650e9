// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "results/reporter.hpp"

#include "launch/stop_request.hpp"
#include "terminal/messages.hpp"
#include "text/utc_time.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <filesystem>
#include <utility>

namespace lapilli::results {

namespace {

constexpr std::size_t most_waiting = 64; // a handful comes before the first solve; without a folder nobody asks for them

/// The stages that are solved, along which axes, and how long each may take.
nlohmann::ordered_json plan_json(const study::Outlook& outlook)
{
    double work = 0;
    for (const auto& stage : outlook.stages) work += stage.work * std::ssize(outlook.axes);
    auto plan = nlohmann::ordered_json::array();
    for (const auto& stage : outlook.stages)
        for (const Axis axis : outlook.axes)
            plan.push_back({{"stage", stage.name},
                            {"axis", std::string(1, name(axis))},
                            {"seconds", outlook.seconds * stage.work / work}});
    return plan;
}

const char* status_of(ExitCode code)
{
    switch (code) {
    case ExitCode::done:
        return "done";
    case ExitCode::not_converged:
        return "not converged";
    case ExitCode::stopped:
        return "stopped";
    default:
        return "failed";
    }
}

} // namespace

Reporter::Reporter(bool quiet, const nlohmann::ordered_json& start) : line_(quiet), quiet_(quiet)
{
    nlohmann::ordered_json event{{"event", "start"}, {"schema", 1}, {"time", text::utc_now()}};
    event.update(start);
    log(event);
}

void Reporter::open_log(const std::string& folder)
{
    log_ = std::make_unique<file::JsonLines>(std::filesystem::path(folder) / "progress.jsonl");
    for (const auto& line : std::exchange(waiting_, {})) append(line);
}

void Reporter::log(const nlohmann::ordered_json& event)
{
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin_;
    auto line = event;
    line["t"] = std::round(spent.count() * 1000) / 1000;
    if (log_)
        append(line);
    else if (waiting_.size() < most_waiting)
        waiting_.push_back(std::move(line));
}

void Reporter::append(const nlohmann::ordered_json& line)
{
    if (!log_) return;
    try {
        log_->append(line);
    } catch (const Error& error) {
        log_.reset();
        waiting_.resize(most_waiting); // for no other file
        line_.finish();
        if (!quiet_) terminal::print_warning(fmt::format("{}; the run goes on without this file", error.what()));
    }
}

void Reporter::expect(const study::Outlook& outlook)
{
    whole_.emplace(outlook.stages, outlook.axes);
    constexpr double long_s = 5; // less is over before the line is read
    if (outlook.seconds >= long_s) line_.announce(outlook.sentence);
    log({{"event", "plan"}, {"time_s", outlook.seconds}, {"sentence", outlook.sentence}, {"plan", plan_json(outlook)}});
}

void Reporter::end(ExitCode code, const std::string& sentence)
{
    const int exit = code == ExitCode::stopped ? launch::stopped_exit_code() : exit_status(code);
    nlohmann::ordered_json event{{"event", "end"}, {"time", text::utc_now()}, {"status", status_of(code)}, {"exit", exit}};
    if (!sentence.empty()) event["sentence"] = sentence;
    log(event);
}

void Reporter::operator()(const ProgressEvent& event)
{
    const auto left = whole_ ? whole_->after(event) : TimeLeft{};
    line_.show(event, left);
    nlohmann::ordered_json json{{"stage", event.stage}};
    if (event.axis) json["axis"] = std::string(1, name(*event.axis));
    if (!event.phase.empty()) json["phase"] = event.phase;
    if (event.iteration > 0) json.update({{"iteration", event.iteration}, {"residual", event.residual}});
    if (std::isfinite(event.value)) json.update({{"value", event.value}, {"bound", event.bound}, {"eta_s", event.eta_s}});
    if (left.seconds > 0) json["eta_all_s"] = left.seconds;
    if (left.done > 0) json["done"] = left.done;
    log(json);
}

} // namespace lapilli::results
