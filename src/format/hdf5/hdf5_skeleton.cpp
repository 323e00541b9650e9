// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/hdf5/hdf5_skeleton.hpp"

#include "file/atomic_file.hpp"
#include "file/input_file.hpp"
#include "file/output_file.hpp"
#include "text/system_error.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace lapilli::format {

Hdf5Skeleton::Hdf5Skeleton(const std::string& path) : path_(path), memory_(::memfd_create("lapilli-skeleton", MFD_CLOEXEC))
{
    const QuietHdf5 quiet;
    const Hdf5Handle access = hdf5_file_access();
    H5Pset_small_data_block_size(access.get(), 0); // so that each chunk goes to the end
    H5Pset_fapl_stdio(access.get()); // the usual driver asks where a link leads to, and this one leads to no folder
    const Hdf5Handle creation(H5Pcreate(H5P_FILE_CREATE), H5Pclose);
    H5Pset_obj_track_times(creation.get(), false);
    file_ = {H5Fcreate(memory_path().c_str(), H5F_ACC_TRUNC, creation.get(), access.get()), H5Fclose};
    require(static_cast<bool>(file_));
}

Hdf5Skeleton::~Hdf5Skeleton()
{
    file_.close();
    if (memory_ >= 0) ::close(memory_);
}

Hdf5Handle Hdf5Skeleton::add_dataset(const std::string& name, hid_t type, std::span<const hsize_t> extent)
{
    const QuietHdf5 quiet;
    const Hdf5Handle creation(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
    H5Pset_obj_track_times(creation.get(), false);
    H5Pset_alloc_time(creation.get(), H5D_ALLOC_TIME_EARLY);
    H5Pset_fill_time(creation.get(), H5D_FILL_TIME_NEVER);
    const Hdf5Handle space(H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr), H5Sclose);
    make_room(static_cast<std::int64_t>(H5Tget_size(type)) * H5Sget_simple_extent_npoints(space.get()));
    Hdf5Handle dataset(H5Dcreate2(file_.get(), name.c_str(), type, space.get(), H5P_DEFAULT, creation.get(), H5P_DEFAULT),
                       H5Dclose);
    require(static_cast<bool>(dataset));
    const bool empty = std::ranges::find(extent, hsize_t{0}) != extent.end(); // it has no place then
    const haddr_t begin = empty ? 0 : H5Dget_offset(dataset.get());
    const haddr_t size = empty ? 0 : H5Dget_storage_size(dataset.get());
    require(begin != HADDR_UNDEF);
    places_.push_back({static_cast<std::int64_t>(begin), static_cast<std::int64_t>(begin + size)});
    return dataset;
}

Hdf5Handle Hdf5Skeleton::add_packed_dataset(const std::string& name, hid_t type, std::span<const hsize_t> extent,
                                            std::span<const hsize_t> chunk)
{
    const QuietHdf5 quiet;
    const Hdf5Handle creation(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
    H5Pset_obj_track_times(creation.get(), false);
    H5Pset_chunk(creation.get(), static_cast<int>(chunk.size()), chunk.data());
    if (H5Tget_size(type) > 1) H5Pset_shuffle(creation.get());
    H5Pset_deflate(creation.get(), 1);
    const Hdf5Handle space(H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr), H5Sclose);
    Hdf5Handle dataset(H5Dcreate2(file_.get(), name.c_str(), type, space.get(), H5P_DEFAULT, creation.get(), H5P_DEFAULT),
                       H5Dclose);
    require(static_cast<bool>(dataset));
    return dataset;
}

std::vector<std::int64_t> Hdf5Skeleton::place_chunks(const Hdf5Handle& dataset, std::span<const Chunk> chunks)
{
    const QuietHdf5 quiet;
    const std::size_t known = places_.size();
    for (const auto& [corner, bytes] : chunks) {
        make_room(bytes);
        nothing_.resize(std::max<std::size_t>(nothing_.size(), bytes));
        mark(places_.size());
        places_.push_back({size_so_far(), size_so_far() + bytes}); // at the end, unless HDF5 first says something of it
        require(H5Dwrite_chunk(dataset.get(), H5P_DEFAULT, 0, corner.data(), bytes, nothing_.data()) >= 0);
    }
    require(H5Fflush(file_.get(), H5F_SCOPE_LOCAL) >= 0);
    std::vector<std::int64_t> begins;
    for (std::size_t i = 0; i < chunks.size(); ++i) {
        auto& place = places_[known + i];
        if (!has_mark(place.begin, known + i)) place = ask_place(dataset, chunks[i]);
        begins.push_back(place.begin);
    }
    for (const auto& [begin, end] : std::span(places_).subspan(known)) // it need not be kept
        ::fallocate(memory_, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, begin, end - begin);
    return begins;
}

