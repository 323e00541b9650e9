// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/communicator.hpp"
#include "study/observer.hpp"
#include "study/options.hpp"
#include "study/result.hpp"

namespace lapilli::study {

/// Reads an image and measures its properties: read, label, partition, trim, number, solve, measure. Prints nothing, and
/// writes nothing but fields where the observer has a folder for them. The same bits on any number of ranks. Collective.
/// @throws Error the same on every rank: an image that cannot be read, options that do not fit it, too little memory, or
///               what the observer throws
Result run(const parallel::Communicator& comm, const Options& options, Observer& observer);

} // namespace lapilli::study
