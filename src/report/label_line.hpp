// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "study/result.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace lapilli::report {

/// The labels of the pore space; where nothing was asked of pores, label 0.
std::vector<std::int32_t> pores_of(const study::Result& study);

/// Which labels take part, and which do not, with their parts of the image: "pores         label 0 (19.6 %); solid: 255
/// (80.4 %)".
std::string label_line(const study::Result& study);

} // namespace lapilli::report
