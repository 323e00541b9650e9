// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

namespace lapilli::format {

/// Names of the files of a folder, without the folder, in no order; those that begin with a point are passed over.
/// @throws Error the folder cannot be read
std::vector<std::string> visible_files(const std::string& folder);

/// The end of a name behind its last point, with it, in small letters; empty: there is none.
std::string ending(const std::string& name);

} // namespace lapilli::format
