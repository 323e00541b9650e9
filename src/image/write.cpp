// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/write.hpp"

#include "image/distribution.hpp"

#include <algorithm>
#include <exception>

namespace lapilli::image {

namespace {

/// Planes that travel in one piece; both sides of a message cut alike.
std::int64_t planes_at_once(const Shape& shape)
{
    return std::clamp<std::int64_t>((std::int64_t{64} << 20) / shape.plane(), 1, shape.nz);
}

/// Calls use(piece) for the pieces of a slab, in order.
template <class Use>
void for_pieces(PlaneRange planes, const Shape& shape, Use use)
{
    const auto at_once = planes_at_once(shape);
    for (auto first = planes.first; first < planes.last; first += at_once)
        use(PlaneRange{first, std::min(planes.last, first + at_once)});
}

std::span<const std::uint8_t> piece_of(const GeneratedImage& image, PlaneRange piece)
{
    const auto plane = image.shape.plane();
    return std::span(image.labels).subspan((piece.first - image.planes.first) * plane, piece.count() * plane);
}

/// Rank 0: own slab, then those of the others. After a failure the rest is received but dropped: the others must not wait.
void collect(const parallel::Communicator& comm, const GeneratedImage& image, format::ImageWriter& writer,
             std::vector<std::uint8_t>& buffer)
{
    std::exception_ptr failed;
    const auto append = [&](std::span<const std::uint8_t> labels) {
        try {
            if (!failed) writer.append(labels);
        } catch (...) {
            failed = std::current_exception();
        }
    };
    for_pieces(image.planes, image.shape, [&](PlaneRange piece) { append(piece_of(image, piece)); });
    for (int rank = 1; rank < comm.size(); ++rank)
        for_pieces(slab_of(image.shape, rank, comm.size()), image.shape, [&](PlaneRange piece) {
            const auto received = std::span(buffer).first(piece.count() * image.shape.plane());
            comm.receive<std::uint8_t>(rank, received);
            append(received);
        });
    if (failed) std::rethrow_exception(failed);
    writer.finish();
}

} // namespace

std::unique_ptr<format::ImageWriter> open_for_writing(const parallel::Communicator& comm, const Shape& shape,
                                                      const std::string& path,
                                                      const std::optional<VoxelEdges>& voxel_edges_m)
{
    std::unique_ptr<format::ImageWriter> writer;
    comm.together([&] {
        if (comm.is_root()) writer = format::create_image(path, shape, voxel_edges_m);
    });
    return writer;
}

void write_image(const parallel::Communicator& comm, const GeneratedImage& image, format::ImageWriter* writer)
{
    std::vector<std::uint8_t> buffer;
    comm.together([&] { // before anyone sends: a rank that fails in between would leave the others waiting
        if (comm.size() > 1 && comm.is_root()) buffer.resize(planes_at_once(image.shape) * image.shape.plane());
    });
    comm.together([&] {
        if (comm.is_root()) return collect(comm, image, *writer, buffer);
        for_pieces(image.planes, image.shape, [&](PlaneRange piece) { comm.send(0, piece_of(image, piece)); });
    });
}

} // namespace lapilli::image
