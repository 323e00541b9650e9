// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "property/quantity.hpp"
#include "solve/memory.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <type_traits>

namespace lapilli::property {

/// As JSON: null where there is no value, or no word.
template <class T>
Record value_or_null(const T& value)
{
    return value;
}
template <class T>
Record value_or_null(const std::optional<T>& value)
{
    return value ? Record(*value) : Record(nullptr);
}
inline Record value_or_null(const std::string& word) { return word.empty() ? Record(nullptr) : Record(word); }

/// What a memory keeps of a result: its quantities by their keys.
template <class Result>
Record record_of(const Result& result)
{
    Record record = Record::object();
    for_each_quantity<Result>([&](const auto& quantity) { record[quantity.key] = value_or_null(quantity.of(result)); });
    return record;
}

/// The result of a record. @throws nlohmann::json::exception  it is no record of one
template <class Result>
Result result_from(const Record& record)
{
    Result result;
    for_each_quantity<Result>([&]<class T>(const Quantity<T Result::*>& quantity) {
        const auto& value = record.at(quantity.key);
        if (value.is_null()) return;
        if constexpr (requires(T member) { member.emplace(); })
            value.get_to((result.*quantity.get).emplace());
        else
            value.get_to(result.*quantity.get);
    });
    return result;
}

} // namespace lapilli::property
