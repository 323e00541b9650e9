// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/paint.hpp"

#include "core/error.hpp"

#include <algorithm>

namespace lapilli::format {

void keep_grey(const PaintedVoxel& voxel, std::span<std::byte> bytes, const VoxelRun& run)
{
    const auto [numbers, size] = voxel;
    for (std::size_t i = 0; i < bytes.size() / (size * numbers); ++i) {
        const auto colours = bytes.subspan(i * size * numbers, size * numbers);
        const auto first = colours.first(size);
        for (std::size_t s = 1; numbers > 2 && s < 3; ++s)
            if (!std::ranges::equal(first, colours.subspan(s * size, size)))
                throw input_error("{} has colours that are no grey at voxel {}; convert it to labels, in Fiji with Image > "
                                  "Type > 8-bit",
                                  run.path, voxel_text(run, i));
        std::ranges::copy(first, bytes.begin() + i * size);
    }
}

std::string palette_remark(const std::string& path)
{
    return fmt::format("{} has a palette of colours; labels are the numbers that are stored, not what they are painted with",
                       path);
}

std::string opacity_remark(const std::string& path)
{
    return fmt::format("{} has an opacity beside each number, which is passed over", path);
}

} // namespace lapilli::format
