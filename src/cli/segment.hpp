// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/verb.hpp"

namespace lapilli::cli {

/// `lapilli segment IMAGE -o FILE`: labels of a grey image, and beside them `FILE.json` with how they were made.
void add_segment(CLI::App& app, Verb& chosen);

} // namespace lapilli::cli
