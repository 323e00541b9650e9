// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace lapilli::text {

/// A word, quoted where a shell would not read it back as it is.
std::string quoted_for_shell(std::string word);

} // namespace lapilli::text
