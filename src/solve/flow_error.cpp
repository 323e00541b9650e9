// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solve/flow_error.hpp"

#include "solve/remaining_error.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace lapilli::solve {

namespace {

constexpr double residual_safety = 1e3; // of a residual, over the error of the conductance

/// Tuned on some 120 solves, see bench/README.md.
constexpr double safety = 2.3;
constexpr double most_growth = 1.6, first_growth = 1.25;
constexpr double fastest = 0.1, slowest = 0.95; // fall of the work in an iteration
constexpr double least_fall = 0.1;              // of the work, to say something of what M misses
constexpr double unknown_factor = 10;

/// What the error was over the work, from how both fell until iteration k: in the last iteration, or in as many as it takes
/// to see the work fall.
std::optional<double> factor(const FlowHistory& history, std::size_t k)
{
    const double now = history.work[k];
    for (std::size_t i = k; i-- > 0;) {
        const double before = history.work[i];
        if (now > (1 - least_fall) * before) continue;
        return std::max(1.0, std::abs(history.conductance[i] - history.conductance[k]) / (before - now));
    }
    return std::nullopt;
}

} // namespace

std::string_view name(FlowWitness witness)
{
    switch (witness) {
    case FlowWitness::work:
        return "work";
    case FlowWitness::decay:
        return "decay";
    case FlowWitness::mean_flux:
        return "mean flux";
    case FlowWitness::residual:
        return "residual";
    case FlowWitness::nobody:
        break;
    }
    return "";
}

double error_by_work(const FlowHistory& history)
{
    const std::size_t now = history.conductance.size() - 1; // its work is not known, or does not count
    if (history.conductance.size() < 3 || history.work.size() < now) return 1;
    const std::size_t last = now - 1;
    const double conductance = std::abs(history.conductance[now]);
    if (history.work[last] == 0) return 0;
    const auto here = factor(history, last);
    const auto before = last > 1 ? factor(history, last - 1) : std::nullopt;
    const double c = here || before ? std::max(here.value_or(0), before.value_or(0)) : unknown_factor;
    const double growth = before ? std::clamp(here.value_or(c) / *before, 1.0, most_growth) : first_growth;
    const double ratio = std::clamp(history.work[last] / history.work[last - 1], fastest, slowest);
    const double error = safety * growth * c * history.work[last] / conductance;
    const double fall = std::abs(history.conductance[last] - history.conductance[now]) / conductance;
    return std::min(1.0, std::max(error - fall, error * ratio));
}

FlowError error_of_flow(const FlowHistory& history)
{
    FlowError error{0, FlowWitness::nobody};
    const auto hear = [&](double relative, FlowWitness witness) {
        if (relative > error.relative) error = {relative, witness};
    };
    hear(error_by_work(history), FlowWitness::work);
    hear(std::min(1.0, remaining_error_of_swinging(history.conductance)), FlowWitness::decay);
    const double conductance = history.conductance.back();
    if (conductance != 0) hear(std::min(1.0, std::pow(history.mean_flux / conductance - 1, 2)), FlowWitness::mean_flux);
    const double by_residual = residual_safety * history.residual.back();
    if (by_residual < error.relative) error = {by_residual, FlowWitness::residual};
    return error;
}

} // namespace lapilli::solve
