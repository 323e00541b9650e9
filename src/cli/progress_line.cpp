// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/progress_line.hpp"

#include "cli/terminal.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdio>

namespace lapilli::cli {

namespace {

constexpr std::chrono::milliseconds between_frames{100};
constexpr std::chrono::seconds between_lines{10};

/// What the value of a stage is called.
const char* quantity(const std::string& stage)
{
    if (stage == "diffusivity") return "D/D0";
    if (stage.starts_with("permeability")) return "k";
    return "value";
}

std::string duration(double seconds)
{
    if (seconds < 1) return "< 1 s";
    if (seconds < 100) return fmt::format("{:.0f} s", seconds);
    return seconds < 6000 ? fmt::format("{:.0f} min", seconds / 60) : fmt::format("{:.1f} h", seconds / 3600);
}

} // namespace

std::string progress_text(const ProgressEvent& event)
{
    std::string text = event.stage;
    if (event.axis) text += fmt::format(" {}", name(*event.axis));
    if (!event.phase.empty()) text += "  " + event.phase;
    if (event.iteration > 0) {
        text += fmt::format("  iteration {}", event.iteration);
        if (std::isfinite(event.value)) text += fmt::format("  {} = {:.5g}", quantity(event.stage), event.value);
        if (std::isfinite(event.bound) && event.bound > 0) text += fmt::format(" \u00b1 {:.1g}", event.bound);
        if (std::isfinite(event.residual) && event.residual > 0) text += fmt::format("  residual {:.1e}", event.residual);
    }
    if (std::isfinite(event.eta_s) && event.eta_s > 0) text += "  eta " + duration(event.eta_s);
    return text;
}

ProgressLine::ProgressLine(bool quiet) : quiet_(quiet), live_(stderr_is_terminal()), next_(Clock::now())
{
    if (!live_) next_ += between_lines;
}

void ProgressLine::show(const ProgressEvent& event)
{
    const auto now = Clock::now();
    if (quiet_ || now < next_) return;
    next_ = now;
    if (live_)
        next_ += between_frames;
    else
        next_ += between_lines;
    const std::string line = (live_ ? "\r\x1b[K" : "") + progress_text(event) + (live_ ? "" : "\n");
    std::fwrite(line.data(), 1, line.size(), stderr);
    std::fflush(stderr);
    on_screen_ = live_;
}

void ProgressLine::finish()
{
    if (!on_screen_) return;
    clear_line();
    on_screen_ = false;
}

} // namespace lapilli::cli
