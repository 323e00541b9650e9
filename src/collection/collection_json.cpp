// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "collection/collection.hpp"

#include "version.hpp"

#include <nlohmann/json.hpp>

namespace lapilli::collection {

nlohmann::json to_json(const Collection& collection)
{
    auto results = nlohmann::json::array();
    for (const auto& result : collection) {
        const auto& program = result.json.at("program");
        results.push_back({{"path", result.path},
                           {"status", result.json.at("status")},
                           {"program", {{"version", program.value("version", nlohmann::json())}}},
                           {"image", result.json.at("image")},
                           {"summary", result.json.value("summary", nlohmann::json())},
                           {"result", result.json.at("result")}});
    }
    return {{"schema", 1}, {"program", {{"name", "lapilli"}, {"version", version}}}, {"results", std::move(results)}};
}

} // namespace lapilli::collection
