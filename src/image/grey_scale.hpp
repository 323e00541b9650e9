// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/read.hpp"

#include <string>

namespace lapilli::image {

/// Whether the values look like grey levels, not like labels: there are many, and hardly any two neighbours are alike; or
/// many with an even histogram, neighbours differ often, and a value is far too common to be one grain. The commonest value
/// does not count: it may be the mask around a sample, or the pores between grains that have a label each.
bool looks_grey(const LabelledImage& image);

/// What to say of it, and what to do.
std::string grey_sentence(const LabelledImage& image);

} // namespace lapilli::image
