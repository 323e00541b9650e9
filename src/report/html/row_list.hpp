// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "property/quantity.hpp"
#include "report/html/rows.hpp"
#include "report/html/run.hpp"
#include "report/places.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lapilli::report::html {

/// "permeability_voxel2_by_mean_flux" without what the column of units says.
inline std::string without_unit(std::string key)
{
    for (const std::string_view unit : {"_voxel2", "_voxels"})
        if (const auto at = key.find(unit); at != std::string::npos) key.erase(at, unit.size());
    return key;
}

/// Collects the rows of a group; those of which the result knows nothing are left out.
class RowList {
public:
    explicit RowList(const Json& result) : result_(result) {}

    void add_whole(Row row, const std::string& place)
    {
        row.whole = find(result_, place);
        if (row.whole != nullptr) rows_.push_back(std::move(row));
    }
    /// @param places_along  where it may stand, of an axis
    template <class PlacesAlong>
    void add(Row row, PlacesAlong&& places_along)
    {
        bool any = false;
        for (const Axis axis : all_axes)
            for (const auto& place : places_along(axis))
                if (const auto* value = find(result_, place); value != nullptr && row.axes[axis] == nullptr) {
                    row.axes[axis] = value;
                    any = true;
                }
        std::ranges::replace(row.key, '/', '.');
        const bool found =
            std::ranges::any_of(row.axes, [](const Json* value) { return value != nullptr && !value->is_null(); });
        if (!found) row.missing = why_missing(row);
        if (found || (any && !row.detail)) rows_.push_back(std::move(row));
    }
    /// The quantities of a kind of result. @param in  object beside the axis, "correction/" for example
    template <class Result, class Chosen>
    void add_quantities(const std::string& property, const std::string& in, bool detail, Chosen&& chosen)
    {
        property::for_each_quantity<Result>([&](const auto& quantity) {
            if (!chosen(quantity)) return;
            add({.name = titled(without_unit(quantity.key)),
                 .key = fmt::format("{}.{}{}", property, in, quantity.key),
                 .unit = quantity.unit,
                 .help = quantity.help,
                 .detail = detail},
                [&](Axis axis) { return places_of(property, in + quantity.key, axis); });
        });
    }

    void finish(std::vector<RowGroup>& groups, const std::string& title)
    {
        if (!rows_.empty()) groups.push_back({title, std::move(rows_)});
    }

private:
    std::string why_missing(const Row& row) const
    {
        if (row.part) return "not measured";
        const bool in_metres = row.unit == "m²" || row.unit == "mD";
        return in_metres && voxel_text(find(result_, "/image") != nullptr ? result_["image"] : Json::object()).empty()
                   ? "the voxel size is not known"
                   : "";
    }

    const Json& result_;
    std::vector<Row> rows_;
};

} // namespace lapilli::report::html
