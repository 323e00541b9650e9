// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "connected_image.hpp"

#include "image/connectivity.hpp"
#include "timer.hpp"

namespace lapilli::bench {

ConnectedImage read_connected(const parallel::Communicator& comm, const image::ImageSource& source,
                              const image::Phases& phases, Axis axis)
{
    ConnectedImage result;
    Timer timer(comm);
    auto image = image::read_image(comm, source, phases);
    result.read_s = timer.lap();
    const image::PoreSpace all(comm, image.shape, std::move(image.bricks));
    const auto connectivity = image::connect(all);
    if (!connectivity.percolates(axis))
        throw input_error("no pores of {} connect the faces of axis {}; expected an image to solve on; choose another",
                          source.path, name(axis));
    result.pores = std::make_unique<image::PoreSpace>(comm, all.shape(), image::trim(all, connectivity, axis));
    result.percolation_s = timer.lap();
    return result;
}

} // namespace lapilli::bench
