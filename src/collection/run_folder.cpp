// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "collection/run_folder.hpp"

#include "collection/result_search.hpp"
#include "core/error.hpp"
#include "property/permeability_unit.hpp"
#include "results/result_file.hpp"

#include <algorithm>
#include <cmath>

namespace lapilli::collection {

namespace {

using nlohmann::json;

std::optional<double> number_at(const json& object, const std::string& place)
{
    const json::json_pointer at(place);
    if (!object.contains(at) || !object.at(at).is_number()) return std::nullopt;
    return object.at(at).get<double>();
}

/// The shortest edge of a voxel [m].
std::optional<double> edge_of(const json& image)
{
    if (!image.is_object() || !image.contains("voxel_size_m")) return std::nullopt;
    const auto& size = image["voxel_size_m"];
    if (size.is_number()) return size.get<double>();
    std::optional<double> shortest;
    for (const auto& edge : size.is_array() ? size : json::array())
        if (edge.is_number()) shortest = std::min(shortest.value_or(HUGE_VAL), edge.get<double>());
    return shortest;
}

/// Of the solve at work.
RunValue solved(const RunState& state)
{
    RunValue shown{.axis = state.axis};
    if (!state.value) return {};
    if (state.stage.starts_with("diffusivity")) {
        shown.quantity = "D/D0";
        shown.value = *state.value;
    } else if (state.stage.starts_with("permeability")) {
        const auto edge = edge_of(state.image);
        const auto& unit = property::quoted_unit(edge.has_value());
        shown.quantity = "k";
        shown.value = unit.of(*state.value, edge).value_or(0);
        shown.unit = unit.symbol;
    } else {
        return {};
    }
    if (state.bound && *state.value != 0) shown.error = std::abs(*state.bound / *state.value);
    return shown;
}

/// The first of a result: k, else D, along x, else y or z.
RunValue quoted(const json& result)
{
    for (const char* property : {"permeability", "diffusivity"})
        for (const char* axis : {"x", "y", "z"}) {
            const auto place = std::string("/summary/") + property + "/" + axis;
            const auto value = number_at(result, place + "/value");
            if (!value) continue;
            const bool flow = property[0] == 'p';
            RunValue shown{.quantity = flow ? "k" : "D/D0", .axis = axis, .value = *value};
            if (flow) shown.unit = property::quoted_unit(number_at(result, place + "/value_md").has_value()).symbol;
            for (const char* source : {"solver", "grid", "sample", "segmentation"})
                if (const auto part = number_at(result, place + "/parts/" + source); part > shown.error) {
                    shown.error = part;
                    shown.source = source;
                }
            return shown;
        }
    return {};
}

} // namespace

void RunFolders::take_result(Known& known) const
{
    const auto result = results::read_result(known.run.folder + "/result.json");
    known.converged = result.converged;
    known.run.value = quoted(result.json);
    const auto number = [&](const char* place, double most) {
        return std::clamp(number_at(result.json, place).value_or(0), 0.0, most);
    };
    known.run.memory_bytes = static_cast<std::int64_t>(number("/memory/total_bytes", 1e18));
    known.ranks = static_cast<int>(number("/run/ranks", 1e9));
}

/// Whether there is a run.
bool RunFolders::look_at(Known& known, double now_s) const
{
    auto& run = known.run;
    const auto folder = file::open_folder(run.folder);
    const auto stamps = folder ? stamps_of(folder.get()) : RunStamps();
    if (!stamps.any()) return false;
    run.beat_s = stamps.beat_s();
    run.state = state_of(folder.get(), stamps, now_s);
    if (!run.state.has_result) { // another run writes here now
        known = {.run = std::move(run)};
        known.run.value = solved(known.run.state);
        known.run.memory_bytes.reset();
        return true;
    }
    if (stamps.result != known.result) {
        take_result(known);
        known.result = stamps.result;
    }
    take_verdict(run.state, known.converged);
    run.state.ranks = known.ranks;
    return true;
}

std::vector<Run> RunFolders::look(double now_s)
{
    auto found = find_runs(root_);
    remarks_ = std::move(found.remarks);
    std::map<std::string, Known> seen;
    std::vector<Run> runs;
    for (const auto& folder : found.files) {
        auto& known = seen[folder] = std::move(known_[folder]);
        known.run.folder = folder;
        try {
            if (!look_at(known, now_s)) continue; // gone meanwhile, or no more than links
        } catch (const Error& error) {
            known.result.reset();
            known.run.state = RunState{.status = RunStatus::failed, .sentence = error.what()};
        }
        runs.push_back(known.run);
    }
    known_ = std::move(seen);
    return runs;
}

std::vector<json> last_events(const std::string& folder, std::size_t most)
{
    std::vector<json> events;
    const auto opened = file::open_folder(folder);
    if (!opened) return events;
    try {
        const auto ends = progress_ends(opened.get());
        std::string_view text = ends.last.empty() ? ends.first : ends.last;
        for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
            if (const auto event = parse_event(text.substr(0, end))) events.push_back(*event);
            text.remove_prefix(end + 1);
        }
    } catch (const Error&) { // that it cannot be read is said by the state
    }
    if (events.size() > most) events.erase(events.begin(), events.end() - static_cast<std::ptrdiff_t>(most));
    return events;
}

} // namespace lapilli::collection
