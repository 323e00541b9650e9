// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "file/input_file.hpp"

#include <string_view>

namespace lapilli::format {

/// The name of a format with a header of its own that is not read, by the file's first bytes ("NRRD", "NumPy (.npy)", ...);
/// empty for other files. Such a file is never taken for headerless raw without being told so.
std::string_view foreign_format(const file::InputFile& file);

} // namespace lapilli::format
