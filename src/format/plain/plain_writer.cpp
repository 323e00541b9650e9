// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/plain/plain_writer.hpp"

#include "file/atomic_file.hpp"
#include "format/image_formats.hpp"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <utility>

namespace lapilli::format {
namespace {

static_assert(std::endian::native == std::endian::little); // as all heads say

class PlainWriter : public ImageWriter {
public:
    PlainWriter(const std::string& path, const NewImage& image, Frame frame)
        : ImageWriter(image), file_(path), tail_(std::move(frame.tail))
    {
        file_.write(std::as_bytes(std::span(frame.head)));
    }

    void append(std::span<const std::byte> voxels) override
    {
        take_planes(voxels);
        file_.write(voxels);
    }

    void finish() override
    {
        require_all_planes();
        file_.write(std::as_bytes(std::span(tail_)));
        file_.commit();
    }

private:
    file::PendingFile file_;
    std::string tail_;
};

} // namespace

std::unique_ptr<ImageWriter> create_plain(const std::string& path, const NewImage& image, Frame frame)
{
    return std::make_unique<PlainWriter>(path, image, std::move(frame));
}

std::unique_ptr<ImageWriter> create_raw(const std::string& path, const NewImage& image)
{
    return create_plain(path, image, {});
}

double in_units(double length_m, double unit_m)
{
    const double nearest = length_m / unit_m;
    for (const double units : {nearest, std::nextafter(nearest, 0.0), std::nextafter(nearest, HUGE_VAL)})
        if (units * unit_m == length_m) return units;
    return nearest;
}

std::string edges_in_units(const VoxelEdges& edges_m, double unit_m)
{
    return fmt::format("{} {} {}", in_units(edges_m.x, unit_m), in_units(edges_m.y, unit_m), in_units(edges_m.z, unit_m));
}

} // namespace lapilli::format
