// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/labelled_image.hpp"
#include "scan/grey_image.hpp"
#include "scan/label_bricks.hpp"

namespace lapilli::scan {

/// The labels of a grey image as those of a file that had them. Collective.
/// @param outside  label of what is no part of the sample
image::LabelledImage labelled_image(const parallel::Communicator& comm, const GreyImage& grey, const LabelSlab& labels,
                                    const image::Phases& phases, std::optional<std::int32_t> outside);

} // namespace lapilli::scan
