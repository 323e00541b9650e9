// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/run_row.hpp"

#include "serve/answer.hpp"
#include "text/small_letters.hpp"
#include "text/utc_time.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace lapilli::serve {

namespace {

using collection::RunState;
using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::size_t longest_name = 200, longest_text = 1'000, most_steps = 64;
constexpr std::array axis_names{"x", "y", "z"};

/// What stands there, or nothing.
const json* at(const json& object, const char* place)
{
    const json::json_pointer pointer(place);
    return object.contains(pointer) ? &object.at(pointer) : nullptr;
}

double number_at(const json& object, const char* place)
{
    const auto* found = at(object, place);
    return found && found->is_number() ? found->get<double>() : std::numeric_limits<double>::quiet_NaN();
}

std::string text_at(const json& object, const char* place, std::size_t longest = longest_name)
{
    const auto* found = at(object, place);
    return found && found->is_string() ? found->get<std::string>().substr(0, longest) : "";
}

ordered_json or_null(double value) { return std::isfinite(value) ? ordered_json(value) : ordered_json(); }

template <class T>
ordered_json or_null(const std::optional<T>& value)
{
    return value ? ordered_json(*value) : ordered_json();
}

RowQuote quote_at(const json& result, const std::string& property, const char* axis)
{
    const auto place = "/summary/" + property + "/" + axis;
    const auto number = [&](const char* key) { return number_at(result, (place + key).c_str()); };
    RowQuote quote{.value = number("/value"),
                   .solver = number("/parts/solver"),
                   .grid = number("/parts/grid"),
                   .sample = number("/parts/sample")};
    quote.in_voxels = property == "permeability" && text_at(result, (place + "/unit").c_str()) != "mD";
    return quote;
}

ordered_json quotes_json(const std::array<RowQuote, 3>& quotes)
{
    ordered_json object;
    for (std::size_t i = 0; i < 3; ++i)
        if (const auto& quote = quotes[i]; std::isfinite(quote.value)) {
            object[axis_names[i]] = {{"value", quote.value},
                                     {"solver", or_null(quote.solver)},
                                     {"grid", or_null(quote.grid)},
                                     {"sample", or_null(quote.sample)}};
            if (quote.in_voxels) object[axis_names[i]]["unit"] = "voxel²";
        }
    return object;
}

/// [nz, ny, nx]; nothing where it is none.
ordered_json shape_of(const json& image)
{
    const auto* shape = at(image, "/shape");
    const auto whole = [](const json& n) { return n.is_number_unsigned() && n.get<std::uint64_t>() <= 1'000'000; };
    if (!shape || !shape->is_array() || shape->size() != 3 || !std::ranges::all_of(*shape, whole)) return {};
    return ordered_json(*shape);
}

/// The edge of a voxel, of no cube [z, y, x]; null: not known.
ordered_json voxel_of(const json& image)
{
    const auto* edges = at(image, "/voxel_size_m");
    const auto is_number = [](const json& n) { return n.is_number(); };
    const bool three = edges && edges->is_array() && edges->size() == 3 && std::ranges::all_of(*edges, is_number);
    return three ? ordered_json(*edges) : or_null(number_at(image, "/voxel_size_m"));
}

std::string last_part(const std::string& path) { return path.substr(path.find_last_of("/\\") + 1); }

/// The name of the image, and of whose file it is.
void add_image(RunRow& row, ordered_json& shown, const json& image)
{
    row.name = last_part(text_at(image, "/path", longest_text)).substr(0, longest_name);
    if (row.name.empty()) row.name = row.id;
    shown["name"] = row.name;
    const auto shape = shape_of(image);
    if (!shape.is_null())
        row.voxels = shape[0].get<std::int64_t>() * shape[1].get<std::int64_t>() * shape[2].get<std::int64_t>();
    shown["shape"] = shape;
    shown["voxel_m"] = voxel_of(image);
    shown["digest"] = text_at(image, "/digest");
}

void add_settings(ordered_json& shown, const json& result)
{
    shown["boundary"] = text_at(result, "/result/porosity/boundary");
    shown["walls"] = text_at(result, "/result/permeability/walls");
    shown["program"] = text_at(result, "/program/version") + " " + text_at(result, "/program/git");
    shown["command"] = text_at(result, "/run/command", longest_text);
    const auto* warnings = at(result, "/warnings");
    shown["warnings"] = warnings && warnings->is_array() ? warnings->size() : 0;
}

void add_result(RunRow& row, ordered_json& shown, const json& result)
{
    row.porosity = number_at(result, "/result/porosity/total");
    row.seconds = number_at(result, "/timing/total_s");
    for (std::size_t i = 0; i < 3; ++i) {
        row.diffusivity[i] = quote_at(result, "diffusivity", axis_names[i]);
        row.permeability[i] = quote_at(result, "permeability", axis_names[i]);
    }
    shown["porosity"] = or_null(row.porosity);
    shown["diffusivity"] = quotes_json(row.diffusivity);
    shown["permeability"] = quotes_json(row.permeability);
    shown["seconds"] = or_null(row.seconds);
    add_settings(shown, result);
}

void add_state(RunRow& row, ordered_json& shown, const RunState& state, const json& result)
{
    row.status = collection::name(state.status);
    row.may_change = state.status == collection::RunStatus::running;
    const auto began = text::utc_seconds(text_at(result, "/run/started"));
    row.started_s = state.started_s ? *state.started_s : began ? *began : row.stamps.beat_s();
    shown["status"] = row.status;
    shown["sentence"] = state.sentence;
    shown["started"] = row.started_s;
    shown["ended"] = or_null(state.ended_s ? state.ended_s : text::utc_seconds(text_at(result, "/run/finished")));
    shown["beat"] = row.stamps.beat_s();
    const auto ranks = number_at(result, "/run/ranks");
    shown["ranks"] = std::isfinite(ranks) ? ordered_json(ranks)
                     : state.ranks > 0    ? ordered_json(state.ranks)
                                          : ordered_json();
    if (!row.may_change && row.status != "silent") return;
    shown["progress"] = {{"stage", state.stage},          {"axis", state.axis},
                         {"iteration", state.iteration},  {"value", or_null(state.value)},
                         {"bound", or_null(state.bound)}, {"left_s", or_null(state.left_s)},
                         {"done", or_null(state.done)}};
}

ordered_json damaged(RunRow& row, const std::string& sentence)
{
    row.status = "damaged";
    row.name = row.id;
    row.started_s = row.stamps.beat_s();
    return {{"name", row.id},
            {"status", row.status},
            {"sentence", sentence.substr(0, longest_text)},
            {"started", row.started_s},
            {"beat", row.started_s}};
}

/// @throws Error, Refusal
void read_run(RunRow& row, ordered_json& shown, int folder, double now_s)
{
    json result;
    auto state = state_of(folder, row.stamps, now_s);
    if (state.has_result) {
        auto file = result_of(folder);
        result = std::move(file.json);
        collection::take_verdict(state, file.converged);
    }
    add_image(row, shown, result.is_object() ? result["image"] : state.image);
    add_state(row, shown, state, result);
    if (result.is_object()) add_result(row, shown, result);
}

} // namespace

std::shared_ptr<const RunRow> make_row(const std::string& id, int folder, const RunStamps& stamps, double now_s)
{
    RunRow row{.id = id, .stamps = stamps};
    ordered_json shown{{"id", id}};
    try {
        read_run(row, shown, folder, now_s);
    } catch (const std::exception& error) { // an Error, a Refusal, or no memory for what others have written
        shown = damaged(row, error.what());
        shown["id"] = id;
    }
    row.search = text::small_letters(id + " " + row.name + " " + shown.value("digest", ""));
    row.json = shown.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
    return std::make_shared<const RunRow>(std::move(row));
}

} // namespace lapilli::serve
