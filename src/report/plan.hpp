// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "study/plan.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace lapilli::report {

nlohmann::ordered_json to_json(const study::Plan& plan);

/// The same for people.
std::string to_table(const study::Plan& plan);

} // namespace lapilli::report
