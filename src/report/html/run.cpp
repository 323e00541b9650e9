// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/html/run.hpp"

#include "core/voxel_edges.hpp"
#include "text/sentence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>

namespace lapilli::report::html {

namespace {

using Events = std::span<const Json>;

bool is(const Json& event, std::string_view kind) { return text_at(event, "/event") == kind; }

/// The last event that says what it is; nullptr: none does.
const Json* last_event(Events events, std::string_view kind)
{
    const auto found = std::find_if(events.rbegin(), events.rend(), [&](const Json& event) { return is(event, kind); });
    return found == events.rend() ? nullptr : &*found;
}

/// The events up to the end of the run that has found the result, and those of a run that began after it. Times of one form
/// sort as texts.
std::pair<Events, Events> at_result(const Run& run)
{
    const Events all(run.events);
    const auto finished = text_at(run.result, "/run/finished");
    const auto later = std::ranges::find_if(all, [&](const Json& event) {
        return !finished.empty() && is(event, "start") && text_at(event, "/time") > finished;
    });
    const auto count = static_cast<std::size_t>(later - all.begin());
    return {all.first(count), all.subspan(count)};
}

/// How a run that has left no result has ended; one that goes on is not told from one that was killed.
Verdict unfinished(Events events)
{
    const auto* end = last_event(events, "end");
    const auto later = [&](const char* kind) { return end != nullptr && last_event(events, kind) > end; };
    const bool resumed = later("start") || later("resume");
    const auto status = end != nullptr && !resumed ? text_at(*end, "/status") : "";
    const auto sentence = end != nullptr ? sentence_from(text_at(*end, "/sentence")) : "";
    if (status == "failed")
        return {State::failed, "Failed", sentence.empty() ? "The run has failed; start it by hand to see why." : sentence};
    if (status == "stopped")
        return {State::stopped, "Stopped", "The run was stopped. The same command goes on where it was."};
    return {State::unfinished, "Not finished",
            "The run is still at work, or was killed. The same command goes on where it was; lapilli report makes this page "
            "anew."};
}

/// Whether anything was solved, whose convergence could be spoken of.
bool has_solves(const Json& result)
{
    for (const char* property : {"diffusivity", "permeability"})
        for (const Axis axis : quoted_axes(result, property))
            if (text_at(result, fmt::format("/summary/{}/{}/made_by", property, name(axis))) != "percolation") return true;
    return false;
}

/// What has become of a run that began after the result was there; empty: there was none.
std::string later_run(Events events)
{
    if (events.empty()) return "";
    const auto verdict = unfinished(events);
    if (const auto* end = last_event(events, "end"); end != nullptr && verdict.state == State::unfinished)
        if (const auto status = text_at(*end, "/status"); status == "done" || status == "not converged") return "";
    return fmt::format(" A later run in this folder {}", verdict.state == State::failed ? "has failed: " + verdict.sentence
                                                         : verdict.state == State::stopped
                                                             ? "was stopped."
                                                             : "is still at work, or was killed.");
}

} // namespace

Verdict verdict_of(const Run& run)
{
    if (!run.fault.empty()) return {State::failed, "Damaged", sentence_from(run.fault)};
    if (run.result.is_null()) return unfinished(run.events);
    const auto later = later_run(at_result(run).second);
    if (text_at(run.result, "/status") != "done")
        return {
            State::not_converged, "Not converged",
            "A solve has not reached its accuracy: values marked so are the best so far. More --max-iterations may help." +
                later};
    return {State::done, "Done",
            (has_solves(run.result) ? "All solves have converged." : "There was nothing to solve.") + later};
}

std::string reason_of(const Verdict& verdict)
{
    switch (verdict.state) {
    case State::unfinished:
        return "not known yet: the run has not finished";
    case State::stopped:
        return "not known: the run was stopped";
    case State::failed:
        return "not known: there is no result that can be read";
    default:
        return "not measured";
    }
}

Json image_of(const Run& run)
{
    if (const auto* image = find(run.result, "/image")) return *image;
    const auto start = start_of(run);
    const auto* image = find(start, "/image");
    return image != nullptr && image->is_object() ? *image : Json::object();
}

Json start_of(const Run& run)
{
    const auto* start = last_event(at_result(run).first, "start");
    return start != nullptr ? *start : Json::object();
}

std::vector<Axis> axes_of(const Json& image)
{
    std::vector<Axis> axes(all_axes.begin(), all_axes.end());
    std::erase_if(axes, [&](Axis axis) { return number_at(image, fmt::format("/shape/{}", 2 - index(axis))) == 1; });
    return axes;
}

std::vector<Axis> quoted_axes(const Json& result, const std::string& property)
{
    std::vector<Axis> axes;
    for (const Axis axis : all_axes)
        if (find(result, fmt::format("/summary/{}/{}", property, name(axis))) != nullptr) axes.push_back(axis);
    return axes;
}

std::string voxel_text(const Json& image)
{
    const auto* voxel = find(image, "/voxel_size_m");
    if (voxel == nullptr) return "";
    if (voxel->is_number()) return text::length_text(voxel->get<double>());
    std::vector<std::string> edges;
    if (voxel->is_structured())
        for (const auto& edge : *voxel)
            if (edge.is_number()) edges.push_back(text::length_text(edge.get<double>()));
    return edges.size() == 3 ? fmt::format("{} × {} × {} (z, y, x)", edges[0], edges[1], edges[2]) : "";
}

std::string voxels_text(const Json& image)
{
    std::vector<std::string> edges;
    for (const char* place : {"/shape/0", "/shape/1", "/shape/2"})
        if (const auto voxels = number_at(image, place)) edges.push_back(whole(voxels));
    if (edges.size() != 3) return "";
    const bool is_cube = edges[0] == edges[1] && edges[1] == edges[2];
    return fmt::format("{} × {} × {} voxels{}", edges[0], edges[1], edges[2], is_cube ? "" : " (z, y, x)");
}

Json convergence_of(const Run& run)
{
    Json all = Json::object();
    for (const auto& event : at_result(run).first) {
        const auto stage = text_at(event, "/stage"), axis = text_at(event, "/axis");
        const auto iteration = number_at(event, "/iteration"), value = number_at(event, "/value");
        const bool own = (stage == "diffusivity" || stage == "permeability") && (axis == "x" || axis == "y" || axis == "z");
        if (!own || !iteration || !value) continue;
        auto& steps = all[stage][axis];
        if (steps.is_null()) steps = Json::array();
        while (!steps.empty() && steps.back()["iteration"].get<double>() >= *iteration)
            steps.erase(steps.size() - 1); // resumed
        steps.push_back({{"iteration", *iteration}, {"value", *value}, {"bound", number_at(event, "/bound").value_or(0)}});
    }
    return all;
}

} // namespace lapilli::report::html
