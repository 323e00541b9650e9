// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "results/result_file.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace lapilli::collection {

/// The results of many runs.
using Collection = std::vector<results::ResultFile>;

/// One object: schema, program, and in results for each run its path, status, program.version, and image, summary and result
/// as they are.
nlohmann::json to_json(const Collection& collection);

/// A column before all others: of what no result says, such as what has been varied.
struct LeadColumn {
    std::string name;
    std::vector<std::string> cells; ///< one for each result
};

/// A head and one line for each run; all digits; empty where there is no value. What a run is known by always has its
/// columns, other quantities have those that any run has. Quoted as in RFC 4180, but lines end with a line feed alone.
std::string to_csv(const Collection& collection, const std::vector<LeadColumn>& lead = {});

/// The main numbers for people, a line for each axis of an image: those to quote first, with their parts. Columns that do
/// not fit side by side in so many characters stand below each other, with the image and the axis again.
std::string to_table(const Collection& collection, std::size_t columns);

} // namespace lapilli::collection
