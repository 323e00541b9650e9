// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <nlohmann/json.hpp>

#include <span>
#include <string>
#include <string_view>

namespace lapilli::results {

/// What one run has written.
struct ResultFile {
    std::string path;    ///< of its result.json, as it was named or found
    nlohmann::json json; ///< sorted: an ordered object of n keys takes n² steps to read
    bool converged = true;
};

/// Reads a result.json, whoever has written it.
/// @throws Error naming the file: no result of this program, damaged, too large, of a newer schema, not finished
ResultFile read_result(const std::string& path);
/// The same of a text that has been read already; the path is for errors.
ResultFile parse_result(const std::string& path, std::string_view text);

/// The same object with its keys in the order of the file, but without the counts of its labels, which may be a million.
/// @throws Error as read_result
nlohmann::ordered_json read_in_order(const std::string& path);
nlohmann::ordered_json parse_in_order(const std::string& path, std::string_view text);

/// Where a value stands in a result.json, e.g. "/result/porosity/total".
using Place = nlohmann::json::json_pointer;

/// What stands at the first of these places that the result has; nullptr where it has none of them.
const nlohmann::json* find(const ResultFile& result, std::span<const Place> places);

} // namespace lapilli::results
