// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/resources.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace lapilli::report {

/// What a run would take, known before it solves.
struct Plan {
    struct Rank {
        std::int64_t bricks = 0;
        std::int64_t pores = 0;
        std::int64_t bytes = 0; ///< peak of its memory
    };
    std::vector<Rank> ranks;
    std::vector<parallel::HostMemory> hosts;
    double seconds = 0;
};

nlohmann::ordered_json to_json(const Plan& plan);

/// The same for people.
std::string to_table(const Plan& plan);

} // namespace lapilli::report
