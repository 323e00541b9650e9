// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "collection/collection.hpp"
#include "collection/result_columns.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace lapilli::collection {

namespace {

/// A value as it is typed on the command line: lists with commas, lists in them with colons, objects as key=value.
std::string typed(const nlohmann::json& value, char separator = ',')
{
    if (value.is_null()) return "";
    if (value.is_string()) return value.get<std::string>();
    if (!value.is_structured()) return value.dump();
    std::string list;
    for (const auto& [key, element] : value.items()) {
        if (!list.empty()) list += separator;
        list += (value.is_object() ? key + "=" : "") + typed(element, ':');
    }
    return list;
}

std::string quoted(std::string text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    for (std::size_t at = 0; (at = text.find('"', at)) != std::string::npos; at += 2) text.insert(at, 1, '"');
    return '"' + text + '"';
}

std::vector<Column> columns_of(const Collection& collection)
{
    auto columns = result_columns();
    std::erase_if(columns, [&](const Column& column) {
        const auto has = [&](const results::ResultFile& result) { return find(result, column.places) != nullptr; };
        return !column.always && std::none_of(collection.begin(), collection.end(), has);
    });
    return columns;
}

} // namespace

std::string to_csv(const Collection& collection, const std::vector<LeadColumn>& lead)
{
    const auto columns = columns_of(collection);
    std::string csv;
    for (const auto& column : lead) csv += quoted(column.name) + ',';
    csv += "result_path,converged";
    for (const auto& column : columns) csv += ',' + column.name;
    csv += '\n';
    for (std::size_t row = 0; row < collection.size(); ++row) {
        const auto& result = collection[row];
        for (const auto& column : lead) csv += quoted(column.cells[row]) + ',';
        csv += quoted(result.path) + (result.converged ? ",true" : ",false");
        for (const auto& column : columns) {
            const auto* value = find(result, column.places);
            csv += ',' + (value != nullptr ? quoted(typed(*value)) : "");
        }
        csv += '\n';
    }
    return csv;
}

} // namespace lapilli::collection
