// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/axis.hpp"

#include <string>
#include <vector>

namespace lapilli::text {

/// "x", "y", "z", "all" or a list like "x,z", in letters of any size: in the order x, y, z, each once. @throws Error with
/// exit code 2, whose sentence names the text
std::vector<Axis> parse_axes(const std::string& text);

} // namespace lapilli::text
