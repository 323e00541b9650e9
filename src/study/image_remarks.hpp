// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/read.hpp"

#include <string>
#include <vector>

namespace lapilli::study {

/// Sentences about an image that was read, on rank 0: it looks like grey values, its axes stand in another order, a label
/// that was asked for is not there. Collective.
/// @param phases   that were asked for; empty: the image is only looked at
/// @param solving  then an image of grey values is refused, unless its labels are meant
/// @throws Error on every rank
std::vector<std::string> remarks_on(const parallel::Communicator& comm, const image::LabelledImage& image,
                                    const image::ImageSource& source, const image::Phases& phases, bool solving);

} // namespace lapilli::study
