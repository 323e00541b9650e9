// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <optional>
#include <string>

namespace lapilli::text {

/// Now, as "2026-01-31T23:59:59Z".
std::string utc_now();

/// Such a text, also with parts of a second, as seconds since 1970; nothing where it is no such time.
std::optional<double> utc_seconds(const std::string& text);

} // namespace lapilli::text
