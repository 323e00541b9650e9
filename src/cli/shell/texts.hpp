// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/verb.hpp"

namespace lapilli::cli {

/// The verbs `completions` and `man`, which print what shells and man read of all verbs; to be added last.
void add_texts(CLI::App& app, SerialVerb& chosen);

} // namespace lapilli::cli
