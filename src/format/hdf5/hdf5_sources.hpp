// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/hdf5/hdf5_handle.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lapilli::format {

/// Where the voxels of a dataset are to come from.
struct Hdf5Source {
    std::string file;                      ///< that holds the dataset: another one behind an external link
    bool elsewhere = false;                ///< the voxels lie in other files still (virtual datasets, external storage)
    std::vector<std::string> remarks = {}; ///< e.g. chunks that were never written
};

/// Where HDF5 finds a file that another one names: beside it, or from the working folder. Nothing if no regular file is
/// there: opening a pipe would wait for ever.
std::optional<std::string> linked_file(const std::string& from, const std::string& name);

/// Looks whether all of the voxels can be there, without reading them: HDF5 gives fill values in their place in silence.
/// @param path  of the file that was opened, for sentences
/// @throws Error a source or an external file that is missing, voxels that were never written, a filter that is not here
Hdf5Source hdf5_source(const std::string& path, const std::string& name, hid_t dataset);

} // namespace lapilli::format
