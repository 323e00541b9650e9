// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "report/summary.hpp"
#include "text/text_table.hpp"

#include <functional>
#include <string>
#include <vector>

namespace lapilli::report {

/// A number in so many digits; "-" where there is none.
std::string number(const std::optional<double>& value, int digits = 6);

/// A part of a number: "2 %", "0.05 %"; "-" where it was not measured.
std::string percent(const std::optional<double>& part);

/// "corrected for the grid by 3 of 8 blocks of 96³ voxels (x +9, y +8 %)"; of a summary in which something was corrected.
std::string correction_text(const Summary& summary, const property::Resolution& grid);

/// Writes a value in one of its forms.
struct Form {
    std::string head;
    std::function<std::string(double)> show;
};

/// A line for each axis: its value in these forms, then the parts that are known of any of them.
std::string quote_table(const Summary& summary, const std::vector<Form>& forms);

/// Blocks that do not percolate, and why a value was not corrected: a line each, the name of the quantity first.
std::string correction_notes(const Summary& summary, const property::Resolution& grid, const std::string& quantity);

} // namespace lapilli::report
