// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/zarr/zarr_reader.hpp"

#include "core/error.hpp"
#include "file/input_file.hpp"
#include "format/decode.hpp"
#include "format/zarr/zarr_place.hpp"
#include "text/sentence.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

namespace lapilli::format {
namespace {

/// The extent along an axis, counted from the last one; 1 where there is none.
std::int64_t from_last(const std::vector<std::int64_t>& extents, std::size_t axis)
{
    return axis < extents.size() ? extents[extents.size() - 1 - axis] : 1;
}

Shape last_three(const std::vector<std::int64_t>& extents)
{
    return {from_last(extents, 2), from_last(extents, 1), from_last(extents, 0)};
}

/// @throws Error axes that are no z, y, x, or several volumes
void require_one_volume(const ZarrPlace& place)
{
    const std::string& folder = place.array.folder;
    const auto& shape = place.array.shape;
    const auto& axes = place.axes;
    std::string names;
    for (const auto& name : axes) names += (names.empty() ? "" : ", ") + name;
    const auto is = [&](std::size_t from_last, std::string_view name) {
        return from_last >= axes.size() || axes[axes.size() - 1 - from_last] == name;
    };
    const bool flat = axes.size() > 2 && axes[axes.size() - 3] != "z"; // t, y, x
    if (shape.size() < 2 || !is(0, "x") || !is(1, "y") || (flat && shape[shape.size() - 3] > 1))
        throw input_error("{} has the axes {}, but z, y, x are expected to be the last ones; write it in that order", folder,
                          names.empty() ? "of a list" : names);
    for (std::size_t i = 0; i + 3 < shape.size(); ++i)
        if (shape[i] > 1)
            throw input_error("{} holds {} channels, times or volumes{}, but one volume is expected; save one of them alone",
                              folder, shape[i], axes.empty() ? "" : " along " + axes[i]);
}

/// A small array may have no chunk at all, which is said. @throws Error nearly no chunk is there: a few bytes of metadata may
/// not promise a large image
void require_chunks(const ZarrArray& array, std::vector<std::string>& remarks)
{
    constexpr double most_missing = 4096, most_filled = 1 << 28; // chunks for one that is there; bytes where none is
    double promised = 1;
    for (std::size_t i = 0; i < array.shape.size(); ++i)
        promised *= static_cast<double>((array.shape[i] - 1) / array.chunk[i] + 1);
    double found = 0;
    std::error_code failed;
    for (std::filesystem::recursive_directory_iterator at(array.folder, failed), end; !failed && at != end;
         at.increment(failed)) {
        const std::string name = at->path().filename().string();
        found += !name.starts_with('.') && name != "zarr.json" && at->is_regular_file(failed) ? 1 : 0;
        if (found * most_missing >= promised) return;
    }
    double bytes = static_cast<double>(bytes_of(array.type));
    for (const auto extent : array.shape) bytes *= static_cast<double>(extent);
    if (found == 0 && promised <= most_missing && bytes <= most_filled) {
        remarks.push_back(fmt::format("{} has none of its {:.0f} chunks, so that each voxel has the fill value; if that is "
                                      "not meant, copy the whole folder again",
                                      array.folder, promised));
        return;
    }
    throw input_error("{} promises {:.0f} chunks of voxels, but has {:.0f}; copy the whole folder, or write it again",
                      array.folder, promised, found);
}

class ZarrReader : public ImageReader {
public:
    explicit ZarrReader(ZarrPlace place, const std::string& path)
        : array_(std::move(place.array)), chunk_(last_three(array_.chunk))
    {
        description_ = {.path = path,
                        .format = fmt::format("{}Zarr {} {}, {}", place.is_ome ? "OME-" : "", array_.version,
                                              name(array_.type), name(array_.codec)),
                        .shape = last_three(array_.shape),
                        .type = array_.type,
                        .voxel_edges_m = place.voxel.edges_m,
                        .voxel_by = place.voxel.by,
                        .remarks = std::move(place.remarks),
                        .voxel_remarks = std::move(place.voxel.remarks)};
        description_.layer = std::min(chunk_.nz, description_.shape.nz);
    }

