// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/communicator.hpp"
#include "parallel/slice.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>

namespace lapilli::checkpoint {

/// Where the arrays of a checkpoint go.
enum class CheckpointFiles {
    one,         ///< one HDF5 file that all ranks write together; the other way where the file system cannot do that
    one_per_rank ///< NAME.rank0, NAME.rank1, ... with nothing but numbers
};

struct WrittenCheckpoint {
    std::int64_t bytes = 0; ///< on the disk
    CheckpointFiles files = CheckpointFiles::one;
    std::optional<Error> fault = {}; ///< why these are not the files that were asked for
};

/// Writes arrays and a header: an HDF5 file with a dataset for each array, or files of the ranks, and behind it, or alone,
/// the header as sealed JSON with the place and the hash of every array. Whoever reads it needs no HDF5. The file appears
/// under its name, synced, when it is whole, and what stood there before stays until then. Collective.
/// @param header  an object; "arrays" is added
/// @throws Error on every rank
WrittenCheckpoint write_checkpoint(const parallel::Communicator& comm, const std::filesystem::path& path,
                                   nlohmann::ordered_json header, std::span<const parallel::Slice> slices,
                                   CheckpointFiles files = CheckpointFiles::one);

/// The header. One rank. @throws Error as read_sealed
nlohmann::ordered_json read_checkpoint_header(const std::filesystem::path& path);

/// Fills the slices, on any number of ranks. Collective.
/// @throws Error on every rank: an array is missing, has another length, or is not what was written
void read_checkpoint(const parallel::Communicator& comm, const std::filesystem::path& path,
                     const nlohmann::ordered_json& header, std::span<const parallel::Slice> slices);

} // namespace lapilli::checkpoint
