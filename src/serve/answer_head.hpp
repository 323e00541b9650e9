// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "serve/answer.hpp"

#include <string>

namespace lapilli::serve {

/// The status line and heads of an answer, with those that each answer has, up to the empty line.
std::string head_text(const Answer& answer, bool keep_alive);

} // namespace lapilli::serve
