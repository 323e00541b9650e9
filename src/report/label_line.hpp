// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "study/result.hpp"

#include <string>

namespace lapilli::report {

/// Which labels take part, and which do not, with their parts of the image: "pores         label 0 (19.6 %); solid: 255
/// (80.4 %)". Where nothing was asked of pores, label 0 is what they would be.
std::string label_line(const study::Result& study);

} // namespace lapilli::report
