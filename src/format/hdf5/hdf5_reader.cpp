// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/hdf5/hdf5_reader.hpp"

#include "format/hdf5/hdf5_layout.hpp"
#include "format/hdf5/hdf5_plain.hpp"
#include "format/hdf5/hdf5_sources.hpp"
#include "format/hdf5/hdf5_voxel_size.hpp"
#include "text/sentence.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>
#include <vector>

namespace lapilli::format {
namespace {

/// A dataset of an open file, of which nothing has been read.
struct Hdf5Image {
    Hdf5Handle file = {};
    Hdf5Handle dataset = {};
    std::string name = {}; ///< with the leading '/'
    Hdf5Layout layout = {};
    std::vector<std::string> remarks = {};
    std::optional<PlainVoxels> plain = std::nullopt;
};

class Hdf5Reader : public ImageReader {
public:
    Hdf5Reader(const std::string& path, Hdf5Image image) : image_(std::move(image))
    {
        const Hdf5Layout& layout = image_.layout;
        description_ = {.path = path + ":" + image_.name,
                        .format = fmt::format("HDF5 {} {}", image_.name, name(layout.type)),
                        .shape = layout.shape,
                        .type = layout.type,
                        .layer = layout.chunk_nz,
                        .plain = image_.plain,
                        .remarks = image_.remarks};
        const VoxelSize size = hdf5_voxel_size(image_.dataset.get(), image_.file.get(), image_.name);
        description_.voxel_edges_m = size.edges_m;
        description_.voxel_by = size.by;
        description_.voxel_remarks = size.remarks;
    }

