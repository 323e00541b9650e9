// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "study/result.hpp"

namespace lapilli::report {

/// What of that object is known before anything is solved: whose results these will be.
nlohmann::ordered_json announced_json(const study::Result& result);

/// The object of result.json: keys and order as in docs/files.md. Numbers in shortest round-trip form, absent ones null.
nlohmann::ordered_json to_json(const study::Result& result);

/// The same for people, in lines of so many columns where that can be.
std::string to_table(const study::Result& result, std::size_t columns);

} // namespace lapilli::report
