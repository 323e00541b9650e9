// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "study/observer.hpp"
#include "study/options.hpp"
#include "study/result.hpp"

namespace lapilli::study {

/// An image as it is: its labels or, where it has none, its values; and of grey values the threshold that parts them best.
/// Collective. @throws Error on every rank: it cannot be read
Result look(const parallel::Communicator& comm, const Options& options, Observer& observer);

} // namespace lapilli::study