    bool streamed() const override { return false; }

protected:
    void load(PlaneRange planes, std::span<std::byte> voxels) override
    {
        const QuietHdf5 quiet;
        const Hdf5Layout& layout = image_.layout;
        std::array<hsize_t, H5S_MAX_RANK> start{};
        std::array<hsize_t, H5S_MAX_RANK> count;
        count.fill(1);
        const std::size_t axis = layout.first_axis;
        start[axis] = static_cast<hsize_t>(planes.first);
        count[axis] = static_cast<hsize_t>(planes.count());
        count[axis + 1] = static_cast<hsize_t>(layout.shape.ny);
        count[axis + 2] = static_cast<hsize_t>(layout.shape.nx);
        const Hdf5Handle stored(H5Dget_space(image_.dataset.get()), H5Sclose);
        const Hdf5Handle memory(H5Screate_simple(layout.rank, count.data(), nullptr), H5Sclose);
        H5Sselect_hyperslab(stored.get(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr);
        if (H5Dread(image_.dataset.get(), memory_type(layout), memory.get(), stored.get(), H5P_DEFAULT, voxels.data()) < 0)
            throw input_error("cannot read planes {} to {} of {} ({}); the file was cut off or is damaged", planes.first,
                              planes.last - 1, description_.path, hdf5_reason());
    }

private:
    Hdf5Image image_;
};

/// The candidates for a sentence, with what a user would type.
std::string listed(const std::string& path, const std::vector<Hdf5Candidate>& candidates)
{
    constexpr std::size_t enough = 8;
    std::string words;
    for (std::size_t i = 0; i < std::min(enough, candidates.size()); ++i)
        words += fmt::format("{}{}:{} ({} {})", i == 0 ? "" : ", ", path, candidates[i].name,
                             text::shape_text(candidates[i].layout.shape), name(candidates[i].layout.type));
    if (candidates.size() > enough) words += fmt::format(" and {} more", candidates.size() - enough);
    return words;
}

/// Whether HDF5's last error is of a part of the file that is written in another version than it knows.
bool of_unknown_version() { return hdf5_reason().find("version") != std::string::npos; }

Error newer_file(const std::string& path)
{
    const std::string reason = hdf5_reason(); // before the next call forgets it
    unsigned major = 0, minor = 0, release = 0;
    H5get_libversion(&major, &minor, &release);
    return input_error("{} is of a version that HDF5 {}.{}.{} does not know ({}), so a newer HDF5 has written it, or it is "
                       "damaged; write it again by `h5repack --high=2 {} NEW.h5` there, or by h5py with libver='earliest'",
                       path, major, minor, release, reason, path);
}

std::string only_dataset(const std::string& path, hid_t file)
{
    const std::vector<Hdf5Candidate> candidates = hdf5_candidates(file);
    if (candidates.empty())
        throw input_error(
            "{} holds no three-dimensional dataset of numbers, but an image is expected; is it the right file?", path);
    if (candidates.size() > 1)
        throw input_error("{} holds {} datasets that could be the image; name one of {}", path, candidates.size(),
                          listed(path, candidates));
    return candidates[0].name;
}

Error no_such_dataset(const std::string& path, const std::string& name, hid_t file)
{
    const std::vector<Hdf5Candidate> candidates = hdf5_candidates(file);
    if (candidates.empty()) return input_error("{} has no dataset {} and no other image; is it the right file?", path, name);
    return input_error("{} has no dataset {}, but there is {}; name one that is there", path, name,
                       listed(path, candidates));
}

/// @throws Error lengths on which HDF5 reads out of bounds
void require_sound(const std::string& path, const Hdf5Image& image)
{
    if (!image.layout.sound)
        throw input_error("the dataset {} of {} has lengths beyond its own limits; the file is damaged, write it again",
                          image.name, path);
}

/// @throws Error a dataset that promises more than the file can hold, or that was never written
void require_plausible(const file::InputFile& file, const Hdf5Image& image)
{
    const Hdf5Layout& layout = image.layout;
    std::int64_t bytes = bytes_of(layout.type);
    const bool overflow = __builtin_mul_overflow(bytes, layout.shape.nz, &bytes) ||
                          __builtin_mul_overflow(bytes, layout.shape.ny, &bytes) ||
                          __builtin_mul_overflow(bytes, layout.shape.nx, &bytes);
    constexpr std::int64_t best_ratio = 16384; // of the filters that are in use
    constexpr double index_bytes = 8;          // at least, that a chunk takes in the index of chunks
    const std::int64_t ratio = layout.chunk_bytes > 0 ? best_ratio : 1;
    require_sound(file.path(), image);
    const auto size = static_cast<double>(file.size());
    const bool indexed = layout.chunk_bytes == 0 || layout.chunks * index_bytes <= size || layout.chunks == 1;
    if (!overflow && indexed && bytes / ratio <= file.size() && layout.chunk_bytes / ratio <= file.size()) return;
    throw input_error("{} has {} bytes, too few for the {} voxels {} of its dataset {}; it was cut off or never written",
                      file.path(), text::grouped(file.size()), text::shape_text(layout.shape), name(layout.type),
                      image.name);
}

/// One layer of chunks is kept unpacked, so that planes read one after the other do not unpack it again.
Hdf5Handle dataset_access(const Hdf5Layout& layout)
{
    constexpr std::int64_t most = std::int64_t{256} << 20;
    constexpr std::size_t slots = 12421; // a prime, well above the chunks of a layer
    Hdf5Handle access(H5Pcreate(H5P_DATASET_ACCESS), H5Pclose);
    const std::int64_t layer = layout.shape.plane() * bytes_of(layout.type) * layout.chunk_nz;
    if (layout.chunk_bytes > 0) H5Pset_chunk_cache(access.get(), slots, std::min(most, layer + layout.chunk_bytes), 1.0);
    return access;
}

} // namespace

bool is_hdf5(const file::InputFile& file)
{
    constexpr std::array<unsigned char, 8> signature{0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    std::array<std::byte, 8> begin{};
    for (std::int64_t offset = 0; offset < file.size(); offset = offset == 0 ? 512 : offset * 2)
        if (file.read_some(offset, begin) == begin.size() &&
            std::ranges::equal(begin, signature, {}, [](std::byte b) { return std::to_integer<unsigned char>(b); }))
            return true;
    return false;
}

std::unique_ptr<ImageReader> open_hdf5(const file::InputFile& file, const std::string& dataset)
{
    const QuietHdf5 quiet;
    const Hdf5Handle access = hdf5_file_access();
    Hdf5Image image{.file = {H5Fopen(file.path().c_str(), H5F_ACC_RDONLY, access.get()), H5Fclose}};
    if (!image.file && of_unknown_version()) throw newer_file(file.path());
    if (!image.file)
        throw input_error("{} cannot be opened as HDF5 ({}); it was cut off or is damaged", file.path(), hdf5_reason());
    image.name = dataset.empty() ? only_dataset(file.path(), image.file.get()) : dataset;
    if (!image.name.starts_with('/')) image.name.insert(image.name.begin(), '/');
    const auto open = [&](hid_t how) {
        image.dataset = Hdf5Handle(H5Dopen2(image.file.get(), image.name.c_str(), how), H5Dclose);
    };
    open(H5P_DEFAULT);
    if (!image.dataset && of_unknown_version()) throw newer_file(file.path());
    if (!image.dataset) throw no_such_dataset(file.path(), image.name, image.file.get());
    const auto layout = hdf5_layout(image.dataset.get());
    if (!layout)
        throw input_error(
            "the dataset {} of {} is no image, which has three dimensions of integers or floats up to 64 bits; "
            "name another one",
            image.name, file.path());
    image.layout = *layout;
    const Hdf5Source source = hdf5_source(file.path(), image.name, image.dataset.get());
    if (source.elsewhere)
        require_sound(file.path(), image);
    else if (std::error_code same; std::filesystem::equivalent(source.file, file.path(), same))
        require_plausible(file, image);
    else
        require_plausible(file::InputFile(source.file), image);
    image.remarks = source.remarks;
    if (!source.elsewhere) image.plain = hdf5_plain(source.file, image.dataset.get(), image.layout);
    image.dataset.close(); // HDF5 takes a cache size only from the first opening
    open(dataset_access(image.layout).get());
    if (!image.dataset) throw no_such_dataset(file.path(), image.name, image.file.get());
    return std::make_unique<Hdf5Reader>(file.path(), std::move(image));
}

} // namespace lapilli::format
