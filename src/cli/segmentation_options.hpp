// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/cli11.hpp"
#include "scan/recipe.hpp"

#include <functional>
#include <string>

namespace lapilli::cli {

inline constexpr const char* segmentation_heading = "Segmentation";

/// Is told the name of an option that is used.
using UsedOption = std::function<void(const char*)>;

/// How labels are made of grey values, all but the threshold.
void add_recipe_options(CLI::App& command, scan::Recipe& recipe, const UsedOption& used = {});

/// --threshold. @param before  the rules in the help
void add_threshold_option(CLI::App& command, const std::string& before, const std::function<void(const std::string&)>& take);

} // namespace lapilli::cli
