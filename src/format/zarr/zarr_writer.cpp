// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "core/error.hpp"
#include "file/atomic_folder.hpp"
#include "format/image_formats.hpp"
#include "format/plain/npy_head.hpp"
#include "format/plain/plain_writer.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <vector>

#include <zlib.h>

namespace lapilli::format {
namespace {

using OrderedJson = nlohmann::ordered_json;

constexpr std::int64_t chunk_edge = 64; // [voxels]: 262 144 of them, the size that viewers like
constexpr int zlib_level = 1;           // of zlib, as numcodecs has it: labels pack well and fast

OrderedJson array_metadata(const NewImage& image)
{
    const auto& [nz, ny, nx] = image.shape;
    return {{"chunks", {chunk_edge, chunk_edge, chunk_edge}},
            {"compressor", {{"id", "zlib"}, {"level", zlib_level}}},
            {"dimension_separator", "/"},
            {"dtype", numpy_code(image.type)},
            {"fill_value", 0},
            {"filters", nullptr},
            {"order", "C"},
            {"shape", {nz, ny, nx}},
            {"zarr_format", 2}};
}

/// What OME-NGFF 0.4 asks for: the axes, and the scale of the one level.
OrderedJson multiscales_of(const std::string& name, const NewImage& image)
{
    constexpr double um = 1e-6;
    OrderedJson axes = OrderedJson::array(), scale = OrderedJson::array();
    for (const Axis axis : {Axis::z, Axis::y, Axis::x}) {
        OrderedJson& added =
            axes.emplace_back(OrderedJson{{"name", std::string(1, lapilli::name(axis))}, {"type", "space"}});
        if (image.voxel_edges_m) added["unit"] = "micrometer";
        scale.push_back(image.voxel_edges_m ? in_units(image.voxel_edges_m->along(axis), um) : 1.0);
    }
    const OrderedJson level_0 = {
        {"path", "0"},
        {"coordinateTransformations", OrderedJson::array({OrderedJson{{"type", "scale"}, {"scale", scale}}})}};
    return {{"multiscales",
             OrderedJson::array({OrderedJson{
                 {"version", "0.4"}, {"name", name}, {"axes", axes}, {"datasets", OrderedJson::array({level_0})}}})}};
}

/// "rock" of "folder/rock.ome.zarr".
std::string image_name(const std::string& path)
{
    const std::filesystem::path whole(path);
    const auto name = (whole.has_filename() ? whole : whole.parent_path()).stem().string();
    return name.substr(0, name.size() - (name.ends_with(".ome") ? 4 : 0));
}

class ZarrWriter : public ImageWriter {
public:
    ZarrWriter(const std::string& path, const NewImage& image)
        : ImageWriter(image), path_(path), folder_(path, {".zgroup", ".zattrs", "0"})
    {
        add_json(".zgroup", {{"zarr_format", 2}});
        add_json(".zattrs", multiscales_of(image_name(path), image));
        add_json("0/.zarray", array_metadata(image));
        planes_.reserve(bytes_held());
    }

    std::int64_t bytes_held() const override { return std::min(chunk_edge, image_.shape.nz) * image_.plane_bytes(); }

    void append(std::span<const std::byte> voxels) override
    {
        take_planes(voxels);
        const std::size_t full = chunk_edge * image_.plane_bytes();
        while (!voxels.empty()) {
            const auto part = voxels.first(std::min(voxels.size(), full - planes_.size()));
            planes_.insert(planes_.end(), part.begin(), part.end());
            voxels = voxels.subspan(part.size());
            if (planes_.size() == full) write_chunks();
        }
    }

    void finish() override
    {
        require_all_planes();
        if (!planes_.empty()) write_chunks();
        folder_.commit();
    }

private:
    void add_json(const std::string& name, const OrderedJson& json)
    {
        // A file name need not be UTF-8, but JSON must be.
        const auto text = json.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
        folder_.add(name, std::as_bytes(std::span(text)));
    }

    /// Those of the planes that are there, as many as a chunk is deep, or the last ones.
    void write_chunks()
    {
        for (std::int64_t y = 0; y < image_.shape.ny; y += chunk_edge)
            for (std::int64_t x = 0; x < image_.shape.nx; x += chunk_edge)
                folder_.add(fmt::format("0/{}/{}/{}", layer_, y / chunk_edge, x / chunk_edge), packed(cut(y, x)));
        planes_.clear();
        ++layer_;
    }

    /// A chunk; what of it lies beyond the image is 0.
    std::span<const std::byte> cut(std::int64_t first_y, std::int64_t first_x)
    {
        const std::int64_t size = bytes_of(image_.type), plane = image_.plane_bytes(), row = image_.shape.nx * size;
        const std::int64_t rows = std::min(chunk_edge, image_.shape.ny - first_y);
        const std::int64_t length = std::min(chunk_edge, image_.shape.nx - first_x) * size;
        cube_.assign(chunk_edge * chunk_edge * chunk_edge * size, std::byte{0});
        for (std::int64_t z = 0; z * plane < std::ssize(planes_); ++z)
            for (std::int64_t y = 0; y < rows; ++y)
                std::copy_n(planes_.begin() + z * plane + (first_y + y) * row + first_x * size, length,
                            cube_.begin() + (z * chunk_edge + y) * chunk_edge * size);
        return cube_;
    }

    std::span<const std::byte> packed(std::span<const std::byte> cube)
    {
        uLongf bytes = compressBound(cube.size());
        packed_.resize(bytes);
        if (compress2(reinterpret_cast<Bytef*>(packed_.data()), &bytes, reinterpret_cast<const Bytef*>(cube.data()),
                      cube.size(), zlib_level) != Z_OK)
            throw failure("cannot write {}: there is no memory to pack voxels in; free some", path_);
        return std::span(packed_).first(bytes);
    }

    std::string path_;
    file::PendingFolder folder_;
    std::int64_t layer_ = 0;        ///< of chunks
    std::vector<std::byte> planes_; ///< of that layer
    std::vector<std::byte> cube_;   ///< a chunk of it
    std::vector<std::byte> packed_; ///< the same, packed
};

} // namespace

std::unique_ptr<ImageWriter> create_zarr(const std::string& path, const NewImage& image)
{
    return std::make_unique<ZarrWriter>(path, image);
}

} // namespace lapilli::format
