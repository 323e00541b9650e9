// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace lapilli::cli {

/// The whole program: options, launch, MPI session, verb, one catch. Returns the exit code.
int run(int argc, char** argv);

} // namespace lapilli::cli
