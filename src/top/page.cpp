// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "terminal/progress_line.hpp"
#include "text/text_table.hpp"
#include "top/frame.hpp"
#include "top/heading.hpp"
#include "top/letters.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>

namespace lapilli::top {

using collection::Run;
using nlohmann::json;

namespace {

std::string text_in(const json& object, const char* key)
{
    return object.is_object() && object.contains(key) && object[key].is_string() ? object[key].get<std::string>() : "";
}

double number_in(const json& object, const char* key, double missing = 0)
{
    return object.is_object() && object.contains(key) && object[key].is_number() ? object[key].get<double>() : missing;
}

/// A line of progress.jsonl in the words of the program that wrote it.
std::string words_of(const json& event, std::size_t columns)
{
    if (const auto sentence = text_in(event, "sentence"); !sentence.empty()) return sentence;
    const auto stage = text_in(event, "stage"), axis = text_in(event, "axis");
    if (stage.empty()) return text_in(event, "event");
    ProgressEvent progress{.stage = stage,
                           .phase = text_in(event, "phase"),
                           .iteration = static_cast<int>(std::clamp(number_in(event, "iteration"), 0.0, 1e9)),
                           .residual = number_in(event, "residual"),
                           .value = number_in(event, "value", std::numeric_limits<double>::quiet_NaN()),
                           .bound = number_in(event, "bound"),
                           .eta_s = number_in(event, "eta_s")};
    for (const Axis known : all_axes)
        if (axis == std::string(1, name(known))) progress.axis = known;
    return terminal::progress_text(progress, {.seconds = number_in(event, "eta_all_s"), .done = number_in(event, "done")},
                                   columns);
}

/// "a.tif, 400 x 400 x 400 voxels, 12 ranks", as far as it is known.
std::string image_line(const Run& run)
{
    std::string line = text_in(run.state.image, "path");
    const auto add = [&](const std::string& part) { line += (line.empty() ? "" : ", ") + part; };
    if (run.state.image.is_object() && run.state.image.contains("shape") && run.state.image["shape"].is_array()) {
        std::string shape;
        for (const auto& side : run.state.image["shape"])
            if (side.is_number_unsigned())
                shape += fmt::format("{}{}", shape.empty() ? "" : " x ", side.get<std::uint64_t>());
        add(shape + " voxels");
    }
    if (run.state.ranks > 0) add(fmt::format("{} rank{}", run.state.ranks, run.state.ranks == 1 ? "" : "s"));
    return line;
}

/// "diffusivity x, [diffusivity y], permeability x": that at work in brackets.
std::string plan_line(const Run& run)
{
    std::string line;
    for (const auto& [stage, axis] : run.state.plan) {
        const auto step = stage + (axis.empty() ? "" : " ") + axis;
        const bool now = goes_on(run.state.status) && stage == run.state.stage && axis == run.state.axis;
        line += (line.empty() ? "" : ", ") + (now ? "[" + step + "]" : step);
    }
    return line;
}

} // namespace

std::vector<std::string> page_of(const Run& run, const View& view, const Paper& paper)
{
    std::vector<std::string> lines;
    const auto add = [&](const std::string& text) {
        if (text.empty()) return;
        const auto broken = text::wrapped(readable(text, paper.utf8), paper.columns);
        for (std::size_t at = 0; at <= broken.size();) {
            const auto end = std::min(broken.find('\n', at), broken.size());
            lines.push_back(cut(broken.substr(at, end - at), paper.columns, paper.utf8));
            at = end + 1;
        }
    };
    add(fmt::format("{}   {}   {}", run.folder, state_text(run, view.now_s), clock_text(view.now_s)));
    add(image_line(run));
    add(run.state.sentence);
    if (const auto plan = plan_line(run); !plan.empty()) add("plan: " + plan);
    if (const auto value = value_text(run.value); !value.empty()) {
        const auto error = error_text(run.value);
        add(fmt::format("{} {} = {}{}", run.value.quantity, run.value.axis, value, error.empty() ? "" : " ± " + error));
    }
    lines.emplace_back();
    const std::size_t room = paper.rows - std::min(paper.rows, lines.size() + 1);
    for (const auto& event : collection::last_events(run.folder, room))
        lines.push_back(cut(readable(words_of(event, paper.columns), paper.utf8), paper.columns, paper.utf8));
    lines.resize(std::max<std::size_t>(paper.rows, 2) - 1);
    lines.push_back(cut("q quit  Esc back", paper.columns, paper.utf8));
    return lines;
}

} // namespace lapilli::top
