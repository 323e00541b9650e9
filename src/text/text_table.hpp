// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lapilli::text {

/// Columns of a terminal that nobody has measured.
inline constexpr std::size_t usual_columns = 80;

/// In characters of UTF-8.
std::size_t width(std::string_view text);

/// A head and the cells below it.
struct TextColumn {
    std::vector<std::string> cells;
    bool to_the_right = true;
};

/// The columns side by side, two blanks apart, each as wide as its widest cell; a line for each row, without blanks at its
/// end. All columns have the same number of cells.
std::string text_table(std::span<const TextColumn> columns);

/// Its lines, broken at blanks where they are wider than `columns`; what goes on is indented. Words are never broken.
std::string wrapped(std::string_view text, std::size_t columns, std::size_t indent = 2);

} // namespace lapilli::text
