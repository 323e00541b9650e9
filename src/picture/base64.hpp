// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <string_view>

namespace lapilli::picture {

/// Bytes as letters, with padding, as data: addresses and content security policies have them.
std::string base64(std::string_view bytes);

/// Whether a text could be that of some bytes: nothing else may go into an attribute of a page.
bool is_base64(std::string_view text);

} // namespace lapilli::picture
