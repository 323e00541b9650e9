// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/progress_line.hpp"

#include "cli/launch.hpp"

#include <fmt/format.h>

#include <iostream>

namespace lapilli::cli {

namespace {

std::string describe(const ProgressEvent& event)
{
    std::string text = event.stage;
    if (event.axis) text += fmt::format(" {}", name(*event.axis));
    if (event.iteration == 0) return text;
    text += fmt::format("  iteration {}  D/D0 = {:.6g} ± {:.1g}  residual {:.0e}", event.iteration, event.value, event.bound, event.residual);
    if (event.eta_s > 0) text += fmt::format("  eta {:.0f} s", event.eta_s);
    return text;
}

}  // namespace

ProgressLine::ProgressLine(bool quiet) : quiet_(quiet), terminal_(on_terminal()) {}

void ProgressLine::show(const ProgressEvent& event)
{
    if (quiet_) return;
    if (terminal_) {
        std::cerr << "\r\033[K" << describe(event) << std::flush;
        live_ = true;
        return;
    }
    if (Clock::now() - last_ < std::chrono::seconds(10)) return;
    last_ = Clock::now();
    std::cerr << describe(event) << '\n';
}

void ProgressLine::finish()
{
    if (live_) std::cerr << "\r\033[K" << std::flush;
    live_ = false;
}

}  // namespace lapilli::cli
