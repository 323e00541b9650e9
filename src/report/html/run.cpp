// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/html/run.hpp"

#include "core/voxel_edges.hpp"
#include "text/sentence.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lapilli::report::html {

namespace {

/// The last event that says what it is; nullptr: none does.
const Json* last_event(const std::vector<Json>& events, const std::string& kind)
{
    const auto found =
        std::find_if(events.rbegin(), events.rend(), [&](const Json& e) { return text_at(e, "/event") == kind; });
    return found == events.rend() ? nullptr : &*found;
}

/// How a run without a result has ended; none that goes on is told from one that was killed.
Verdict unfinished(const Run& run)
{
    const auto* end = last_event(run.events, "end");
    const bool resumed = end != nullptr && last_event(run.events, "resume") > end;
    const auto status = end != nullptr && !resumed ? text_at(*end, "/status") : "";
    const auto sentence = end != nullptr ? text_at(*end, "/sentence") : "";
    if (status == "failed")
        return {State::failed, "Failed", sentence.empty() ? "The run has failed; start it by hand to see why." : sentence};
    if (status == "stopped")
        return {State::stopped, "Stopped", "The run was stopped. The same command goes on where it was."};
    return {State::unfinished, "Not finished",
            "The run is still at work, or was killed. The same command goes on where it was; lapilli report makes this page "
            "anew."};
}

} // namespace

Verdict verdict_of(const Run& run)
{
    if (!run.fault.empty()) return {State::failed, "Damaged", run.fault};
    if (run.result.is_null()) return unfinished(run);
    if (text_at(run.result, "/status") == "done") return {State::done, "Done", "All solves have converged."};
    return {State::not_converged, "Not converged",
            "A solve has not reached its accuracy: values marked so are the best so far. More --max-iterations may help."};
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
    if (run.pictured.is_object()) return run.pictured;
    const auto* start = last_event(run.events, "start");
    const auto* image = start != nullptr ? find(*start, "/image") : nullptr;
    return image != nullptr && image->is_object() ? *image : Json::object();
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

std::string shape_text(const Json& image)
{
    std::vector<std::string> edges;
    for (const char* place : {"/shape/2", "/shape/1", "/shape/0"})
        if (const auto voxels = number_at(image, place)) edges.push_back(whole(voxels));
    return edges.size() == 3 ? fmt::format("{} × {} × {}", edges[0], edges[1], edges[2]) : "";
}

Json convergence_of(const std::vector<Json>& events)
{
    Json all = Json::object();
    for (const auto& event : events) {
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
