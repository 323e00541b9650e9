// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/cli11.hpp"

#include <string>

namespace lapilli::cli {

/// The manual page of the program in roff, made of the options that its verbs have: an option is said once for all verbs
/// that say the same of it.
std::string man_page(const CLI::App& app);

} // namespace lapilli::cli
