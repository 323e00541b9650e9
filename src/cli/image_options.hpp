// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/cli11.hpp"
#include "format/voxel_type.hpp"
#include "study/options.hpp"

#include <string>

namespace lapilli::cli {

/// A type of voxels by its name, as on the command line or numpy's. @throws Error with exit code 2
format::VoxelType parse_type(const std::string& text);
/// What a shell is offered for one.
std::string type_offer();

/// CASE, IMAGE, --shape, --type, --endian, --header, --voxel, --crop and, if `with_pores`, --pore, --outside and those of a
/// segmentation. The options must outlive the parsing.
void add_image_options(CLI::App& command, study::ImageOptions& options, bool with_pores);

} // namespace lapilli::cli
