// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/image_reader.hpp"

#include <functional>
#include <memory>

namespace lapilli::format {

/// An image whose x and z are exchanged: what is stored as (nx, ny, nz), z fastest, is read as (nz, ny, nx), x fastest. Many
/// planes at once are taken out of one pass over the file, which is opened anew for each pass; so it is streamed, and one
/// process reads for all.
std::unique_ptr<ImageReader> turn_around(std::function<std::unique_ptr<ImageReader>()> open);

} // namespace lapilli::format
