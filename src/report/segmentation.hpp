// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "scan/segment.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <span>
#include <string>

namespace lapilli::report {

/// How an image was segmented, for result.json and for the record beside an image.
nlohmann::ordered_json segmentation_json(const scan::Segmentation& segmentation);

/// The same for people: the classes, how they stand out from the noise, and the histogram with the thresholds.
/// @param pores  labels of the pore space
std::string segmentation_table(const scan::Segmentation& segmentation, std::span<const std::int32_t> pores);

} // namespace lapilli::report
