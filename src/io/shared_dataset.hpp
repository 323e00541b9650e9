// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "io/hdf5_handle.hpp"
#include "parallel/communicator.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace lapilli::io {

/// A dataset of an HDF5 file, open on all ranks, each of which writes some of its rows: what one index of the first
/// dimension stands for. All members are collective; an error is thrown on every rank.
class SharedDataset {
public:
    /// The file and the dataset exist. @param shown  the file's name in errors
    SharedDataset(const parallel::Communicator& comm, const std::string& path, const std::string& name,
                  const std::string& shown);

    /// Rows [first, first + count) from this rank, none where it has none; values of the dataset's own type.
    void write(std::int64_t first, std::int64_t count, const std::byte* values);
    /// Where in the file the values begin [bytes]; once something is written. Not collective.
    std::int64_t offset() const;
    void close();

private:
    void write_piece(std::int64_t first, std::int64_t count, const std::byte* values);
    void require(bool good) const;

    parallel::Communicator comm_;
    std::string shown_;
    Hdf5Handle file_;
    Hdf5Handle dataset_;
    std::vector<hsize_t> extent_;
    std::int64_t row_bytes_ = 0;
};

} // namespace lapilli::io
