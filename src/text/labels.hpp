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

/// At most so many labels are named at once: what is read of a run lists them.
inline constexpr std::int32_t most_labels = 4096;

/// "0", "0,1,7", or with ranges, the last excluded, "0:90,255": sorted, each once.
std::vector<std::int32_t> parse_labels(const std::string& text);
/// "90": all labels from 0 on that are below it.
std::vector<std::int32_t> parse_threshold(const std::string& text);

/// "LABEL=SIGMA" each, e.g. {"0=1", "85=0.05"}; sigma finite and positive, each label once.
std::map<std::int32_t, double> parse_conductivities(std::span<const std::string> texts);

/// "0=1,255=0": labels and what becomes of them, each label once.
std::map<std::int64_t, std::int64_t> parse_relabelling(const std::string& text);

} // namespace lapilli::text
