// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/cli11.hpp"
#include "study/options.hpp"

namespace lapilli::cli {

/// CASE, IMAGE, --shape, --type, --endian, --header, --voxel, --crop and, if `with_pores`, --pore, --outside and those of a
/// segmentation. The options must outlive the parsing.
void add_image_options(CLI::App& command, study::ImageOptions& options, bool with_pores);

} // namespace lapilli::cli
