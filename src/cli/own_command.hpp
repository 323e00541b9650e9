// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace lapilli::cli {

/// This process's own command line, quoted so that a shell reads it back; the program without the folder that it lies in,
/// which may be somebody's home.
std::string own_command();

} // namespace lapilli::cli
