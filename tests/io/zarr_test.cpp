// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "gzip.hpp"
#include "headed.hpp"
#include "scratch.hpp"
#include "support/catch.hpp"

#include <blosc.h>
#include <functional>

using namespace lapilli;
using namespace lapilli::test;

namespace {

namespace fs = std::filesystem;

/// A file below a folder, with the folders on the way.
void put_file(const ScratchFolder& folder, const std::string& name, const std::string& bytes)
{
    fs::create_directories(fs::path(folder / name).parent_path());
    folder.write(name, bytes);
}

std::string blosc_packed(const std::string& bytes, const char* inner, int shuffle)
{
    std::string packed(bytes.size() + BLOSC_MAX_OVERHEAD, '\0');
    const int size =
        ::blosc_compress_ctx(5, shuffle, 2, bytes.size(), bytes.data(), packed.data(), packed.size(), inner, 0, 1);
    return packed.substr(0, static_cast<std::size_t>(size));
}

using Pack = std::function<std::string(const std::string&)>;

constexpr Shape zarr_shape{5, 6, 7};
constexpr Shape zarr_chunk{2, 4, 3};

/// The image in chunks of that extent, as u16 in little-endian order; what is beyond its edges is filled up.
void put_chunks(const ScratchFolder& folder, const std::string& prefix, char separator, const Pack& pack,
                const Labels& labels)
{
    for (std::int64_t cz = 0; cz * zarr_chunk.nz < zarr_shape.nz; ++cz)
        for (std::int64_t cy = 0; cy * zarr_chunk.ny < zarr_shape.ny; ++cy)
            for (std::int64_t cx = 0; cx * zarr_chunk.nx < zarr_shape.nx; ++cx) {
                std::vector<std::uint16_t> voxels(static_cast<std::size_t>(zarr_chunk.voxels()), 999);
                for (std::int64_t i = 0; i < zarr_chunk.voxels(); ++i) {
                    const auto z = cz * zarr_chunk.nz + i / zarr_chunk.plane(),
                               y = cy * zarr_chunk.ny + i / zarr_chunk.nx % zarr_chunk.ny,
                               x = cx * zarr_chunk.nx + i % zarr_chunk.nx;
                    if (z < zarr_shape.nz && y < zarr_shape.ny && x < zarr_shape.nx)
                        voxels[i] = labels[(z * zarr_shape.ny + y) * zarr_shape.nx + x];
                }
                put_file(folder, fmt::format("{0}{2}{1}{3}{1}{4}", prefix, separator, cz, cy, cx),
                         pack(test::bytes_of(voxels)));
            }
}

std::string zarray(const std::string& compressor, const std::string& more = "")
{
    return R"({"zarr_format": 2, "shape": [5, 6, 7], "chunks": [2, 4, 3], "dtype": "<u2", "order": "C", "filters": null,
               "fill_value": 3, "compressor": )" +
           compressor + more + "}";
}

std::string not_packed(const std::string& bytes) { return bytes; }

const Labels zarr_labels = counted(zarr_shape.voxels(), 199);

void zarr_is_refused(const std::string& metadata, const std::string& part)
{
    const ScratchFolder folder;
    put_file(folder, ".zarray", metadata);
    put_file(folder, "0.0.0", std::string(48, '\1'));
    const Error error = error_of([&] { read_all(folder.path()); });
    CHECK(error.code() == ExitCode::wrong_input);
    CHECK_THAT(error.what(), mentions(part));
}

} // namespace

TEST_CASE("a Zarr array is read whatever its chunks are packed by")
{
    const std::vector<std::pair<std::string, Pack>> packings{
        {"null", not_packed},
        {R"({"id": "zlib", "level": 1})", zlib_packed},
        {R"({"id": "gzip", "level": 1})", [](const std::string& bytes) { return gzip(bytes); }},
        {R"({"id": "bz2", "level": 1})", [](const std::string& bytes) { return bzip2(bytes); }},
        {R"({"id": "zstd", "level": 1})", zstd},
        {R"({"id": "blosc", "cname": "lz4"})", [](const std::string& bytes) { return blosc_packed(bytes, "lz4", 1); }},
        {R"({"id": "blosc", "cname": "zstd"})", [](const std::string& bytes) { return blosc_packed(bytes, "zstd", 2); }}};
    for (const auto& [compressor, pack] : packings) {
        CAPTURE(compressor);
        const ScratchFolder folder;
        put_file(folder, ".zarray", zarray(compressor));
        put_chunks(folder, "", '.', pack, zarr_labels);
        const auto reader = format::open_image(folder.path(), {});
        CHECK(reader->description().shape == zarr_shape);
        CHECK(reader->description().layer == 2);
        CHECK(read_planes(*reader, {0, 5}) == zarr_labels);
        for (std::int64_t z = 4; z >= 0; --z)
            CHECK(read_planes(*reader, {z, z + 1}) ==
                  Labels(zarr_labels.begin() + z * 42, zarr_labels.begin() + (z + 1) * 42));
    }
}

