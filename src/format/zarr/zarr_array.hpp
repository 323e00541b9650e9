// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/voxel_type.hpp"
#include "format/zarr/zarr_codec.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace lapilli::format {

/// What the metadata of a Zarr array say, of version 2 (.zarray) or 3 (zarr.json).
struct ZarrArray {
    std::string folder;
    int version = 2;
    std::vector<std::int64_t> shape, chunk; ///< slowest axis first, equally many
    VoxelType type = VoxelType::u8;
    bool swap = false; ///< the bytes of a voxel stand in the order that this machine does not use
    ZarrCodec codec = ZarrCodec::none;
    bool below_c = false;        ///< chunks lie in the folder "c"
    char separator = '.';        ///< between the indices in the name of a chunk
    std::vector<std::byte> fill; ///< the voxel of chunks that are not there, in the order of bytes of this machine

    std::int64_t chunk_bytes() const;
    /// The file of a chunk, by its index along each axis.
    std::string chunk_file(std::span<const std::int64_t> index) const;
};

/// The JSON of a file of that folder; nothing if there is none. @throws Error it is no JSON object, or larger than such are
std::optional<nlohmann::json> zarr_json(const std::string& folder, const char* file);

/// The array of a folder; nothing if it is none. @throws Error metadata that are damaged, or ask for what is not read
std::optional<ZarrArray> zarr_array(const std::string& folder);

} // namespace lapilli::format
