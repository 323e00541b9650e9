// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/formats.hpp"

namespace lapilli::format {

/// A scan of Scanco's (.isq): 16 bits with sign behind a header of blocks of 512 bytes, which says the sides of the scan in
/// µm. Axes are x, y, z. @throws Error what is not such a file, or is cut off
std::unique_ptr<ImageReader> open_isq(Candidate candidate);

} // namespace lapilli::format
