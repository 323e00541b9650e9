// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/write.hpp"

#include "image/distribution.hpp"

#include <algorithm>
#include <exception>
#include <vector>

namespace lapilli::image {

namespace {

/// Planes that travel in one piece; both sides of a message cut alike.
std::int64_t planes_at_once(const format::NewImage& image)
{
    return std::clamp<std::int64_t>((std::int64_t{64} << 20) / image.plane_bytes(), 1, image.shape.nz);
}

/// Calls use(bytes) for each piece of a slab.
template <class Use>
void for_pieces(PlaneRange planes, const format::NewImage& image, Use use)
{
    const auto at_once = planes_at_once(image);
    for (auto first = planes.first; first < planes.last; first += at_once)
        use((std::min(planes.last, first + at_once) - first) * image.plane_bytes());
}

void collect(const parallel::Communicator& comm, const format::NewImage& image, std::span<const std::byte> mine,
             format::ImageWriter& writer, std::vector<std::byte>& buffer)
{
    std::exception_ptr failed;
    const auto append = [&](std::span<const std::byte> voxels) {
        try {
            if (!failed) writer.append(voxels);
        } catch (...) {
            failed = std::current_exception();
        }
    };
    if (!mine.empty()) append(mine);
    for (int rank = 1; rank < comm.size(); ++rank)
        for_pieces(slab_of(image.shape, rank, comm.size()), image, [&](std::int64_t bytes) {
            const auto received = std::span(buffer).first(bytes);
            comm.receive<std::byte>(rank, received);
            append(received);
        });
    if (failed) std::rethrow_exception(failed);
}

} // namespace

std::unique_ptr<format::ImageWriter> open_for_writing(const parallel::Communicator& comm, const std::string& path,
                                                      const format::NewImage& image)
{
    std::unique_ptr<format::ImageWriter> writer;
    comm.together([&] {
        if (comm.is_root()) writer = format::create_image(path, image);
    });
    return writer;
}

void write_image(const parallel::Communicator& comm, const format::NewImage& image, std::span<const std::byte> mine,
                 format::ImageWriter* writer)
{
    std::vector<std::byte> buffer;
    comm.together([&] { // before anyone sends: a rank that fails in between would leave the others waiting
        if (comm.size() > 1 && comm.is_root()) buffer.resize(planes_at_once(image) * image.plane_bytes());
    });
    comm.together([&] {
        if (comm.is_root()) return collect(comm, image, mine, *writer, buffer);
        for_pieces(slab_of(image.shape, comm.rank(), comm.size()), image, [&](std::int64_t bytes) {
            comm.send(0, mine.first(bytes));
            mine = mine.subspan(bytes);
        });
    });
}

} // namespace lapilli::image
