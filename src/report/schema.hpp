// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <nlohmann/json.hpp>

namespace lapilli::report {

/// The JSON Schema of result.json, made from the same lists of quantities as the results. docs/result.schema.json is a copy.
nlohmann::ordered_json result_schema();

} // namespace lapilli::report
