// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "file/input_file.hpp"
#include "format/image_reader.hpp"

#include <memory>

namespace lapilli::format {

/// JPEG changes numbers where it packs them: what were labels are none any more. @throws Error always, for that reason
[[noreturn]] std::unique_ptr<ImageReader> refuse_jpeg(file::InputFile file);

} // namespace lapilli::format
