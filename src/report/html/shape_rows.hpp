// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "report/html/rows.hpp"

#include <vector>

namespace lapilli::report::html {

/// Adds the groups of sizes, drainage, network, representative volume and interfaces, as far as a result has them.
void add_shape_rows(const Json& result, std::vector<RowGroup>& groups);

} // namespace lapilli::report::html
