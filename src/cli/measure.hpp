// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/verb.hpp"

namespace lapilli::cli {

/// The verbs that measure an image.
void add_measurements(CLI::App& app, Verb& chosen);

} // namespace lapilli::cli
