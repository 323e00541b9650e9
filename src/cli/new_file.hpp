// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/option.hpp"

#include <string>

namespace lapilli::cli {

/// --force, of verbs that write a file which the user names.
void add_force_option(const Group& output, bool& force);

/// Before any work: refuses a name that something has already, also a link that leads nowhere, unless that may be written
/// over. One rank. @throws Error exit code 2
void require_new_name(const std::string& name, bool force);
/// The same of a file, which takes the place of no folder. @throws Error exit code 2
void require_new_file(const std::string& file, bool force);

} // namespace lapilli::cli
