// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace lapilli::launch {

/// The first line of what MPI or mpirun says that has something to say, without its frames and the numbers of processes,
/// for a sentence of this program; empty if there is none. A line by which this program has refused goes before all others.
std::string first_words(const std::string& said);

} // namespace lapilli::launch
