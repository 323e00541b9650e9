// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/axis.hpp"
#include "report/html/markup.hpp"

#include <array>
#include <string>
#include <vector>

namespace lapilli::report::html {

/// A quantity of a result as a table has it.
struct Row {
    std::string name; ///< "Formation factor"
    std::string key;  ///< "diffusivity.formation_factor", by which the table for machines knows it
    std::string unit; ///< "1": a ratio; empty: no number, or a count
    std::string help;
    PerAxis<const Json*> axes{}; ///< null: result.json has none of that axis
    const Json* whole = nullptr; ///< of the image, where it belongs to no axis
    std::string missing = {};    ///< why it has no value along any axis; empty: it has, or the help says it
    bool quote = false;          ///< the number to quote
    bool part = false;           ///< a part of 1, for people in per cent
    bool detail = false;         ///< of interest to who doubts the others
};

struct RowGroup {
    std::string title;
    std::vector<Row> rows; ///< never empty
};

/// The unit in which people read a quantity, and what a value is multiplied by: micrometres, not metres.
struct ShownUnit {
    std::string name;
    double factor;
};
ShownUnit shown_unit(const std::string& unit);

/// All quantities that a result.json has, by the lists that it was made from; they point into it.
std::vector<RowGroup> rows_of(const Json& result);

/// The groups as a tree for machines: [{"title", "rows": [{"key", "name", "unit", "help", "quote", "detail", "shown":
/// {"unit", "factor"}, and "x", "y", "z" or "image"}, ...]}, ...].
Json json_of(const std::vector<RowGroup>& groups);

/// The rows as a table for machines, with all digits: a line for each.
std::string csv_of(const std::vector<RowGroup>& groups);

} // namespace lapilli::report::html
