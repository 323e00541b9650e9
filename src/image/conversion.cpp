// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/conversion.hpp"

#include "core/error.hpp"
#include "image/converted_layers.hpp"
#include "image/converted_slab.hpp"
#include "image/distribution.hpp"
#include "text/sentence.hpp"

#include <algorithm>
#include <string>

namespace lapilli::image {

namespace {

bool type_holds(format::VoxelType type, std::int64_t label)
{
    return format::with_type(type, [&](auto voxel) { return resample::holds<decltype(voxel)>(label); });
}

/// @throws Error labels that no voxel of the types can be
void check_labels(format::VoxelType from, format::VoxelType to, const Conversion& conversion)
{
    for (const auto& [old, now] : conversion.relabel) {
        if (!type_holds(from, old))
            throw input_error("--relabel {}={} was given, but no voxel of type {} is {}; leave it out", old, now,
                              format::name(from), old);
        if (!type_holds(to, now))
            throw input_error("--relabel {}={} was given, but {}; choose another type with --as", old, now,
                              why_not(to, std::to_string(now), true));
    }
    if (conversion.pad > 0 && !type_holds(to, conversion.pad_label))
        throw input_error("--pad {}:{} was given, but {}; choose another type with --as", conversion.pad,
                          conversion.pad_label, why_not(to, std::to_string(conversion.pad_label), true));
}

/// Some 64 MiB of the file, but not less than what it stores together. [planes of the coarse image]
std::int64_t layer_depth(const format::ImageDescription& file, const ConvertedShapes& shapes)
{
    const std::int64_t factor = shapes.factors[Axis::z];
    const std::int64_t plane = file.shape.plane() * format::bytes_of(file.type) * factor;
    return std::max({(std::int64_t{64} << 20) / plane, (file.layer + factor - 1) / factor, std::int64_t{1}});
}

} // namespace

ConvertedShapes::ConvertedShapes(const Shape& region, const Conversion& conversion)
{
    for (const Axis axis : all_axes) factors[axis] = region.along(axis) == 1 ? 1 : conversion.downsample;
    coarse = resample::downsampled(region, factors);
    turned = resample::turned(coarse, conversion.orientation);
    for (const Axis axis : all_axes) pad[axis] = turned.along(axis) == 1 ? 0 : conversion.pad;
    padded = {turned.nz + 2 * pad[Axis::z], turned.ny + 2 * pad[Axis::y], turned.nx + 2 * pad[Axis::x]};
}

format::NewImage converted(const format::ImageDescription& image, const Region& region,
                           const std::optional<VoxelEdges>& edges_m, const Conversion& conversion)
{
    const auto type = conversion.type.value_or(image.type);
    check_labels(image.type, type, conversion);
    const ConvertedShapes shapes(region.shape, conversion);
    std::optional<Axis> too_short; // the shortest of them
    for (const Axis axis : all_axes)
        if (shapes.coarse.along(axis) < 1 && !(too_short && region.shape.along(*too_short) <= region.shape.along(axis)))
            too_short = axis;
    if (too_short)
        throw input_error("--downsample {} was given, but there are {} voxels along {}; give at most that",
                          conversion.downsample, region.shape.along(*too_short), name(*too_short));
    format::NewImage result{.shape = shapes.padded, .type = type};
    if (!edges_m) return result;
    const auto coarse = [&](Axis axis) { return edges_m->along(axis) * shapes.factors[axis]; };
    result.voxel_edges_m =
        resample::turned(VoxelEdges{coarse(Axis::x), coarse(Axis::y), coarse(Axis::z)}, conversion.orientation);
    return result;
}

std::int64_t bytes_to_convert(const format::ImageDescription& image, const Region& region, const Conversion& conversion,
                              int rank, int ranks)
{
    constexpr std::int64_t copies = 5; // of a layer: read, of the new type, turned, dealt, received
    const ConvertedShapes shapes(region.shape, conversion);
    const auto voxel = format::bytes_of(conversion.type.value_or(image.type));
    const auto planes = layer_depth(image, shapes) * shapes.factors[Axis::z];
    return slab_of(shapes.padded, rank, ranks).count() * shapes.padded.plane() * voxel +
           copies * std::min(planes, image.shape.nz) * image.shape.plane() * std::max(voxel, format::bytes_of(image.type));
}

std::vector<std::byte> convert(const parallel::Communicator& comm, format::ImageReader& reader, const Region& region,
                               const Conversion& conversion)
{
    const ConvertedShapes shapes(region.shape, conversion);
    const auto made_by = [&](int rank) {
        if (reader.streamed()) return rank == 0 ? PlaneRange{0, shapes.coarse.nz} : PlaneRange{};
        return slab_of(shapes.coarse, rank, comm.size());
    };
    const auto depth = layer_depth(reader.description(), shapes);
    const auto layer = [&](int rank, std::int64_t round) {
        const auto all = made_by(rank);
        const auto first = std::min(all.last, all.first + round * depth);
        return PlaneRange{first, std::min(all.last, first + depth)};
    };
    std::int64_t rounds = 0;
    for (int rank = 0; rank < comm.size(); ++rank) rounds = std::max(rounds, (made_by(rank).count() + depth - 1) / depth);

    ConvertedLayers layers(reader, region, conversion, shapes);
    ConvertedSlab slab(shapes, conversion.orientation, comm.rank(), comm.size());
    comm.together([&] { slab.fill(layers.type(), conversion.pad_label); });
    for (std::int64_t round = 0; round < rounds; ++round) {
        std::vector<std::vector<std::byte>> pieces;
        comm.together([&] {
            const auto mine = layer(comm.rank(), round);
            pieces = slab.dealt(mine, layers.make(mine));
        });
        const auto received = comm.exchange_all(pieces);
        for (int rank = 0; rank < comm.size(); ++rank) slab.paste(layer(rank, round), received[rank]);
    }
    comm.together([&] {
        if (comm.is_root()) layers.finish();
    });
    return slab.take();
}

} // namespace lapilli::image
