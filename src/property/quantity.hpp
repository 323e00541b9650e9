// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <functional>
#include <tuple>

namespace lapilli::property {

/// Where result.json has a quantity of an axis.
enum class Where {
    value, ///< the property itself: beside the axis, in each of its forms; a periodic image has a tensor in its place
    axis,  ///< beside the axis; not of periodic images
    key,   ///< beside the axis; of periodic images under its own key, the three axes together
    solve, ///< beside the axis; of periodic images beside the solve
};

/// One number, word or verdict of a result. What knows it by name, from the record for a restart to the columns of a table,
/// goes through the list that its result has of them, `quantities()`.
template <class Get>
struct Quantity {
    const char* key;         ///< in result.json
    const char* unit;        ///< "1": a ratio; empty: no number, or a count
    const char* help;        ///< a phrase: what it is
    Get get;                 ///< a member of the result, or a function of it
    const char* column = ""; ///< in tables of many results, before the axis; {}: the name of the property; empty: no column
    const char* head = "";   ///< in the table for people; empty: not there
    Where where = Where::solve;

    template <class Result>
    decltype(auto) of(const Result& result) const
    {
        return std::invoke(get, result);
    }
};
template <class Get, class... More>
Quantity(const char*, const char*, const char*, Get, More...) -> Quantity<Get>;

/// Calls visit(quantity) for each of a kind of result, in the order of result.json.
template <class Result, class Visit>
void for_each_quantity(Visit&& visit)
{
    std::apply([&](const auto&... quantity) { (visit(quantity), ...); }, Result::quantities());
}

/// The property itself, of what was found of it along an axis.
template <class Along>
double value_of(const Along& along)
{
    double value = 0;
    for_each_quantity<Along>([&](const auto& quantity) {
        if constexpr (requires { value = quantity.of(along); })
            if (quantity.where == Where::value) value = quantity.of(along);
    });
    return value;
}

} // namespace lapilli::property
