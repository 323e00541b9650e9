// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/shared_dataset.hpp"

#include <algorithm>

namespace lapilli::io {
namespace {

constexpr std::int64_t most_bytes = std::int64_t{1} << 30; // of one write: MPI-IO counts in int

} // namespace

SharedDataset::SharedDataset(const parallel::Communicator& comm, const std::string& path, const std::string& name,
                             const std::string& shown)
    : comm_(comm), shown_(shown)
{
    comm_.together([&] {
        const QuietHdf5 quiet;
        const Hdf5Handle access = hdf5_file_access();
        // The communicator must not have a Cartesian topology: OMPIO of Open MPI 4.1 then writes to wrong places.
        require(H5Pset_fapl_mpio(access.get(), comm_.handle(), MPI_INFO_NULL) >= 0);
        file_ = {H5Fopen(path.c_str(), H5F_ACC_RDWR, access.get()), H5Fclose};
    });
    comm_.together([&] {
        require(static_cast<bool>(file_));
        const QuietHdf5 quiet;
        dataset_ = {H5Dopen2(file_.get(), name.c_str(), H5P_DEFAULT), H5Dclose};
        require(static_cast<bool>(dataset_));
        const Hdf5Handle space(H5Dget_space(dataset_.get()), H5Sclose);
        extent_.resize(static_cast<std::size_t>(H5Sget_simple_extent_ndims(space.get())));
        H5Sget_simple_extent_dims(space.get(), extent_.data(), nullptr);
        const Hdf5Handle type(H5Dget_type(dataset_.get()), H5Tclose);
        row_bytes_ = static_cast<std::int64_t>(H5Tget_size(type.get()));
        for (std::size_t d = 1; d < extent_.size(); ++d) row_bytes_ *= static_cast<std::int64_t>(extent_[d]);
    });
}

/// In pieces that MPI can count, equally many on every rank.
void SharedDataset::write(std::int64_t first, std::int64_t count, const std::byte* values)
{
    const std::int64_t at_once = std::max<std::int64_t>(1, most_bytes / row_bytes_);
    const auto pieces = comm_.max((count + at_once - 1) / at_once);
    for (std::int64_t piece = 0; piece < pieces; ++piece) {
        const std::int64_t begin = std::min(count, piece * at_once), end = std::min(count, begin + at_once);
        comm_.together([&] { write_piece(first + begin, end - begin, values + begin * row_bytes_); });
    }
}

/// Collective in HDF5, so a rank without rows selects nothing but calls it, too.
void SharedDataset::write_piece(std::int64_t first, std::int64_t count, const std::byte* values)
{
    const QuietHdf5 quiet;
    std::vector<hsize_t> start(extent_.size(), 0), counts = extent_;
    start[0] = static_cast<hsize_t>(first);
    counts[0] = static_cast<hsize_t>(count);
    const Hdf5Handle stored(H5Dget_space(dataset_.get()), H5Sclose);
    const Hdf5Handle memory(H5Screate_simple(static_cast<int>(counts.size()), counts.data(), nullptr), H5Sclose);
    if (count > 0) {
        H5Sselect_hyperslab(stored.get(), H5S_SELECT_SET, start.data(), nullptr, counts.data(), nullptr);
    } else {
        H5Sselect_none(stored.get());
        H5Sselect_none(memory.get());
    }
    const Hdf5Handle transfer(H5Pcreate(H5P_DATASET_XFER), H5Pclose);
    H5Pset_dxpl_mpio(transfer.get(), H5FD_MPIO_COLLECTIVE);
    // the type of the file is that of the memory, for HDF5 writes one by one what it has to convert
    const Hdf5Handle type(H5Dget_type(dataset_.get()), H5Tclose);
    require(H5Dwrite(dataset_.get(), type.get(), memory.get(), stored.get(), transfer.get(), values) >= 0);
    std::uint32_t here = 0, anywhere = 0;
    H5Pget_mpio_no_collective_cause(transfer.get(), &here, &anywhere);
    if (anywhere != H5D_MPIO_COLLECTIVE)
        throw failure("HDF5 did not write {} on all ranks together (cause {}); please report it", shown_, anywhere);
}

std::int64_t SharedDataset::offset() const { return static_cast<std::int64_t>(H5Dget_offset(dataset_.get())); }

void SharedDataset::close()
{
    comm_.together([&] {
        const bool good = dataset_.close();
        require(file_.close() && good);
    });
}

void SharedDataset::require(bool good) const
{
    if (!good) throw failure("cannot write {}: {}; run again when that is mended", shown_, hdf5_reason());
}

} // namespace lapilli::io
