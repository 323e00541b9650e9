// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/error.hpp"

#include <string>
#include <string_view>

namespace lapilli::text {

/// "cannot <verb> <path>: <errno text>; <advice>". Exit code 2 where only the user can heal it (path, permission), else 1.
Error system_error(std::string_view verb, const std::string& path, int errno_value);

} // namespace lapilli::text
