// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/conversion.hpp"
#include "image/distribution.hpp"
#include "image/write.hpp"
#include "support/catch.hpp"
#include "support/shared_folder.hpp"

#include "core/error.hpp"

#include <fstream>
#include <map>

#include <zlib.h>

using namespace lapilli;
using namespace lapilli::image;
using format::VoxelType;
using lapilli::test::mentions;
using parallel::Communicator;

namespace {

constexpr Shape scanned{37, 22, 19}; // three layers of bricks, none but two full

using Values = std::vector<std::uint16_t>;

Values scanned_values()
{
    Values values;
    for (std::int64_t i = 0; i < scanned.voxels(); ++i) values.push_back(static_cast<std::uint16_t>(i * i % 7 * 40));
    return values;
}

/// A dense image, as a reader of this test would do it: one thing after the other, voxel by voxel.
struct Dense {
    Shape shape;
    Values values;

    std::uint16_t at(std::int64_t z, std::int64_t y, std::int64_t x) const
    {
        return values[static_cast<std::size_t>((z * shape.ny + y) * shape.nx + x)];
    }
};

template <class Value>
Dense made(const Shape& shape, Value&& value)
{
    Dense image{shape, {}};
    for (std::int64_t z = 0; z < shape.nz; ++z)
        for (std::int64_t y = 0; y < shape.ny; ++y)
            for (std::int64_t x = 0; x < shape.nx; ++x) image.values.push_back(value(z, y, x));
    return image;
}

Dense downsampled(const Dense& image, std::int64_t n)
{
    return made({image.shape.nz / n, image.shape.ny / n, image.shape.nx / n}, [&](auto z, auto y, auto x) {
        std::map<std::uint16_t, int> counts;
        for (std::int64_t i = 0; i < n * n * n; ++i) ++counts[image.at(z * n + i / n / n, y * n + i / n % n, x * n + i % n)];
        return std::max_element(counts.begin(), counts.end(), [](auto& a, auto& b) { return a.second < b.second; })->first;
    });
}

Dense turned(const Dense& image, const resample::Orientation& orientation)
{
    const Shape shape = resample::turned(image.shape, orientation);
    return made(shape, [&](auto z, auto y, auto x) {
        PerAxis<std::int64_t> old;
        for (const auto& [axis, at] : {std::pair(Axis::x, x), std::pair(Axis::y, y), std::pair(Axis::z, z)})
            old[orientation.from[axis]] = orientation.backwards[axis] ? shape.along(axis) - 1 - at : at;
        return image.at(old[Axis::z], old[Axis::y], old[Axis::x]);
    });
}

Dense padded(const Dense& image, std::int64_t n, std::uint16_t label)
{
    const Shape& inner = image.shape;
    return made({inner.nz + 2 * n, inner.ny + 2 * n, inner.nx + 2 * n}, [&](auto z, auto y, auto x) {
        const bool inside = z >= n && z < n + inner.nz && y >= n && y < n + inner.ny && x >= n && x < n + inner.nx;
        return inside ? image.at(z - n, y - n, x - n) : label;
    });
}

/// All of it, by the long way.
Dense expected(const PerAxis<Crop>& crop, const Conversion& conversion)
{
    const Dense whole{scanned, scanned_values()};
    const Region region = region_of(scanned, crop);
    auto image = made(region.shape, [&](auto z, auto y, auto x) {
        const auto value = whole.at(z + region.first[Axis::z], y + region.first[Axis::y], x + region.first[Axis::x]);
        const auto renamed = conversion.relabel.find(value);
        return renamed == conversion.relabel.end() ? value : static_cast<std::uint16_t>(renamed->second);
    });
    image = turned(downsampled(image, conversion.downsample), conversion.orientation);
    return padded(image, conversion.pad, static_cast<std::uint16_t>(conversion.pad_label));
}

/// A file of all voxels, on every rank the same.
class Scanned {
public:
    Scanned(const Communicator& comm, bool packed) : folder_(comm), path_(folder_.path() + (packed ? "/a.raw.gz" : "/a.raw"))
    {
        comm.together([&] {
            if (!comm.is_root()) return;
            const auto values = scanned_values();
            const auto bytes = static_cast<unsigned>(values.size() * sizeof(values[0]));
            const auto file = gzopen(path_.c_str(), packed ? "wb" : "wbT");
            gzwrite(file, values.data(), bytes);
            gzclose(file);
        });
    }
    std::unique_ptr<format::ImageReader> open(const Communicator& comm) const
    {
        return open_everywhere(comm, {path_, {.shape = scanned, .type = VoxelType::u16}});
    }

private:
    test::SharedFolder folder_;
    std::string path_;
};

/// The converted image, whole on every rank.
template <class T>
std::vector<T> converted_values(const Communicator& comm, const Scanned& file, const PerAxis<Crop>& crop,
                                const Conversion& conversion)
{
    const auto reader = file.open(comm);
    const auto region = region_of(scanned, crop);
    const auto bytes = convert(comm, *reader, region, conversion);
    const auto target = converted(reader->description(), region, std::nullopt, conversion);
    CHECK(std::ssize(bytes) == slab_of(target.shape, comm.rank(), comm.size()).count() * target.plane_bytes());
    std::vector<T> mine(bytes.size() / sizeof(T));
    std::copy(bytes.begin(), bytes.end(), std::as_writable_bytes(std::span(mine)).begin());
    return comm.gather_all<T>(mine);
}

std::vector<resample::Orientation> orientations()
{
    using enum Axis;
    return {{},
            {.backwards = {false, false, true}},
            {.from = {z, y, x}},
            {.from = {y, z, x}, .backwards = {true, false, true}},
            {.from = {x, z, y}, .backwards = {true, true, false}}};
}

} // namespace

