// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "field/field.hpp"
#include "field/packing.hpp"
#include "field/statistics.hpp"
#include "format/hdf5/hdf5_skeleton.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace lapilli::field {

/// All of fields.h5 but the values: its datasets, their attributes, and the places of packed chunks. One rank, not
/// collective; all members throw an Error where HDF5 refuses.
class FieldsSkeleton {
public:
    /// @param path  for errors
    FieldsSkeleton(const std::string& path, const FieldGrid& grid, std::span<const Field> fields,
                   std::span<const std::pair<std::string, std::string>> provenance);

    void add_statistics(std::size_t field, const Statistics& statistics);
    /// Gives the chunks of a layer their places. Returns where each begins [bytes]; 0 where there is nothing to write.
    std::vector<std::int64_t> place(std::size_t field, std::int64_t layer, std::span<const std::int64_t> sizes);
    /// When all values have been written. @throws Error disk full
    void write_around(file::PendingFile& file) const { skeleton_.write_around(file); }

private:
    format::Hdf5Skeleton skeleton_;
    Chunks chunks_;
    std::vector<Field> fields_;
    std::vector<format::Hdf5Handle> datasets_; ///< of the fields
};

} // namespace lapilli::field
