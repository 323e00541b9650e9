// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "collection/run_folder.hpp"
#include "top/row.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace lapilli::top {

/// What there is to draw on.
struct Paper {
    std::size_t columns = 80;
    std::size_t rows = 0; ///< 0: as many as are needed
    bool colours = false;
    bool utf8 = true;
};

/// What is shown of the runs, and how.
struct View {
    std::string folder;
    Order order = Order::urgency;
    std::optional<std::size_t> chosen{}; ///< a run that is marked, and always in sight; none where no key is asked for
    double now_s = 0;
};

/// The table of all runs, a string for each line: what it is of, the head, the runs, and the keys where one is chosen.
/// Columns that find no room are left out, the ranks first, then memory, error and so on; the run and its state always stay.
std::vector<std::string> frame(const std::vector<collection::Run>& runs, const View& view, const Paper& paper);

/// One run alone: what it is of, what it has planned, and its last words.
std::vector<std::string> page_of(const collection::Run& run, const View& view, const Paper& paper);

} // namespace lapilli::top
