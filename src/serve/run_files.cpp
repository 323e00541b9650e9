// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/run_files.hpp"

#include "serve/answer.hpp"
#include "text/sentence.hpp"

#include <algorithm>

namespace lapilli::serve {

double RunStamps::beat_s() const
{
    double beat = 0;
    for (const auto* stamp : {&result, &progress, &lease})
        if (*stamp) beat = std::max(beat, (*stamp)->changed_s());
    return beat;
}

RunStamps stamps_of(int folder)
{
    return {.result = stamp_in(folder, "result.json"),
            .progress = stamp_in(folder, "progress.jsonl"),
            .lease = stamp_in(folder, "lease")};
}

results::ResultFile result_of(int folder)
{
    const auto file = open_file_of(folder, "result.json");
    if (!file) throw refusal(404, "the run has no result.json yet");
    const auto size = stamp_of(file.get())->size;
    if (size > longest_result)
        throw refusal(422, "result.json has {} bytes, but a result has at most {}", text::grouped(size),
                      text::grouped(longest_result));
    return results::parse_result("result.json", read_text(file.get(), 0, size));
}

collection::RunState state_of(int folder, const RunStamps& stamps, bool converged, double now_s)
{
    std::string first, last;
    if (const auto file = open_file_of(folder, "progress.jsonl")) {
        const auto size = stamp_of(file.get())->size, window = collection::progress_window;
        first = read_text(file.get(), 0, std::min(size, window));
        if (size > window) last = read_text(file.get(), std::max(window, size - window), window);
    }
    const bool has_result =
        stamps.result && (!stamps.progress || stamps.result->changed_ns >= stamps.progress->changed_ns - 1'000'000'000);
    return collection::run_state(
        {.first = first, .last = last, .beat_s = stamps.beat_s(), .has_result = has_result, .converged = converged}, now_s);
}

} // namespace lapilli::serve
