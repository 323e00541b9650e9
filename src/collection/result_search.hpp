// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

namespace lapilli::collection {

/// ResultFile files, each once, and what is to be said of the search: folders that could not be read.
struct Found {
    std::vector<std::string> files;
    std::vector<std::string> remarks;
};

/// The result files that are meant by these names, each a file, a folder with a result.json, or a folder with such folders
/// up to eight levels below it. In the order of the names, and within each in natural order; links are followed, and what
/// several ways lead to is found once.
/// @throws Error a name that does not exist, or under which there is no result.json
Found find_results(const std::vector<std::string>& names);

/// Of the folder and those up to eight levels below it all that a run has written into, likewise; none is fine.
Found find_runs(const std::string& folder);

} // namespace lapilli::collection
