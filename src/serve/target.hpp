// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace lapilli::serve {

/// The target of a request, taken apart and decoded: "/api/v1/runs/a?limit=5".
struct Target {
    std::vector<std::string> parts;           ///< "api", "v1", "runs", "a"; none of them is empty, "." or ".."
    std::map<std::string, std::string> query; ///< "limit": "5"
};

/// Decodes %XX once. What is left is UTF-8 without control characters, slashes or backslashes in a part, or it is refused:
/// no file that is served has such a name.
/// @throws Refusal 400 or 414
Target read_target(std::string_view target);

} // namespace lapilli::serve
