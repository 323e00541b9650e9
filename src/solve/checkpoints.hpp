// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>

namespace lapilli {

/// What the checkpoints of a run cost, and where it came from.
struct Checkpoints {
    int count = 0;
    std::int64_t bytes = 0;
    double seconds = 0;
    nlohmann::ordered_json resumed; ///< checkpoint, property, axis, iteration; null: from no checkpoint
    int journal_steps = 0;          ///< solves of earlier runs that were not done again
};

} // namespace lapilli
