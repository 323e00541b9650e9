// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

namespace lapilli::serve {

/// The folders in an open folder that really lie there and are not hidden, at most so many, in the order of their names.
std::vector<std::string> folder_names(int folder, std::size_t most);

} // namespace lapilli::serve
