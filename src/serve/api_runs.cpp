// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/resources.hpp"
#include "text/natural_order.hpp"
#include "text/small_letters.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace lapilli::serve {

namespace {

using Row = std::shared_ptr<const RunRow>;

constexpr std::array states{"running", "silent", "failed", "damaged", "stopped", "not converged", "done"};
constexpr std::int64_t most_progress = 262'144;

/// What rows are sorted by, where it is a number; those without one go last.
double sort_number(const RunRow& row, const std::string& key, std::size_t axis)
{
    if (key == "started") return row.started_s;
    if (key == "state") return static_cast<double>(states.end() - std::ranges::find(states, row.status));
    if (key == "voxels") return static_cast<double>(row.voxels);
    if (key == "porosity") return row.porosity;
    if (key == "seconds") return row.seconds;
    return key == "diffusivity" ? row.diffusivity[axis].value : row.permeability[axis].value;
}

void sort_rows(std::vector<Row>& rows, const std::string& key, std::size_t axis, bool down)
{
    if (key == "name") {
        std::ranges::stable_sort(rows, [](const Row& a, const Row& b) { return text::natural_less(a->name, b->name); });
        if (down) std::ranges::reverse(rows);
        return;
    }
    const auto rank = [&](const Row& row) {
        const auto number = sort_number(*row, key, axis);
        return std::isnan(number) ? HUGE_VAL : down ? -number : number;
    };
    std::ranges::stable_sort(rows, {}, rank);
}

std::size_t axis_of(const Call& call) { return static_cast<std::size_t>(call.query.word("axis", {"z", "x", "y"})[0] - 'x'); }

/// Where the list goes on after one that has been given.
std::size_t place_after(const std::vector<Row>& rows, const std::string& id)
{
    if (id.empty()) return 0;
    const auto found = std::ranges::find(rows, id, [](const Row& row) -> const std::string& { return row->id; });
    if (found == rows.end())
        throw refusal(404, "the run after which the list should go on is gone; begin again without `after`");
    return static_cast<std::size_t>(found - rows.begin()) + 1;
}

std::string list_text(const Call& call, const Snapshot& snapshot)
{
    const auto& query = call.query;
    const auto state = query.text("state"), find = text::small_letters(query.text("find"));
    const auto limit = static_cast<std::size_t>(query.whole("limit", 1, 1000).value_or(200));
    std::map<std::string, int> counts;
    std::vector<Row> rows;
    for (const auto& row : snapshot.rows) {
        ++counts[row->status];
        if ((state.empty() || row->status == state) && row->search.find(find) != std::string::npos) rows.push_back(row);
    }
    sort_rows(
        rows,
        query.word("sort", {"started", "name", "state", "voxels", "porosity", "diffusivity", "permeability", "seconds"}),
        axis_of(call), query.word("order", {"down", "up"}) == "down");
    const auto first = place_after(rows, query.text("after")), last = std::min(rows.size(), first + limit);
    nlohmann::ordered_json about{
        {"count", rows.size()}, {"states", counts}, {"remark", snapshot.remark}, {"folder", call.site.folder}};
    about["next"] = last < rows.size() ? nlohmann::ordered_json(rows[last - 1]->id) : nlohmann::ordered_json();
    std::string text = about.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    text.back() = ',';
    text += "\"runs\":[";
    for (auto i = first; i < last; ++i) text += (i > first ? ",\n" : "\n") + rows[i]->json;
    return text + "]}";
}

} // namespace

Answer list_runs(const Call& call)
{
    const auto snapshot = call.site.index.snapshot();
    auto key = std::to_string(snapshot->version);
    for (const auto& [name, value] : call.request.target.query) key += "&" + name + "=" + value;
    auto known = call.site.lists.find(key);
    if (!known) {
        known = CachedText{.type = "application/json", .heads = {}, .text = shared_text(list_text(call, *snapshot))};
        call.site.lists.keep(key, *known);
    }
    return json_answer(*known->text, tag_of(*known->text));
}

Answer show_state(const Call& call)
{
    const auto folder = call.folder();
    const auto stamps = stamps_of(folder.get());
    const auto row = make_row(call.id, folder.get(), stamps, now_s());
    const auto state = state_of(folder.get(), stamps, now_s());
    auto plan = nlohmann::json::array();
    for (const auto& step : state.plan) plan.push_back({{"stage", step.stage}, {"axis", step.axis}});
    auto text = row->json;
    text.pop_back();
    text += ",\"plan\":" + plan.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "}";
    return json_answer(text, tag_of(text));
}

Answer show_progress(const Call& call)
{
    const auto from = call.query.whole("from", 0, std::int64_t{1} << 50).value_or(0);
    const auto folder = call.folder();
    const auto file = open_file_of(folder.get(), "progress.jsonl");
    const auto size = file ? stamp_of(file.get())->size : 0; // a run may have left no more than its result
    if (from > size) throw refusal(416, "progress.jsonl has {} bytes; another run has taken the folder, begin at 0", size);
    auto text = from < size ? read_text(file.get(), from, std::min(most_progress, size - from)) : "";
    const auto whole = text.rfind('\n') + 1;                                  // 0 where there is none
    const bool passed_over = whole == 0 && std::ssize(text) == most_progress; // a line as long is none of ours
    const auto next = from + (passed_over ? most_progress : static_cast<std::int64_t>(whole));
    text.resize(whole);
    Answer answer{.type = "application/x-ndjson"};
    answer.text = shared_text(std::move(text));
    answer.heads = {{"X-Next-From", std::to_string(next)}, {"X-Size", std::to_string(size)}, {"Cache-Control", "no-store"}};
    return answer;
}

} // namespace lapilli::serve
