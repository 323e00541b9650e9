// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"
#include "results/result_file.hpp"

#include <string>
#include <vector>

namespace lapilli::collection {

/// A quantity that results may have.
struct Column {
    std::string name; ///< quantity, unit, axis: "permeability_md_x"
    std::vector<results::Place> places;
    bool always = false; ///< also where no result has it
};

/// Every quantity that a table has, in its order.
std::vector<Column> result_columns();

/// Where a property has a quantity of an axis, whatever the boundary condition: beside the axis, beside its solve, or sorted
/// by the quantity. `key` may name an object in between: "correction/ratio".
std::vector<results::Place> places_of(const std::string& property, const std::string& key, Axis axis);

/// Where the summary of a property has a quantity of an axis; `parts/solver` is one.
results::Place quote_of(const std::string& property, const std::string& key, Axis axis);

/// An entry of the tensor that a periodic image has, e.g. "tensor_md"; symmetric.
results::Place entry_of(const std::string& property, const std::string& tensor, Axis row, Axis column);

} // namespace lapilli::collection
