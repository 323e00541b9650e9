// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "collection/run_files.hpp"
#include "results/result_file.hpp"
#include "serve/beneath.hpp"

#include <cstdint>

namespace lapilli::serve {

constexpr std::int64_t longest_result = 16'000'000; // bytes; 20 kB are usual

/// result.json of an open folder. @throws Refusal 404, 422  @throws Error it is none
results::ResultFile result_of(int folder);
/// The same with its keys in the order of the file, but without the counts of its labels.
nlohmann::ordered_json result_in_order(int folder);

using collection::now_s;
using collection::RunStamps;
using collection::stamps_of;
using collection::state_of;

} // namespace lapilli::serve