    bool streamed() const override { return false; }

protected:
    void load(PlaneRange planes, std::span<std::byte> voxels) override
    {
        const std::int64_t plane = description_.shape.plane() * bytes_of(array_.type);
        for (PlaneRange part{planes.first, planes.first}; part.last < planes.last; part.first = part.last) {
            const std::int64_t layer = part.first / chunk_.nz;
            part.last = std::min(planes.last, (layer + 1) * chunk_.nz);
            load_part(layer, part, voxels.subspan((part.first - planes.first) * plane, part.count() * plane));
        }
    }

private:
    /// Planes of one layer of chunks. A layer of which only some are wanted is kept, unless it is large, so that who reads
    /// on does not unpack it again.
    void load_part(std::int64_t layer, PlaneRange part, std::span<std::byte> voxels)
    {
        constexpr std::int64_t most_kept = std::int64_t{256} << 20; // [bytes]
        const std::int64_t nz = description_.shape.nz;
        const PlaneRange whole{layer * chunk_.nz, std::min(nz, (layer + 1) * chunk_.nz)};
        const std::int64_t plane = description_.shape.plane() * bytes_of(array_.type);
        if (part == whole || whole.count() > most_kept / plane) return unpack_part(layer, part, voxels);
        if (kept_layer_ != layer) {
            kept_layer_ = -1;
            kept_.resize(whole.count() * plane);
            unpack_part(layer, whole, kept_);
            kept_layer_ = layer;
        }
        std::ranges::copy(std::span(kept_).subspan((part.first - whole.first) * plane, voxels.size()), voxels.begin());
    }

    void unpack_part(std::int64_t layer, PlaneRange part, std::span<std::byte> voxels)
    {
        const Shape& shape = description_.shape;
        for (std::int64_t y = 0; y < shape.ny; y += chunk_.ny)
            for (std::int64_t x = 0; x < shape.nx; x += chunk_.nx) {
                const bool there = load_chunk({layer, y / chunk_.ny, x / chunk_.nx});
                copy_chunk(there, part, {layer * chunk_.nz, y, x}, voxels);
            }
    }

    struct Index {
        std::int64_t z, y, x;
    };

    /// A chunk -> unpacked_; false if there is none.
    bool load_chunk(const Index& at)
    {
        std::vector<std::int64_t> index(std::max<std::size_t>(array_.shape.size(), 3));
        std::ranges::copy(std::array{at.z, at.y, at.x}, index.end() - 3);
        const std::string path = array_.chunk_file(std::span(index).last(array_.shape.size()));
        if (std::error_code ignored; !std::filesystem::exists(path, ignored)) return false;
        file::InputFile file(path, "a chunk of voxels");
        const std::int64_t packed = file.size(), bytes = array_.chunk_bytes();
        const bool plausible = is_plausible(array_.codec, packed, bytes);
        if (plausible) unpacked_.resize(bytes);
        if (!plausible || !unpack_chunk(array_.codec, std::move(file), unpacked_))
            throw input_error("{} has {} bytes that do not unpack ({}) to the {} of a chunk; it was cut off or is damaged",
                              path, text::grouped(packed), name(array_.codec), text::grouped(bytes));
        if (array_.swap) swap_bytes(array_.type, unpacked_);
        return true;
    }

    /// Rows of unpacked_, or of the fill value, that lie in the planes of `part`. @param corner  of the chunk in the image
    void copy_chunk(bool there, PlaneRange part, const Index& corner, std::span<std::byte> voxels) const
    {
        const Shape& shape = description_.shape;
        const std::int64_t size = bytes_of(array_.type), width = std::min(chunk_.nx, shape.nx - corner.x);
        const std::int64_t rows = std::min(chunk_.ny, shape.ny - corner.y);
        for (std::int64_t z = part.first; z < part.last; ++z)
            for (std::int64_t y = 0; y < rows; ++y) {
                const auto row = voxels.subspan((((z - part.first) * shape.ny + corner.y + y) * shape.nx + corner.x) * size,
                                                width * size);
                const std::int64_t from = (((z - corner.z) * chunk_.ny + y) * chunk_.nx) * size;
                if (there)
                    std::ranges::copy(std::span(unpacked_).subspan(from, row.size()), row.begin());
                else
                    for (std::size_t i = 0; i < row.size(); i += size)
                        std::ranges::copy(array_.fill, row.subspan(i).begin());
            }
    }

    ZarrArray array_;
    Shape chunk_;                     ///< its extent
    std::vector<std::byte> unpacked_; ///< a chunk
    std::vector<std::byte> kept_;     ///< a layer of chunks
    std::int64_t kept_layer_ = -1;
};

} // namespace

std::unique_ptr<ImageReader> open_zarr(const std::string& folder, const std::string& part)
{
    ZarrPlace place = zarr_place(folder, part);
    require_one_volume(place);
    require_chunks(place.array, place.remarks);
    return std::make_unique<ZarrReader>(std::move(place), part.empty() ? folder : folder + ":" + part);
}

} // namespace lapilli::format
