// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace lapilli::top {

/// Whether the surroundings (LC_ALL, LC_CTYPE, LANG) say that a terminal shows UTF-8.
bool shows_utf8();

/// A text that does nothing to a terminal but being read: what others have named may hold anything. Control letters and
/// bytes that are no UTF-8 are shown as '?'; where UTF-8 is not shown, so are all letters that are not ASCII, but for those
/// of units, which are spelled.
std::string readable(std::string_view text, bool utf8);

/// At most so many letters; the last one shows that some are missing.
std::string cut(const std::string& text, std::size_t letters, bool utf8);

} // namespace lapilli::top
