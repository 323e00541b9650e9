// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// What the comparison of two results goes by.
#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lapilli::collection {

/// The keys that lead to a value: {"result", "diffusivity", "x", "relative"}.
using Keys = std::vector<std::string_view>;
Keys keys_of(std::string_view place);

/// Whether a value says how a result was found: iterations, residuals, error estimates, what corrects a value.
bool says_how(const Keys& keys);

/// The relative error that a result states of a value: in `summary` its parts, of another sample those of sample and
/// segmentation, too; in `result` that of its solver. Of tensors and what follows from them it is the largest of all axes.
/// Absent: none is stated, the value is exact.
std::optional<double> stated_error(const nlohmann::json& result, const Keys& keys, bool another_sample);

/// What differs of the images that two results are of, and of the pores in them: sentences.
std::vector<std::string> image_differences(const nlohmann::json& a, const nlohmann::json& b);
/// "walls is weighted in A and plain in B"
std::string differs(std::string_view what, const nlohmann::json& a, const nlohmann::json& b);

/// What stands there; null where there is nothing.
const nlohmann::json& at(const nlohmann::json& object, std::string_view key);

} // namespace lapilli::collection
