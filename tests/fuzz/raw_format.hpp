// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/image_reader.hpp"
#include "input.hpp"
#include "memory_file.hpp"

#include <array>

namespace lapilli::fuzz {

/// What a user may say of a headerless file, five bytes, and one more where a header is among it.
inline format::RawFormat raw_format(Input& input)
{
    using enum format::VoxelType;
    constexpr std::array types{u8, i8, u16, i16, u32, i32, u64, i64, f32, f64};
    format::RawFormat raw{.shape = Shape{input.extent(), input.extent(), input.extent()}};
    if (const int type = input.choose(11); type < 10) raw.type = types[static_cast<std::size_t>(type)];
    const int rest = input.choose(32);
    raw.big_endian = rest % 2 == 1;
    if (rest == 31) raw.shape.reset();
    if (rest >= 28 && rest < 31) raw.header = rest == 28 ? format::RawFormat::all_that_is_more : input.extent();
    return raw;
}

} // namespace lapilli::fuzz
