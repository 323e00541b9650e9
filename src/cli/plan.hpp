// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/verb.hpp"

namespace lapilli::cli {

/// `lapilli plan IMAGE`: what an image would take on a cluster, and which machines are the cheapest for it.
void add_plan(CLI::App& app, Verb& chosen);

} // namespace lapilli::cli
