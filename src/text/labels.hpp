// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// The labels of an image, as people type them: every function throws an Error (exit code 2) whose sentence names the text.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace lapilli::text {

/// "0" or "0,1,7": sorted, each once.
std::vector<std::int32_t> parse_labels(const std::string& text);

/// "LABEL=SIGMA" each, e.g. {"0=1", "85=0.05"}; sigma finite and positive, each label once.
std::map<std::int32_t, double> parse_conductivities(std::span<const std::string> texts);

} // namespace lapilli::text
