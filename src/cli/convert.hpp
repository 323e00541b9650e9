// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/verb.hpp"

namespace lapilli::cli {

/// `lapilli convert IMAGE OUT`: writes an image in another format, cut, relabelled, downsampled or turned on the way.
void add_convert(CLI::App& app, Verb& chosen);

} // namespace lapilli::cli
