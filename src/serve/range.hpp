// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "serve/answer.hpp"

#include <string>

namespace lapilli::serve {

/// Cuts the answer, which has a file, to the one range that is asked for: "bytes=0-99", "bytes=100-", "bytes=-5". What is no
/// range of bytes is passed over, as RFC 9110 says. @throws Refusal 416 several ranges, or one beyond the end
void cut_to_range(Answer& answer, const std::string& range);

} // namespace lapilli::serve
