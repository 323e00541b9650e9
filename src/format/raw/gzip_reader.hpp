// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "file/input_file.hpp"
#include "format/image_reader.hpp"
#include "format/raw/raw_sidecar.hpp"

#include <memory>

namespace lapilli::format {

/// gzip of headerless raw, one member or several. Streamed: planes are read once, in order. That the data ends where the
/// shape does, and every checksum, is known (and checked) only when the last plane is read.
/// @throws Error --shape or --type missing, or a shape that so small a file cannot hold
std::unique_ptr<ImageReader> open_gzip(file::InputFile file, const KnownRaw& known);

} // namespace lapilli::format
