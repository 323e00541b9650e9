// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "report/html/run.hpp"

#include <string>

namespace lapilli::report::html {

/// By which a file is known to be a page of this program.
inline constexpr std::string_view page_mark = "<meta name=\"generator\" content=\"Lapilli";

/// The page of a run: one file that asks nothing of the network, which a browser opens from a disk. Scripts and styles are
/// allowed by their digests alone.
std::string page(const Run& run);

/// The sections of a page that show what a run has measured, for pages of others: HTML without scripts. Figures are drawn by
/// figures.js, which also does what their buttons say.
/// @param run  which has a result
std::string measured(const Run& run);

} // namespace lapilli::report::html
