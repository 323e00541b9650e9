// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scan/file_values.hpp"

#include "image/plane_digest.hpp"
#include "image/region_reader.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace lapilli::scan {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Adds voxels to what is known of those before.
template <class T>
void add(std::span<const std::byte> voxels, GreyRange& range, std::int64_t& not_finite)
{
    for (std::size_t i = 0; i < voxels.size(); i += sizeof(T)) {
        T voxel;
        std::memcpy(&voxel, &voxels[i], sizeof(T));
        const auto value = static_cast<double>(voxel);
        if (std::isfinite(value))
            range = {std::min(range.least, value), std::max(range.largest, value)};
        else
            ++not_finite;
    }
}

} // namespace

FileValues read_values(const parallel::Communicator& comm, const image::ImageSource& source)
{
    const auto reader = image::open_everywhere(comm, source);
    FileValues values{.description = reader->description()};
    const auto type = values.description.type;
    image::Region region;
    comm.together([&] { region = image::region_of(values.description.shape, source.crop); });
    values.shape = region.shape;

    GreyRange range{infinity, -infinity};
    image::PlaneDigest digest;
    image::RegionReader<std::byte> planes(*reader, region);
    const auto plane = region.shape.plane() * format::bytes_of(type);
    image::read_layers<std::byte>(
        comm, region.shape, reader->streamed(), format::bytes_of(type), [&](PlaneRange layer) { return planes.read(layer); },
        [&](PlaneRange, const std::vector<std::byte>& layer) {
            for (std::int64_t first = 0; first < std::ssize(layer); first += plane)
                digest.take(std::span(layer).subspan(first, plane));
            format::with_type(type, [&](auto zero) { add<decltype(zero)>(layer, range, values.not_finite); });
        });
    comm.together([&] {
        if (comm.is_root()) planes.finish();
    });

    values.digest = digest.of(comm, values.shape);
    values.not_finite = comm.sum(values.not_finite);
    range = {comm.min(range.least), comm.max(range.largest)};
    if (range.width() >= 0) values.range = range;
    return values;
}

} // namespace lapilli::scan
