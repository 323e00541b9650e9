// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/image_writer.hpp"
#include "scratch.hpp"
#include "support/catch.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <map>

#include <zlib.h>

using namespace lapilli;
using namespace lapilli::test;
using format::VoxelType;

namespace {

constexpr Shape in_chunks{70, 65, 129}; // 2 x 2 x 3 chunks of 64 voxels, none but the first full

std::vector<std::uint16_t> written_values() { return as<std::uint16_t>(counted(in_chunks.voxels(), 65521)); }

void write_zarr(const std::string& path)
{
    const auto values = written_values();
    const auto voxels = std::as_bytes(std::span(values));
    const auto writer = format::create_image(
        path, {.shape = in_chunks, .type = VoxelType::u16, .voxel_edges_m = VoxelEdges{2e-6, 3e-6, 5.345e-6}});
    for (std::int64_t z = 0; z < in_chunks.nz; z += 7) // in pieces that are no layers of chunks
        writer->append(voxels.subspan(z * in_chunks.plane() * 2, 7 * in_chunks.plane() * 2));
    writer->finish();
}

/// All files of a folder, by their paths in it.
std::map<std::string, std::string> tree_of(const std::string& folder)
{
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.is_regular_file())
            files[std::filesystem::relative(entry.path(), folder).string()] = bytes_in(entry.path().string());
    return files;
}

std::vector<std::uint16_t> unpacked(const std::string& packed)
{
    std::vector<std::uint16_t> cube(static_cast<std::size_t>(64 * 64 * 64) + 1);
    uLongf bytes = cube.size() * 2;
    REQUIRE(uncompress(reinterpret_cast<Bytef*>(cube.data()), &bytes, reinterpret_cast<const Bytef*>(packed.data()),
                       packed.size()) == Z_OK);
    CHECK(bytes == 64 * 64 * 64 * 2);
    return cube;
}

} // namespace

TEST_CASE("an OME-Zarr has its metadata, and every voxel in the chunk where it belongs")
{
    const ScratchFolder folder;
    write_zarr(folder / "rock.ome.zarr");
    const auto files = tree_of(folder / "rock.ome.zarr");
    CHECK(files.size() == 3 + 2 * 2 * 3);
    const auto json = [&](const char* name) { return nlohmann::json::parse(files.at(name)); };
    CHECK(json(".zgroup") == nlohmann::json::parse(R"({"zarr_format": 2})"));
    CHECK(json("0/.zarray") == nlohmann::json::parse(R"({"zarr_format": 2, "shape": [70, 65, 129], "chunks": [64, 64, 64],
        "dtype": "<u2", "compressor": {"id": "zlib", "level": 1}, "fill_value": 0, "order": "C", "filters": null,
        "dimension_separator": "/"})"));
    CHECK(json(".zattrs") == nlohmann::json::parse(R"({"multiscales": [{"version": "0.4", "name": "rock",
        "axes": [{"name": "z", "type": "space", "unit": "micrometer"}, {"name": "y", "type": "space", "unit": "micrometer"},
                 {"name": "x", "type": "space", "unit": "micrometer"}],
        "datasets": [{"path": "0", "coordinateTransformations": [{"type": "scale", "scale": [5.345, 3.0, 2.0]}]}]}]})"));
    const auto values = written_values();
    bool all = true;
    for (std::int64_t cz = 0; cz < 2; ++cz)
        for (std::int64_t cy = 0; cy < 2; ++cy)
            for (std::int64_t cx = 0; cx < 3; ++cx) {
                const auto cube = unpacked(files.at(fmt::format("0/{}/{}/{}", cz, cy, cx)));
                for (std::int64_t i = 0; i < 64 * 64 * 64; ++i) {
                    const auto z = cz * 64 + i / 4096, y = cy * 64 + i / 64 % 64, x = cx * 64 + i % 64;
                    const bool inside = z < in_chunks.nz && y < in_chunks.ny && x < in_chunks.nx;
                    all &= cube[i] == (inside ? values[(z * in_chunks.ny + y) * in_chunks.nx + x] : 0);
                }
            }
    CHECK(all);
}

TEST_CASE("an OME-Zarr replaces an OME-Zarr as a whole, with the same bytes, and nothing else")
{
    const ScratchFolder folder;
    write_zarr(folder / "rock.zarr");
    const auto first = tree_of(folder / "rock.zarr");
    folder.write("rock.zarr/0/stale", "from before");
    write_zarr((folder / "rock.zarr") + "/");
    CHECK(tree_of(folder / "rock.zarr") == first);
    { // not finished
        const auto writer = format::create_image(folder / "rock.zarr", {.shape = in_chunks});
        CHECK_THROWS_AS(writer->finish(), Error);
    }
    CHECK(tree_of(folder / "rock.zarr") == first);
    CHECK(folder.files() == std::vector<std::string>{"rock.zarr"});

    const auto sentence = [&](const std::string& path) {
        return std::string(error_of([&] { format::create_image(path, {.shape = in_chunks}); }).what());
    };
    std::filesystem::create_directory(folder / "thesis.zarr");
    CHECK_THAT(sentence(folder / "thesis.zarr"), mentions("has no .zgroup, so it is not replaced"));
    folder.write("thesis.zarr/.zgroup", "{}");
    folder.write("thesis.zarr/thesis.txt", "two years of work");
    CHECK_THAT(sentence(folder / "thesis.zarr"), mentions("has thesis.txt, too, so it is not replaced"));
    folder.write("file.zarr", "before");
    CHECK_THAT(sentence(folder / "file.zarr"), mentions("it is a file, but a folder is made"));
    CHECK_THAT(sentence(folder / "none/a.zarr"), mentions("No such file or directory"));
    CHECK(folder.files().size() == 3);
}

TEST_CASE("an OME-Zarr of voxels of unknown size claims none")
{
    const ScratchFolder folder;
    const auto writer = format::create_image(folder / "a.zarr", {.shape = {1, 1, 2}});
    writer->append(std::vector<std::byte>(2));
    writer->finish();
    const auto attributes = nlohmann::json::parse(bytes_in(folder / "a.zarr/.zattrs"))["multiscales"][0];
    CHECK(attributes["axes"][0] == nlohmann::json::parse(R"({"name": "z", "type": "space"})"));
    CHECK(attributes["datasets"][0]["coordinateTransformations"][0]["scale"] == nlohmann::json::parse("[1.0, 1.0, 1.0]"));
}
