// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "io/hdf5_handle.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace lapilli::io {

/// An HDF5 file in memory with everything but the values of its datasets: whoever opens it to write takes the space for
/// them. One rank, not collective; all members throw an Error where HDF5 refuses.
class Hdf5Skeleton {
public:
    /// @param path  for errors
    explicit Hdf5Skeleton(const std::string& path);

    Hdf5Handle add_dataset(const std::string& name, hid_t type, std::span<const hsize_t> extent) const;
    /// Attributes: of the file, or of a dataset.
    void add_text(const std::string& name, const std::string& words) const { add_text(file_, name, words); }
    void add_text(const Hdf5Handle& object, const std::string& name, const std::string& words) const;
    void add_number(const std::string& name, double value) const;

    std::vector<std::byte> bytes() const;

private:
    void require(bool good) const;
    void add_attribute(const Hdf5Handle& object, const std::string& name, hid_t type, const void* value) const;

    std::string path_;
    Hdf5Handle file_;
};

} // namespace lapilli::io
