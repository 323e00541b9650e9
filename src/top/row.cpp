// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "top/row.hpp"

#include "text/natural_order.hpp"
#include "text/sentence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lapilli::top {

using collection::Run;
using collection::RunState;
using collection::RunStatus;
using collection::RunValue;

namespace {

int urgency(RunStatus status)
{
    switch (status) {
    case RunStatus::failed:
        return 0;
    case RunStatus::silent:
        return 1;
    case RunStatus::not_converged:
        return 2;
    case RunStatus::stopped:
        return 3;
    case RunStatus::running:
        return 4;
    case RunStatus::done:
        break;
    }
    return 5;
}

/// "D" or "k" of a stage that solves for one; else the stage as it is.
std::string short_name(const std::string& stage)
{
    if (stage.starts_with("diffusivity")) return "D";
    return stage.starts_with("permeability") ? "k" : stage;
}

} // namespace

std::string name(Order order)
{
    switch (order) {
    case Order::name:
        return "name";
    case Order::newest:
        return "newest";
    case Order::left:
        return "time left";
    case Order::urgency:
        break;
    }
    return "urgency";
}

Order next(Order order) { return order == Order::left ? Order::urgency : Order(int(order) + 1); }

void sort(std::vector<Run>& runs, Order order)
{
    const auto before = [order](const Run& a, const Run& b) {
        if (order == Order::newest) return a.beat_s > b.beat_s;
        if (order == Order::left) return a.state.left_s.value_or(HUGE_VAL) < b.state.left_s.value_or(HUGE_VAL);
        const int ua = urgency(a.state.status), ub = urgency(b.state.status);
        if (order == Order::urgency && ua != ub) return ua < ub;
        return text::natural_less(a.folder, b.folder);
    };
    std::stable_sort(runs.begin(), runs.end(), before);
}

bool goes_on(RunStatus status) { return status == RunStatus::running || status == RunStatus::silent; }

std::string state_text(const Run& run, double now_s)
{
    const auto text = collection::name(run.state.status);
    if (run.state.status != RunStatus::silent) return text;
    return text + " " + text::duration_text(std::max(now_s - run.beat_s, 0.0));
}

std::string at_text(const RunState& state)
{
    std::string text = short_name(state.stage);
    if (!state.axis.empty()) text += " " + state.axis;
    const auto step = std::find_if(state.plan.begin(), state.plan.end(), [&](const auto& planned) {
        return planned.stage == state.stage && planned.axis == state.axis;
    });
    if (step != state.plan.end()) text += fmt::format("  {} of {}", step - state.plan.begin() + 1, state.plan.size());
    if (state.iteration > 0) text += fmt::format("{}it {}", step != state.plan.end() ? ", " : "  ", state.iteration);
    return text;
}

std::string value_text(const RunValue& value)
{
    if (value.quantity.empty()) return "";
    return fmt::format("{:.4g}{}{}", value.value, value.unit.empty() ? "" : " ", value.unit);
}

std::string error_text(const RunValue& value)
{
    if (!value.error) return "";
    return fmt::format("{:.1g} %{}{}", 100 * *value.error, value.source.empty() ? "" : " ", value.source);
}

std::string left_text(const RunState& state)
{
    if (!goes_on(state.status)) return "";
    if (state.status == RunStatus::silent || !state.left_s || !(*state.left_s > 0)) return "–";
    return text::duration_text(*state.left_s);
}

} // namespace lapilli::top