TEST_CASE("an OME-Zarr says its levels and the size of its voxels")
{
    const ScratchFolder folder;
    put_file(folder, ".zgroup", R"({"zarr_format": 2})");
    put_file(folder, ".zattrs", R"({"multiscales": [{"version": "0.4",
        "axes": [{"name": "t", "type": "time"}, {"name": "z", "type": "space", "unit": "micrometer"},
                 {"name": "y", "type": "space", "unit": "micrometer"}, {"name": "x", "type": "space", "unit": "nanometer"}],
        "datasets": [{"path": "0", "coordinateTransformations": [{"type": "scale", "scale": [1, 2, 3, 4]}]},
                     {"path": "1", "coordinateTransformations": [{"type": "scale", "scale": [1, 4, 6, 8]}]}],
        "coordinateTransformations": [{"type": "scale", "scale": [1, 1, 1, 500]}]}]})");
    const std::string metadata =
        R"({"shape": [1, 5, 6, 7], "chunks": [1, 2, 4, 3], "dtype": "<u2", "order": "C", "filters": null, "fill_value": 3,
            "compressor": null, "dimension_separator": "/"})";
    put_file(folder, "0/.zarray", metadata);
    put_file(folder, "1/.zarray", metadata);
    put_chunks(folder, "0/0/", '/', not_packed, zarr_labels);
    put_chunks(folder, "1/0/", '/', not_packed, Labels(210, 5));
    const auto finest = format::open_image(folder.path(), {});
    CHECK(finest->description().format == "OME-Zarr 2 u16, not packed");
    REQUIRE(finest->description().voxel_edges_m);
    CHECK(finest->description().voxel_edges_m->z == Approx(2e-6));
    CHECK(finest->description().voxel_edges_m->y == Approx(3e-6));
    CHECK(finest->description().voxel_edges_m->x == Approx(2e-6));
    REQUIRE(finest->description().remarks.size() == 1);
    CHECK_THAT(finest->description().remarks[0], mentions("2 levels"));
    CHECK(read_planes(*finest, {0, 5}) == zarr_labels);
    const auto coarse = format::open_image(folder.path() + ":/1", {});
    CHECK(coarse->description().voxel_edges_m->z == Approx(4e-6));
    CHECK(read_planes(*coarse, {0, 5}) == Labels(210, 5));
    CHECK_THROWS_WITH(format::open_image(folder.path() + ":/2", {}), mentions("holds no array"));
}

TEST_CASE("a Zarr of version 3 is read")
{
    const ScratchFolder folder;
    put_file(folder, "zarr.json", R"({"zarr_format": 3, "node_type": "group", "attributes": {}})");
    put_file(folder, "rock/zarr.json", R"({"zarr_format": 3, "node_type": "array", "shape": [5, 6, 7], "data_type": "uint16",
        "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [2, 4, 3]}},
        "chunk_key_encoding": {"name": "default", "configuration": {"separator": "/"}}, "fill_value": 0,
        "codecs": [{"name": "bytes", "configuration": {"endian": "little"}}, {"name": "zstd", "configuration": {}}]})");
    put_chunks(folder, "rock/c/", '/', zstd, zarr_labels);
    CHECK(format::open_image(folder.path(), {})->description().format == "Zarr 3 u16, zstd");
    CHECK(read_all(folder.path()) == zarr_labels);
}

TEST_CASE("chunks that are missing have the fill value, and big-endian numbers are turned")
{
    const ScratchFolder folder;
    put_file(folder, ".zarray", R"({"shape": [2, 2, 2], "chunks": [1, 2, 2], "dtype": ">i4", "order": "C", "filters": null,
                               "fill_value": -7, "compressor": null})");
    put_file(folder, "1.0.0", std::string("\0\0\1\2\0\0\0\3\xff\xff\xff\xff\0\0\0\0", 16));
    CHECK(read_all(folder.path()) == Labels{-7, -7, -7, -7, 258, 3, -1, 0});
}

