// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <string_view>

namespace lapilli::text {

/// The text with small letters for the capitals of ASCII, whatever the language of the machine.
std::string small_letters(std::string_view text);

} // namespace lapilli::text
