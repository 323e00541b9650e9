// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "collection/run_state.hpp"
#include "results/result_file.hpp"
#include "serve/beneath.hpp"

#include <array>
#include <optional>
#include <string>

namespace lapilli::serve {

/// What this program writes into a result folder and people may want; nothing else of it is served.
struct PublicFile {
    const char* name;
    const char* type;
    bool shown; ///< in the browser; else it is saved
};
inline constexpr std::array public_files{
    PublicFile{"result.json", "application/json", true},        PublicFile{"report.html", "text/html; charset=utf-8", true},
    PublicFile{"progress.jsonl", "application/x-ndjson", true}, PublicFile{"fields.h5", "application/x-hdf5", false},
    PublicFile{"fields.xdmf", "application/xml", false},
};

/// The stamps of the files that tell what a run does; those that are not there have none.
struct RunStamps {
    std::optional<FileStamp> result, progress, lease;

    bool operator==(const RunStamps&) const = default;
    bool any() const { return result || progress; }
    double beat_s() const; ///< when the last of them was changed [s since 1970]
};

RunStamps stamps_of(int folder);

constexpr std::int64_t longest_result = 16'000'000; // bytes; 20 kB are usual

/// result.json of an open folder. @throws Refusal 404, 422  @throws Error it is none
results::ResultFile result_of(int folder);

/// What it is doing, by the begin and the end of its progress.jsonl.
collection::RunState state_of(int folder, const RunStamps& stamps, bool converged, double now_s);

using collection::now_s;

} // namespace lapilli::serve
