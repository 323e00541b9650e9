// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/voxel_edges.hpp"
#include "format/hdf5/hdf5_handle.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace lapilli::file {
class PendingFile;
}

namespace lapilli::format {

/// Everything of an HDF5 file but the values of its datasets, which then stand at known places: whoever has some writes them
/// there, without HDF5, which must not meet a disk that fails. Parallel HDF5 waits for ever where a write has failed on one
/// rank only, and 1.10 crashes at the end of a process that had one. So HDF5 works in memory, which only has holes where the
/// values go. One rank, not collective; all members throw an Error where HDF5 refuses.
class Hdf5Skeleton {
public:
    /// @param path  for errors
    explicit Hdf5Skeleton(const std::string& path);
    ~Hdf5Skeleton();
    Hdf5Skeleton(const Hdf5Skeleton&) = delete;
    Hdf5Skeleton& operator=(const Hdf5Skeleton&) = delete;

    /// A dataset that is not packed.
    Hdf5Handle add_dataset(const std::string& name, hid_t type, std::span<const hsize_t> extent);
    /// One in chunks that are shuffled and deflated by who writes them. Chunks that have no place are zeros.
    Hdf5Handle add_packed_dataset(const std::string& name, hid_t type, std::span<const hsize_t> extent,
                                  std::span<const hsize_t> chunk);
    /// A chunk that is packed; zlib makes none smaller.
    static constexpr std::size_t smallest_chunk = 8;
    struct Chunk {
        std::vector<hsize_t> corner; ///< index of its first value in the dataset
        std::int64_t bytes;
    };
    /// Gives chunks their places. Returns where each begins [bytes].
    std::vector<std::int64_t> place_chunks(const Hdf5Handle& dataset, std::span<const Chunk> chunks);
    /// Attributes: of the file, or of a dataset.
    void add_text(const std::string& name, const std::string& words) const { add_text(file_, name, words); }
    void add_text(const Hdf5Handle& object, const std::string& name, const std::string& words) const;
    /// "voxel_size_m" [m]: one number, or of voxels that are no cubes three, z, y, x.
    void add_voxel_size(const VoxelEdges& edges) const { add_voxel_size(file_, edges); }
    void add_voxel_size(const Hdf5Handle& object, const VoxelEdges& edges) const;
    /// One number, or several.
    void add_numbers(const Hdf5Handle& object, const std::string& name, std::span<const double> values) const;

    /// Takes the space for the whole file on the disk and writes all but the values, synced, so that other machines see it.
    /// Returns where the values of each dataset begin [bytes], in the order in which they were added. @throws Error disk
    /// full
    std::vector<std::int64_t> write_to(file::PendingFile& file) const;
    /// The same when the values have been written already: the file gets its final size. @throws Error disk full
    void write_around(file::PendingFile& file) const;

private:
    /// The values of a dataset, or of a chunk.
    struct Place {
        std::int64_t begin, end;
    };

    std::int64_t size_so_far() const;
    std::int64_t flushed_size() const;
    void write_between_values(const file::PendingFile& file) const;
    Place ask_place(const Hdf5Handle& dataset, const Chunk& chunk) const;
    void mark(std::size_t place);
    bool has_mark(std::int64_t begin, std::size_t place) const;
    void require(bool good) const;
    void add_attribute(const Hdf5Handle& object, const std::string& name, hid_t type, const void* value,
                       std::size_t count = 1) const;
    /// Before HDF5 asks for it: also this file may be refused its size, by `ulimit -f`.
    void make_room(std::int64_t bytes);
    std::string memory_path() const;

    std::string path_;
    int memory_ = -1; ///< a file without a disk
    std::int64_t room_ = 0;
    Hdf5Handle file_;
    std::vector<Place> places_;
    std::vector<std::byte> nothing_; ///< what HDF5 is given in the place of packed values
};

} // namespace lapilli::format
