// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/voxel_type.hpp"
#include "text/small_letters.hpp"

#include <array>
#include <optional>
#include <string_view>

namespace lapilli::format {

/// What a format calls the types of voxels.
struct TypeWords {
    std::array<std::string_view, all_voxel_types.size()> words; ///< in the order of all_voxel_types

    constexpr std::string_view of(VoxelType type) const { return words[static_cast<int>(type)]; }
    /// In letters of any size; nothing for another word.
    std::optional<VoxelType> type(std::string_view word) const
    {
        for (const auto known : all_voxel_types)
            if (text::small_letters(of(known)) == text::small_letters(word)) return known;
        return std::nullopt;
    }
};

} // namespace lapilli::format
