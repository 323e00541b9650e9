// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "study/options.hpp"
#include "study/result.hpp"

#include <optional>

namespace lapilli::study {

/// The pores as wider and narrower ones, by another threshold each.
struct ShiftedPores {
    image::BrickSet wider, narrower; ///< of the planes this rank read
};

/// Finds the image of a study and its labels: those of the file, or, to be segmented, made of its grey values. Collective.
/// @param phases  of the labels that take part
/// @return where the sensitivity to segmentation was asked for, and the image is segmented
/// @throws Error on every rank: not readable, or too little memory for what is to be solved
std::optional<ShiftedPores> find_labels(const parallel::Communicator& comm, const Options& options,
                                        const image::Phases& phases, parallel::Stopwatch& watch, Result& result);

/// Where the image is, and what is known of its values.
image::ImageSource source_of(const Options& options);

} // namespace lapilli::study
