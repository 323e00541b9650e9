// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/image_writer.hpp"
#include "image/generate.hpp"
#include "parallel/communicator.hpp"

#include <memory>
#include <optional>
#include <string>

namespace lapilli::image {

/// An image file open on rank 0, null on the others. Opened before the labels are made, so that a wrong path or ending is
/// known before the work. Collective. @throws Error on every rank, when the file cannot be made
std::unique_ptr<format::ImageWriter> open_for_writing(const parallel::Communicator& comm, const Shape& shape,
                                                      const std::string& path,
                                                      const std::optional<VoxelEdges>& voxel_edges_m);

/// Writes the slabs of all ranks through rank 0, in pieces of at most 64 MiB (or one plane), and finishes the file.
/// Collective.
/// @throws Error on every rank, when writing failed; then the file does not appear
void write_image(const parallel::Communicator& comm, const GeneratedImage& image, format::ImageWriter* writer);

} // namespace lapilli::image
