// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "top/frame.hpp"

namespace lapilli::top {

/// "lapilli top /data      3 running, 1 failed, 14 done   14:21:07"; what finds no room is left out, the counts last.
std::string heading(const std::vector<collection::Run>& runs, const View& view, const Paper& paper);

/// "14:21:07", where this machine is.
std::string clock_text(double now_s);

} // namespace lapilli::top