TEST_CASE("an array without any chunk is all fill value, which is said, unless it promises much")
{
    const ScratchFolder folder;
    put_file(folder, ".zarray", zarray("null"));
    CHECK(read_all(folder.path()) == Labels(210, 3));
    CHECK_THAT(format::open_image(folder.path(), {})->description().remarks.at(0), mentions("has none of its 18 chunks"));
    const auto third = [](const char* shape) {
        return fmt::format(R"({{"zarr_format": 3, "node_type": "array", "shape": [{}], "data_type": "int16",
            "chunk_grid": {{"name": "regular", "configuration": {{"chunk_shape": [64, 64, 64]}}}},
            "chunk_key_encoding": {{"name": "default"}}, "fill_value": -7,
            "codecs": [{{"name": "bytes", "configuration": {{"endian": "little"}}}}]}})",
                           shape);
    };
    const ScratchFolder filled, promising;
    put_file(filled, "zarr.json", third("5, 6, 7"));
    CHECK(read_all(filled.path()) == Labels(210, -7));
    put_file(promising, "zarr.json", third("1000, 1000, 1000"));
    const Error error = error_of([&] { read_all(promising.path()); });
    CHECK(error.code() == ExitCode::wrong_input);
    CHECK_THAT(error.what(), mentions("promises 4096 chunks of voxels, but has 0"));
}

TEST_CASE("a Zarr of another order, type or packing, or of several volumes is refused by what it is")
{
    const auto with = [](const std::string& from, const std::string& to) {
        std::string metadata = zarray("null");
        return metadata.replace(metadata.find(from), from.size(), to);
    };
    zarr_is_refused(with("\"C\"", "\"F\""), "order F");
    zarr_is_refused(with("<u2", "<c8"), "voxels of type <c8");
    zarr_is_refused(with("\"filters\": null", "\"filters\": [{\"id\": \"delta\"}]"), "a filter");
    zarr_is_refused(zarray(R"({"id": "lzma"})"), "lzma");
    zarr_is_refused(with("[2, 4, 3]", "[2, 4]"), "shape");
    zarr_is_refused(with("[2, 4, 3]", "[2, 4, 0]"), "chunks");
    zarr_is_refused(
        with("[5, 6, 7]", "[2, 5, 6, 7]").replace(with("[5, 6, 7]", "[2, 5, 6, 7]").find("[2, 4, 3]"), 9, "[1, 2, 4, 3]"),
        "2 channels, times or volumes");
    zarr_is_refused(with("[5, 6, 7]", "[100000, 100000, 100000]"), "chunks of voxels, but has 1");
    zarr_is_refused(with("[5, 6, 7]", "[1099511627776, 1099511627776, 7]"), "\"shape\"");
    zarr_is_refused(with("\"fill_value\": 3", "\"fill_value\": 70000"), "fill_value");
    zarr_is_refused("[1, 2]", "no JSON object");
    zarr_is_refused(with("[2, 4, 3]", "[200, 400, 300]"), "do not unpack");
}

TEST_CASE("a damaged chunk is refused, whatever packed it")
{
    const std::string plain(48, '\7');
    const std::vector<std::pair<std::string, std::string>> packed{{R"({"id": "zlib"})", zlib_packed(plain)},
                                                                  {R"({"id": "zstd"})", zstd(plain)},
                                                                  {R"({"id": "blosc"})", blosc_packed(plain, "lz4", 1)},
                                                                  {"null", plain}};
    for (const auto& [compressor, bytes] : packed) {
        CAPTURE(compressor);
        const ScratchFolder folder;
        put_file(folder, ".zarray",
                 R"({"shape": [2, 4, 3], "chunks": [2, 4, 3], "dtype": "<u2", "order": "C", "filters": null,
                                   "fill_value": 0, "compressor": )" +
                     compressor + "}");
        put_file(folder, "0.0.0", bytes);
        REQUIRE(read_all(folder.path()) == Labels(24, 0x707));
        put_file(folder, "0.0.0", bytes.substr(0, bytes.size() - 1));
        CHECK_THROWS_WITH(read_all(folder.path()), mentions("0.0.0"));
        put_file(folder, "0.0.0", "\1");
        CHECK_THROWS_WITH(read_all(folder.path()), mentions("0.0.0"));
    }
}

TEST_CASE("a group of several arrays asks which one, and metadata lead nowhere else")
{
    const ScratchFolder folder;
    put_file(folder, ".zgroup", "{}");
    for (const auto* name : {"a", "b"}) {
        put_file(folder, std::string(name) + "/.zarray", zarray("null"));
        put_chunks(folder, std::string(name) + "/", '.', not_packed, zarr_labels);
    }
    CHECK_THROWS_WITH(format::open_image(folder.path(), {}), mentions(":/a") && mentions(":/b"));
    CHECK(read_all(folder.path() + ":/b") == zarr_labels);
    put_file(folder, "b/.zattrs", "{}");
    put_file(folder, ".zattrs", R"({"multiscales": [{"datasets": [{"path": "../../etc"}]}]})");
    CHECK_THROWS_WITH(format::open_image(folder.path(), {}), mentions("is not there"));
}
