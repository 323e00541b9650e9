// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/headed/netcdf.hpp"

#include "core/error.hpp"
#include "format/headed/header_bytes.hpp"
#include "format/headed/netcdf_header.hpp"
#include "format/headed/parts.hpp"
#include "format/header_text.hpp"
#include "text/length_unit.hpp"
#include "text/small_letters.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace lapilli::format {
namespace {

std::string words_of_attribute(const NetcdfAttributes& attributes, const std::string& name)
{
    const auto found = attributes.find(name);
    return found == attributes.end() ? std::string() : std::string(trimmed(found->second.text.c_str()));
}

/// What was typed, or stored as numbers.
std::vector<double> numbers_of_attribute(const NetcdfAttributes& attributes, const std::string& name)
{
    const auto found = attributes.find(name);
    if (found == attributes.end()) return {};
    return found->second.numbers.empty() ? read_numbers<double>(trimmed(found->second.text.c_str()), " ,x")
                                         : found->second.numbers;
}

/// The distance of the first two values along an axis, in its `units`; nothing where nobody says it.
std::optional<double> step_of(const file::InputFile& file, const NetcdfHeader& header, const std::string& axis)
{
    const auto found = std::ranges::find(header.variables, axis, &NetcdfVariable::name);
    if (found == header.variables.end() || found->dimensions.size() != 1 || !found->type || found->of_records)
        return std::nullopt;
    const auto metres = text::metres_of(words_of_attribute(found->attributes, "units"));
    const std::int64_t size = bytes_of(*found->type);
    std::string raw(2 * size, '\0');
    if (!metres || found->offset < 0 || found->offset > file.size()) return std::nullopt;
    raw.resize(file.read_some(found->offset, std::as_writable_bytes(std::span(raw))));
    const HeaderBytes values(raw, true);
    return with_type(*found->type, [&](auto value) {
        using T = decltype(value);
        return std::abs(static_cast<double>(values.get<T>(sizeof(T))) - static_cast<double>(values.get<T>(0))) * *metres;
    });
}

void set_netcdf_edges(const file::InputFile& file, const NetcdfHeader& header, const NetcdfVariable& variable,
                      VoxelBlock& block)
{
    for (const auto* attributes : {&variable.attributes, &header.attributes}) {
        const auto xyz = numbers_of_attribute(*attributes, "voxel_size_xyz");
        if (xyz.empty()) continue;
        const auto unit = words_of_attribute(*attributes, "voxel_unit");
        const auto metres = text::metres_of(unit);
        if (metres)
            block.voxel_edges_m = voxel_edges(xyz, *metres);
        else
            block.voxel_remarks.push_back(
                unknown_unit("voxel_size_xyz", fmt::format("{} (x, y, z)", fmt::join(xyz, " x ")), unit));
        return;
    }
    std::vector<double> steps;
    for (auto axis = variable.dimensions.rbegin(); axis != variable.dimensions.rend(); ++axis)
        if (const auto step = step_of(file, header, header.dimensions[*axis].name)) steps.push_back(*step);
    if (steps.size() == variable.dimensions.size()) block.voxel_edges_m = voxel_edges(steps, 1);
}

Part netcdf_part(const NetcdfHeader& header, const NetcdfVariable& variable)
{
    Part part{.name = variable.name};
    std::vector<std::int64_t> zyx;
    for (const std::size_t dimension : variable.dimensions)
        zyx.push_back(dimension < header.dimensions.size() ? header.dimensions[dimension].length : 0);
    const auto shape = image_shape({zyx.rbegin(), zyx.rend()});
    const auto with_records = std::ranges::count_if(header.variables, &NetcdfVariable::of_records);
    if (!shape || !variable.type)
        part.reason = fmt::format("is an array of {}{}", lengths_text(zyx), variable.type ? "" : " letters");
    else if (variable.of_records && with_records > 1)
        part.reason = "lies in records between others (write it with dimensions of fixed length)";
    else
        part.block = VoxelBlock{
            .format = "netCDF-3", .shape = *shape, .type = *variable.type, .big_endian = true, .offset = variable.offset};
    if (part.block && variable.type == VoxelType::i8 &&
        text::small_letters(words_of_attribute(variable.attributes, "_Unsigned")) == "true")
        part.block->type = VoxelType::u8;
    return part;
}

} // namespace

std::unique_ptr<ImageReader> open_netcdf(Candidate candidate)
{
    const NetcdfHeader header = parse_netcdf(head_of(*candidate.file), candidate.path);
    std::vector<Part> parts;
    for (const NetcdfVariable& variable : header.variables) parts.push_back(netcdf_part(header, variable));
    const Part& part = choose(candidate.path, candidate.part, parts);
    VoxelBlock block = *part.block;
    set_netcdf_edges(*candidate.file, header, header.variables[static_cast<std::size_t>(&part - parts.data())], block);
    return open_block(candidate.path, candidate.part, block);
}

} // namespace lapilli::format
