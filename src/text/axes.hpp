// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/axis.hpp"

#include <string>
#include <utility>
#include <vector>

namespace lapilli::text {

/// "x", "y", "z", "all" or a list like "x,z", in letters of any size: in the order x, y, z, each once. @throws Error with
/// exit code 2, whose sentence names the text
std::vector<Axis> parse_axes(const std::string& text);

/// "xzy", slowest first as shapes are: which axis each axis, z, y and x, is to be of now. @throws Error as above
PerAxis<Axis> parse_axis_order(const std::string& text);

/// "z" or "z:2": about which axis to turn, and how often by 90 degrees, 1, 2 or 3. @throws Error as above
std::pair<Axis, int> parse_quarter_turns(const std::string& text);

} // namespace lapilli::text
