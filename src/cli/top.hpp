// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/verb.hpp"

namespace lapilli::cli {

/// The verb `top`.
void add_top(CLI::App& app, SerialVerb& chosen);

} // namespace lapilli::cli