/// HDF5 looks through all chunks to tell: of every one that would take hours.
Hdf5Skeleton::Place Hdf5Skeleton::ask_place(const Hdf5Handle& dataset, const Chunk& chunk) const
{
    haddr_t begin = HADDR_UNDEF;
    require(H5Dget_chunk_info_by_coord(dataset.get(), chunk.corner.data(), nullptr, &begin, nullptr) >= 0);
    require(begin != HADDR_UNDEF);
    return {static_cast<std::int64_t>(begin), static_cast<std::int64_t>(begin) + chunk.bytes};
}

/// What HDF5 is given for the values tells whose they are, and is never zero.
void Hdf5Skeleton::mark(std::size_t place)
{
    const std::size_t number = place + 1;
    static_assert(sizeof number <= smallest_chunk);
    std::memcpy(nothing_.data(), &number, sizeof number);
}

bool Hdf5Skeleton::has_mark(std::int64_t begin, std::size_t place) const
{
    std::size_t number = 0;
    return ::pread(memory_, &number, sizeof number, begin) == sizeof number && number == place + 1;
}

void Hdf5Skeleton::add_text(const Hdf5Handle& object, const std::string& name, const std::string& words) const
{
    const Hdf5Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
    H5Tset_size(type.get(), words.size() + 1);
    H5Tset_cset(type.get(), H5T_CSET_UTF8);
    add_attribute(object, name, type.get(), words.c_str());
}

void Hdf5Skeleton::add_voxel_size(const Hdf5Handle& object, const VoxelEdges& edges) const
{
    const std::array values{edges.z, edges.y, edges.x};
    add_attribute(object, "voxel_size_m", H5T_NATIVE_DOUBLE, values.data(), edges.cubic() ? 1 : values.size());
}

void Hdf5Skeleton::add_numbers(const Hdf5Handle& object, const std::string& name, std::span<const double> values) const
{
    add_attribute(object, name, H5T_NATIVE_DOUBLE, values.data(), values.size());
}

std::vector<std::int64_t> Hdf5Skeleton::write_to(file::PendingFile& file) const
{
    file.reserve(flushed_size());
    write_between_values(file);
    std::vector<std::int64_t> begins;
    for (const auto& place : places_) begins.push_back(place.begin);
    return begins;
}

void Hdf5Skeleton::write_around(file::PendingFile& file) const
{
    file.resize(flushed_size());
    write_between_values(file);
}

std::int64_t Hdf5Skeleton::flushed_size() const
{
    const QuietHdf5 quiet;
    require(H5Fflush(file_.get(), H5F_SCOPE_LOCAL) >= 0);
    const auto size = size_so_far();
    if (::ftruncate(memory_, size) != 0) throw text::system_error("write", path_, errno);
    return size;
}

void Hdf5Skeleton::write_between_values(const file::PendingFile& file) const
{
    const file::InputFile memory(memory_path());
    const file::OutputFile disk(file.temporary().string(), file.path().string());
    auto holes = places_;
    std::ranges::sort(holes, {}, &Place::begin);
    holes.push_back({memory.size(), memory.size()});
    std::int64_t at = 0;
    for (const auto& hole : holes) {
        std::vector<std::byte> between(hole.begin - at);
        memory.read(at, between);
        disk.write(at, between);
        at = hole.end;
    }
    disk.sync();
}

void Hdf5Skeleton::require(bool good) const
{
    if (!good) throw failure("cannot write {}: {}; free some memory and run again", path_, hdf5_reason());
}

void Hdf5Skeleton::add_attribute(const Hdf5Handle& object, const std::string& name, hid_t type, const void* value,
                                 std::size_t count) const
{
    const QuietHdf5 quiet;
    const hsize_t extent = count;
    const Hdf5Handle space(count == 1 ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &extent, nullptr), H5Sclose);
    const Hdf5Handle attribute(H5Acreate2(object.get(), name.c_str(), type, space.get(), H5P_DEFAULT, H5P_DEFAULT),
                               H5Aclose);
    require(attribute && H5Awrite(attribute.get(), type, value) >= 0);
}

std::int64_t Hdf5Skeleton::size_so_far() const
{
    hsize_t size = 0;
    require(H5Fget_filesize(file_.get(), &size) >= 0);
    return static_cast<std::int64_t>(size);
}

void Hdf5Skeleton::make_room(std::int64_t bytes)
{
    constexpr std::int64_t margin = 65536; // for what HDF5 says of it
    const auto wanted = size_so_far() + bytes + margin;
    if (wanted <= room_) return;
    room_ = wanted + wanted / 8;
    if (::ftruncate(memory_, room_) != 0) throw text::system_error("write", path_, errno);
}

std::string Hdf5Skeleton::memory_path() const { return fmt::format("/proc/self/fd/{}", memory_); }

} // namespace lapilli::format
