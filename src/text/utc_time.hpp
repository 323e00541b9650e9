// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace lapilli::text {

/// Now, as "2026-01-31T23:59:59Z".
std::string utc_now();

} // namespace lapilli::text
