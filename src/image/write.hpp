// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/image_writer.hpp"
#include "parallel/communicator.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace lapilli::image {

/// An image file open on rank 0, null on the others. Opened before the voxels are made, so that a wrong path or ending is
/// known before the work. Collective. @throws Error on every rank, when the file cannot be made
std::unique_ptr<format::ImageWriter> open_for_writing(const parallel::Communicator& comm, const std::string& path,
                                                      const format::NewImage& image);

/// Writes the slabs of all ranks through rank 0, in pieces of at most 64 MiB (or one plane); the file is then to be
/// finished. Collective.
/// @param mine  voxels of slab_of this rank
/// @throws Error on every rank, when writing failed
void write_image(const parallel::Communicator& comm, const format::NewImage& image, std::span<const std::byte> mine,
                 format::ImageWriter* writer);

} // namespace lapilli::image
