// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solve/memory.hpp"
#include "study/options.hpp"
#include "study/result.hpp"

namespace lapilli::study {

/// Everything that the solves of a run depend on, by the names of the flags.
Record identity_of(const Result& result, const Options& options);

/// What of it each property depends on that the study is to find, with the accuracy that was meant where none is given.
Record settings_of(const Record& identity, const Options& options);

} // namespace lapilli::study
