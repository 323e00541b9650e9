// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace lapilli::cli {

/// What --version prints: the program, and what it was built with and runs on, one a line.
std::string version_text();

} // namespace lapilli::cli
