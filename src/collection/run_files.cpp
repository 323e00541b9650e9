// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "collection/run_files.hpp"

#include "text/system_error.hpp"

#include <algorithm>
#include <cerrno>

namespace lapilli::collection {

namespace {

constexpr const char* progress_name = "progress.jsonl";
constexpr std::int64_t window = 32'768;           ///< of each end [bytes]; a line has 200
constexpr std::int64_t same_time = 1'000'000'000; ///< [ns]: some disks count seconds

} // namespace

double RunStamps::beat_s() const
{
    double beat = 0;
    for (const auto* stamp : {&result, &progress, &lease})
        if (*stamp) beat = std::max(beat, (*stamp)->changed_s());
    return beat;
}

RunStamps stamps_of(int folder)
{
    return {.result = file::stamp_in(folder, "result.json"),
            .progress = file::stamp_in(folder, progress_name),
            .lease = file::stamp_in(folder, "lease")};
}

ProgressEnds progress_ends(int folder)
{
    const auto opened = file::open_file_of(folder, progress_name);
    if (!opened && errno == ENOENT) return {};
    if (!opened) throw text::system_error("read", progress_name, errno);
    const auto size = file::stamp_of(opened.get())->size;
    ProgressEnds ends{.first = file::read_text(opened.get(), 0, std::min(size, window)), .last = {}};
    if (size > window) ends.last = file::read_text(opened.get(), std::max(window, size - window), window);
    return ends;
}

RunState state_of(int folder, const RunStamps& stamps, double now_s)
{
    const auto& [result, progress, lease] = stamps;
    const auto ends = progress_ends(folder);
    return run_state({.first = ends.first,
                      .last = ends.last,
                      .beat_s = stamps.beat_s(),
                      .has_result = result.has_value(),
                      .is_newer = result && (!progress || result->changed_ns >= progress->changed_ns - same_time)},
                     now_s);
}

} // namespace lapilli::collection
