// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/verb.hpp"

namespace lapilli::cli {

/// `lapilli sweep VERB`: a verb that measures, on many images and with options that vary.
/// @param listed  gets what --list does instead
void add_sweep(CLI::App& app, Verb& chosen, SerialVerb& listed);

} // namespace lapilli::cli
