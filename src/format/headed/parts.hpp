// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/headed/voxel_block.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lapilli::format {

/// One array of a file that may hold several.
struct Part {
    std::string name;
    std::optional<VoxelBlock> block = std::nullopt; ///< nothing: it is no image
    std::string reason = {};                        ///< why not: "has 2 components", "is of text"
};

/// The part of that name, or without a name the only one that is an image, of three axes if others have two.
/// @throws Error there is none, or several without a name, which are listed
const Part& choose(const std::string& path, const std::string& name, const std::vector<Part>& parts);

} // namespace lapilli::format
