// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/formats.hpp"

namespace lapilli::format {

/// An array of NumPy's .npz, stored or packed, by its name if there are several images.
/// @throws Error also a ZIP archive of something else
std::unique_ptr<ImageReader> open_npz(Candidate candidate);

} // namespace lapilli::format
