// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/axis.hpp"

#include <string>
#include <vector>

namespace lapilli::report {

/// Where result.json may have a quantity of an axis: beside the axis; of periodic images beside the solve, or under its own
/// key.
std::vector<std::string> places_of(const std::string& property, const std::string& key, Axis axis);

/// Where its summary has a part of the number to quote.
std::string quote_place(const std::string& property, const std::string& key, Axis axis);

/// Where it has an entry of a tensor.
std::string entry_place(const std::string& property, const std::string& tensor, Axis row, Axis column);

} // namespace lapilli::report
