// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/slices/jpeg_refusal.hpp"

#include "core/error.hpp"

namespace lapilli::format {

std::unique_ptr<ImageReader> refuse_jpeg(file::InputFile file)
{
    throw input_error("{} is JPEG, which changes labels and blurs edges where it packs them; save the original as PNG or "
                      "TIFF with the program that made it",
                      file.path());
}

} // namespace lapilli::format
