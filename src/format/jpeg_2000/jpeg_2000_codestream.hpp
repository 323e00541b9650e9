// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "file/input_file.hpp"

namespace lapilli::format {

/// By the segments of its codestream, before a library takes memory for it.
/// @throws Error no JPEG 2000; several numbers a pixel; packed with loss, if only one tile; more pixels or tiles than such a
/// file can hold; a tile, or a part of one, that is not there, which OpenJPEG takes for zeros without a word
void require_whole_jpeg_2000(const file::InputFile& file);

} // namespace lapilli::format
