// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "collection/run_files.hpp"
#include "results/result_file.hpp"
#include "serve/beneath.hpp"

#include <array>
#include <cstdint>

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

constexpr std::int64_t longest_result = 16'000'000; // bytes; 20 kB are usual

/// result.json of an open folder. @throws Refusal 404, 422  @throws Error it is none
results::ResultFile result_of(int folder);

using collection::now_s;
using collection::RunStamps;
using collection::stamps_of;
using collection::state_of;

} // namespace lapilli::serve