TEST_CASE("an image is converted to the same voxels on any number of ranks", "[seven]")
{
    const auto comm = Communicator::world();
    const PerAxis<Crop> parts[] = {{}, {Crop{2, 17}, Crop{0, 20}, Crop{5, 36}}};
    for (const bool packed : {false, true}) {
        const Scanned file(comm, packed);
        for (const auto& crop : parts)
            for (const auto& orientation : orientations())
                for (const auto& conversion :
                     {Conversion{.orientation = orientation}, Conversion{.relabel = {{0, 40}, {40, 0}},
                                                              .downsample = 3,
                                                              .orientation = orientation,
                                                              .pad = 2,
                                                              .pad_label = 9}}) {
                    const auto truth = expected(crop, conversion);
                    CHECK(converted_values<std::uint16_t>(comm, file, crop, conversion) == truth.values);
                }
    }
}

TEST_CASE("voxels of another type are made before they are averaged, and what it cannot hold is named")
{
    const auto comm = Communicator::world();
    const Scanned file(comm, false);
    const Conversion halves{.type = VoxelType::f32, .downsample = 2, .reduction = resample::Reduction::mean};
    const auto means = converted_values<float>(comm, file, {}, halves);
    const Dense whole{scanned, scanned_values()};
    double sum = 0;
    for (std::int64_t i = 0; i < 8; ++i) sum += whole.at(2 + i / 4, i / 2 % 2, 4 + i % 2);
    CHECK(means[static_cast<std::size_t>((1 * 11 + 0) * 9 + 2)] == static_cast<float>(sum / 8));

    const auto reader = file.open(comm);
    const PerAxis<Crop> crop{Crop{3, {}}, Crop{2, {}}, Crop{1, {}}};
    std::int64_t first = 0; // of the voxels that are too large, in the part that is read
    while (whole.values[first] != 160 || first % 19 < 3 || first / 19 % 22 < 2 || first / (19 * 22) < 1) ++first;
    CHECK_THROWS_WITH(
        convert(comm, *reader, region_of(scanned, crop), {.relabel = {{80, 0}}, .type = VoxelType::i8}),
        mentions(fmt::format("has the value 160 at voxel (z {}, y {}, x {}), but no voxel of type i8 can be 160",
                             first / (19 * 22), first / 19 % 22, first % 19)));
}

TEST_CASE("the voxel size follows what is done to the voxels")
{
    using enum Axis;
    const format::ImageDescription image{.path = "a.raw", .format = "raw", .shape = scanned, .type = VoxelType::u8};
    const VoxelEdges edges{1e-6, 2e-6, 3e-6};
    const auto target = [&](const Conversion& conversion, const Shape& shape = scanned) {
        return converted(image, {.first = {}, .shape = shape}, edges, conversion);
    };
    CHECK(target({}).voxel_edges_m == edges);
    CHECK(target({.downsample = 3, .pad = 4}).voxel_edges_m == VoxelEdges{3e-6, 6e-6, 9e-6});
    CHECK(target({.downsample = 3, .pad = 4}).shape == Shape{20, 15, 14});
    CHECK(target({.orientation = {.from = {z, x, y}}}).voxel_edges_m == VoxelEdges{3e-6, 1e-6, 2e-6});
    CHECK(target({.orientation = {.from = {z, x, y}}}).shape == Shape{22, 19, 37});
    const auto flat = target({.downsample = 2, .pad = 1}, {1, 8, 9}); // stays flat
    CHECK(flat.shape == Shape{1, 6, 6});
    CHECK(flat.voxel_edges_m == VoxelEdges{2e-6, 4e-6, 3e-6});
    CHECK_FALSE(converted(image, {.first = {}, .shape = scanned}, std::nullopt, {}).voxel_edges_m);

    CHECK_THROWS_WITH(target({.downsample = 20}), mentions("19 voxels along x"));
    CHECK_THROWS_WITH(target({.relabel = {{256, 0}}}), mentions("no voxel of type u8 is 256"));
    CHECK_THROWS_WITH(target({.relabel = {{0, -1}}}), mentions("no voxel of type u8 can be -1"));
    CHECK_THROWS_WITH(target({.relabel = {{0, 1 << 25}}, .type = VoxelType::f32}),
                      mentions("f32 is exact for whole numbers from -16777216 to 16777216 only"));
    CHECK(target({.relabel = {{0, -1}}, .type = VoxelType::i16}).type == VoxelType::i16);
    CHECK_THROWS_WITH(target({.pad = 1, .pad_label = 256}), mentions("--pad 1:256"));
}

TEST_CASE("a stream that ends too early is an error on every rank")
{
    const auto comm = Communicator::world();
    const test::SharedFolder folder(comm);
    const auto path = folder.path() + "/short.raw.gz";
    comm.together([&] {
        if (!comm.is_root()) return;
        const auto file = gzopen(path.c_str(), "wb");
        gzwrite(file, "12345678", 8);
        gzclose(file);
    });
    const auto reader = open_everywhere(comm, {path, {.shape = Shape{40, 2, 2}, .type = VoxelType::u8}});
    CHECK_THROWS_AS(convert(comm, *reader, {.first = {}, .shape = {40, 2, 2}}, {}), Error);
}
