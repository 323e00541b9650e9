// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/pore_space.hpp"
#include "image/read.hpp"

#include <memory>

namespace lapilli::bench {

/// The pores that take part in transport along one axis, and how long it took to know them [s].
struct ConnectedImage {
    double read_s = 0;
    double percolation_s = 0; ///< to the owners, components, trim to the percolating ones
    std::unique_ptr<image::PoreSpace> pores;
};

/// As `lapilli` does it. Collective. @throws Error as read_image, and when the image does not percolate along the axis
ConnectedImage read_connected(const parallel::Communicator& comm, const image::ImageSource& source,
                              const image::Phases& phases, Axis axis);

} // namespace lapilli::bench
