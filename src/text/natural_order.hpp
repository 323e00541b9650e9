// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string_view>

namespace lapilli::text {

/// Whether a path comes first where numbers count as such: "run2" before "run10". A folder's own files stand together.
bool natural_less(std::string_view a, std::string_view b);

} // namespace lapilli::text
