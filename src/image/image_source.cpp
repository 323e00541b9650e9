// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/image_source.hpp"

#include "brick/brick.hpp"
#include "core/error.hpp"
#include "text/sentence.hpp"

#include <algorithm>

namespace lapilli::image {

namespace {

/// @throws Error machines on which the file, or what lies beside it, is not the same
void require_same_file(const parallel::Communicator& comm, const format::ImageDescription& image)
{
    auto mine = fmt::format("{} {}", text::shape_text(image.shape), image.format);
    if (const auto& edges = image.voxel_edges_m) // all digits: the solvers see them
        mine += fmt::format(" with voxels of {} x {} x {} m (x, y, z)", edges->x, edges->y, edges->z);
    auto first = mine;
    comm.broadcast(first);
    comm.together([&] {
        if (mine != first)
            throw input_error("{} is {} for process 0, but {} for process {}; give all machines the same files", image.path,
                              first, mine, comm.rank());
    });
}

} // namespace

Region region_of(const Shape& file, const PerAxis<Crop>& crop)
{
    Region region;
    PerAxis<std::int64_t> extent{};
    for (const Axis axis : all_axes) {
        const std::int64_t last = crop[axis].last.value_or(file.along(axis));
        if (crop[axis].first < 0 || crop[axis].first >= last || last > file.along(axis))
            throw input_error("--crop asks for {}:{} along {}, but the image has {} voxels there; give a range inside it",
                              crop[axis].first, last, name(axis), file.along(axis));
        region.first[axis] = crop[axis].first;
        extent[axis] = last - crop[axis].first;
    }
    region.shape = {extent[Axis::z], extent[Axis::y], extent[Axis::x]};
    return region;
}

Shape piece_of(const format::ImageDescription& file, const Shape& region)
{
    const bool cut = region.plane() != file.shape.plane();
    return {cut ? std::min<std::int64_t>(file.layer, brick::edge) : brick::edge, file.shape.ny, file.shape.nx};
}

std::unique_ptr<format::ImageReader> open_everywhere(const parallel::Communicator& comm, const ImageSource& source)
{
    // rank 0 looks first, so that a wrong name is one error and not a storm of them
    std::unique_ptr<format::ImageReader> reader;
    const auto open = [&] { reader = format::open_image(source.path, source.raw); };
    comm.together([&] {
        if (comm.is_root()) open();
    });
    comm.together([&] {
        if (!comm.is_root()) open();
    });
    require_same_file(comm, reader->description());
    return reader;
}

} // namespace lapilli::image
