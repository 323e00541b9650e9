// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "top/heading.hpp"

#include "text/text_table.hpp"
#include "top/letters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>

namespace lapilli::top {

using collection::RunStatus;

namespace {

/// "3 running, 1 failed"
std::string counts_of(const std::vector<collection::Run>& runs)
{
    std::string text;
    for (const auto status : {RunStatus::running, RunStatus::failed, RunStatus::silent, RunStatus::not_converged,
                              RunStatus::stopped, RunStatus::done}) {
        const auto count =
            std::count_if(runs.begin(), runs.end(), [&](const auto& run) { return run.state.status == status; });
        if (count > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, collection::name(status));
    }
    return text.empty() ? "no runs" : text;
}

} // namespace

std::string clock_text(double now_s)
{
    const auto time = static_cast<std::time_t>(now_s);
    std::tm here{};
    localtime_r(&time, &here);
    return fmt::format("{:02}:{:02}:{:02}", here.tm_hour, here.tm_min, here.tm_sec);
}

std::string heading(const std::vector<collection::Run>& runs, const View& view, const Paper& paper)
{
    const auto title = readable("lapilli top " + view.folder, paper.utf8), clock = clock_text(view.now_s);
    const auto counts = counts_of(runs);
    for (const auto& [left, right] : {std::pair(title, counts + "   " + clock), {title, counts}, {counts, clock}}) {
        const auto used = text::width(left) + text::width(right);
        if (used + 2 <= paper.columns) return left + std::string(paper.columns - used, ' ') + right;
    }
    return cut(counts, paper.columns, paper.utf8);
}

} // namespace lapilli::top
