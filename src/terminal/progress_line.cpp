// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "terminal/progress_line.hpp"

#include "terminal/terminal.hpp"
#include "text/sentence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace lapilli::terminal {

namespace {

constexpr std::chrono::milliseconds between_frames{100};
constexpr std::chrono::seconds between_lines{10};

/// What the value of a stage is called.
const char* quantity(const std::string& stage)
{
    if (stage.starts_with("diffusivity")) return "D/D0";
    if (stage.starts_with("permeability")) return "k";
    return "value";
}

} // namespace

namespace {

/// What is shown of an event.
struct Details {
    bool bound = true;
    bool residual = true;
    bool iteration = true;
    bool value = true;
    bool done = true;
};

std::string text_of(const ProgressEvent& event, const TimeLeft& left, const Details& shown)
{
    std::string text = event.stage;
    if (event.axis) text += fmt::format(" {}", name(*event.axis));
    if (!event.phase.empty()) text += "  " + event.phase;
    if (event.iteration > 0) {
        if (shown.iteration) text += fmt::format("  iteration {}", event.iteration);
        if (shown.value && std::isfinite(event.value))
            text += fmt::format("  {} = {:.5g}", quantity(event.stage), event.value);
        if (shown.bound && std::isfinite(event.bound) && event.bound > 0) text += fmt::format(" \u00b1 {:.1g}", event.bound);
        if (shown.residual && std::isfinite(event.residual) && event.residual > 0)
            text += fmt::format("  residual {:.1e}", event.residual);
    }
    if (std::isfinite(event.eta_s) && event.eta_s > 0) text += "  eta " + text::duration_text(event.eta_s);
    if (left.seconds > 0) text += (event.eta_s > 0 ? ", of all " : "  eta of all ") + text::duration_text(left.seconds);
    if (shown.done && left.done > 0) text += fmt::format(" ({:.0f} % done)", std::floor(100 * left.done));
    return text;
}

/// The first so many characters of UTF-8.
std::string cut(const std::string& text, std::size_t characters)
{
    std::size_t end = 0;
    for (std::size_t shown = 0; end < text.size(); ++end)
        if ((text[end] & 0xC0) != 0x80 && shown++ == characters) break;
    return text.substr(0, end);
}

} // namespace

std::string progress_text(const ProgressEvent& event, const TimeLeft& left, std::size_t columns)
{
    std::string text;
    for (const auto& shown : {Details{}, Details{.residual = false}, Details{.bound = false, .residual = false},
                              Details{.bound = false, .residual = false, .iteration = false},
                              Details{.bound = false, .residual = false, .iteration = false, .value = false},
                              Details{.bound = false, .residual = false, .iteration = false, .value = false, .done = false}}) {
        text = text_of(event, left, shown);
        if (text::width(text) <= columns) return text;
    }
    return cut(text, columns);
}

ProgressLine::ProgressLine(bool quiet) : quiet_(quiet), live_(stderr_is_terminal()), next_(Clock::now())
{
    if (!live_) next_ += between_lines;
}

void ProgressLine::show(const ProgressEvent& event, const TimeLeft& left)
{
    const auto now = Clock::now();
    if (quiet_ || now < next_) return;
    next_ = now;
    if (live_)
        next_ += between_frames;
    else
        next_ += between_lines;
    const std::size_t columns = live_ ? terminal_columns() - 1 : std::string::npos; // a full line would move the cursor on
    const std::string start(live_ ? line_eraser : "");
    std::string line;
    if (!announcement_.empty()) line += start + text::wrapped(announcement_, std::min(columns, text::usual_columns)) + "\n";
    announcement_.clear();
    line += start + progress_text(event, left, columns);
    line += live_ ? live_line_end() : "\n";
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

} // namespace lapilli::terminal
