// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

namespace lapilli::text {

/// The one of `known` that `word` was probably meant to be, by edit distance; empty if none is near.
std::string nearest(const std::string& word, const std::vector<std::string>& known);

} // namespace lapilli::text
