// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/verb.hpp"

namespace lapilli::cli {

/// `lapilli generate KIND`: writes an image whose geometry is known, and beside it `FILE.json` with how it was made.
void add_generate(CLI::App& app, Verb& chosen);

} // namespace lapilli::cli
