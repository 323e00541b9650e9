// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/voxel_type.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lapilli::format {

/// The value of an attribute: words, or numbers.
struct NetcdfAttribute {
    std::string text = {};
    std::vector<double> numbers = {};
};
using NetcdfAttributes = std::map<std::string, NetcdfAttribute>;

struct NetcdfDimension {
    std::string name;
    std::int64_t length = 0;
};

struct NetcdfVariable {
    std::string name;
    std::vector<std::size_t> dimensions = {}; ///< numbers of them, slowest first
    NetcdfAttributes attributes = {};
    std::optional<VoxelType> type = std::nullopt; ///< nothing: of letters
    std::int64_t offset = 0;                      ///< [bytes]
    bool of_records = false;                      ///< its first dimension may grow
};

/// The header of a netCDF file of version 3.
struct NetcdfHeader {
    std::vector<NetcdfDimension> dimensions;
    NetcdfAttributes attributes;
    std::vector<NetcdfVariable> variables;
};

/// @param bytes  the file's first, any
/// @throws Error what is no such header, or ends within it
NetcdfHeader parse_netcdf(std::string_view bytes, const std::string& path);

} // namespace lapilli::format
