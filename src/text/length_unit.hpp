// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <optional>
#include <string_view>

namespace lapilli::text {

/// [m] of a unit of length as programs write it into files: "um", "µm" in any coding, "Micron", "micrometers", "inch", ...
/// Nothing for other words.
std::optional<double> metres_of(std::string_view unit);

/// Whether the word says that lengths are counted in pixels, so that nothing is said of metres.
bool is_no_length(std::string_view unit);

} // namespace lapilli::text
