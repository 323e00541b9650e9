// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "results/reporter.hpp"

#include "core/error.hpp"
#include "terminal/messages.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <filesystem>

namespace lapilli::results {

Reporter::Reporter(const std::string& folder, bool quiet) : line_(quiet), quiet_(quiet)
{
    if (!folder.empty()) log_ = std::make_unique<file::JsonLines>(std::filesystem::path(folder) / "progress.jsonl");
}

void Reporter::log(const nlohmann::ordered_json& event)
{
    if (!log_) return;
    try {
        log_->append(event);
    } catch (const Error& error) {
        log_.reset();
        line_.finish();
        if (!quiet_) terminal::print_warning(fmt::format("{}; the run goes on without this file", error.what()));
    }
}

void Reporter::expect(const study::Outlook& outlook)
{
    whole_.emplace(outlook.stages, outlook.axes);
    constexpr double long_s = 5; // less is over before the line is read
    if (outlook.seconds >= long_s) line_.announce(outlook.sentence);
    log({{"stage", "plan"}, {"time_s", outlook.seconds}, {"sentence", outlook.sentence}});
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
