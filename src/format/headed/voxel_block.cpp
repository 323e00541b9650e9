// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/headed/voxel_block.hpp"

#include "core/error.hpp"
#include "format/headed/turned_reader.hpp"
#include "format/packed/streamed_reader.hpp"
#include "format/raw/raw_reader.hpp"
#include "text/sentence.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <bit>
#include <filesystem>
#include <utility>

namespace lapilli::format {
namespace {

namespace fs = std::filesystem;

/// The file with the voxels, which lies beside the header or below its folder: a header from elsewhere leads nowhere else.
std::string file_with_voxels(const std::string& path, const std::string& named)
{
    if (named.empty()) return path;
    const fs::path relative = fs::path(named).lexically_normal();
    if (relative.is_absolute() || relative.empty() || *relative.begin() == "..")
        throw input_error(
            "{} says that its voxels lie in {}, but they must lie beside it; put that file there, and its plain "
            "name into the header",
            path, named);
    const fs::path file = fs::path(path).parent_path() / relative;
    if (std::error_code ignored; !fs::is_regular_file(file, ignored))
        throw input_error("{} says that its voxels lie in {}, which is not there; put it beside, or correct the header",
                          path, named);
    return file.string();
}

RawLayout block_layout(const std::string& path, const VoxelBlock& block)
{
    const Shape& shape = block.shape;
    if (overflows(shape, block.type))
        throw input_error("{} says that it has {} voxels, more than any file can have; it is damaged", path,
                          text::shape_text(shape));
    return {.shape = block.z_fastest ? Shape{shape.nx, shape.ny, shape.nz} : shape,
            .type = block.type,
            .swap = bytes_of(block.type) > 1 && block.big_endian != (std::endian::native == std::endian::big),
            .said = "its header"};
}

ImageDescription describe_block(const std::string& path, const std::string& part, const VoxelBlock& block,
                                const Shape& shape)
{
    std::string format = fmt::format("{} {}", block.format, name(block.type));
    if (block.big_endian && bytes_of(block.type) > 1) format += " big-endian";
    if (block.packing != Packing::none) format += fmt::format(", {}", name(block.packing));
    return {.path = part.empty() ? path : path + ":" + part,
            .format = std::move(format),
            .shape = shape,
            .type = block.type,
            .voxel_edges_m = block.voxel_edges_m,
            .voxel_by = block.voxel_edges_m ? block.voxel_by : "",
            .remarks = block.remarks,
            .voxel_remarks = block.voxel_remarks};
}

std::unique_ptr<ImageReader> open_as_stored(const std::string& path, const std::string& part, const VoxelBlock& block)
{
    file::InputFile file(file_with_voxels(path, block.file));
    const RawLayout layout = block_layout(path, block);
    auto description = describe_block(path, part, block, layout.shape);
    const std::int64_t offset = block.at_end ? std::max<std::int64_t>(0, file.size() - layout.bytes()) : block.offset;
    if (offset < 0)
        throw input_error("{} says that its voxels begin at byte {}, before the file; it is damaged, fetch or make it again",
                          path, text::grouped(offset));
    const std::int64_t left = file.size() - offset;
    const bool is_plain = block.packing == Packing::none && !block.base64 && !block.crc32;
    if (left < 0 || block.before_packed > left || (is_plain && block.before > left - block.before_packed))
        throw input_error("{} has {} bytes, but its header says that voxels begin behind them; it was cut off or is damaged",
                          file.path(), text::grouped(file.size()));
    if (is_plain)
        return open_raw_within(std::move(file), std::move(description), layout, offset + block.before_packed + block.before);
    const std::int64_t size = std::clamp<std::int64_t>(block.size.value_or(left), 0, left);
    require_plausible(file.path(), size, block.packing, layout);
    auto stream = read_bytes(std::move(file), offset, size);
    if (block.base64) stream = decode_base64(std::move(stream));
    if (!skip(*stream, block.before_packed))
        throw input_error("{} ends within its header; it was cut off, fetch or make it again", path);
    stream = unpack(std::move(stream), block.packing);
    if (block.crc32) stream = compare_crc32(std::move(stream), *block.crc32);
    return read_streamed(std::move(description), {.stream = std::move(stream),
                                                  .layout = layout,
                                                  .before = block.before,
                                                  .exact = false,
                                                  .advice = "it was cut off or is damaged"});
}

} // namespace

std::unique_ptr<ImageReader> open_block(const std::string& path, const std::string& part, const VoxelBlock& block)
{
    const auto open = [=] { return open_as_stored(path, part, block); };
    return block.z_fastest ? turn_around(open) : open();
}

std::string head_of(const file::InputFile& file)
{
    constexpr std::int64_t most = 1 << 20;
    std::string text(std::min(file.size(), most), '\0');
    text.resize(file.read_some(0, std::as_writable_bytes(std::span(text))));
    return text;
}

std::string lengths_text(const std::vector<std::int64_t>& lengths)
{
    return lengths.empty() ? "no" : fmt::format("{}", fmt::join(lengths, "x"));
}

void refuse_array(const std::string& path, const std::vector<std::int64_t>& lengths)
{
    throw input_error("{} holds an array of {}, but an image has three axes and one value a voxel; save one volume, or one "
                      "component, of it alone",
                      path, lengths_text(lengths));
}

std::string unknown_unit(std::string_view format, std::string_view lengths, std::string_view unit)
{
    return fmt::format("{} gives voxels of {} {}, so the voxel size is not known; give it with --voxel", format, lengths,
                       unit.empty() ? "without a unit" : fmt::format("in '{}', a unit that is not known", unit));
}

} // namespace lapilli::format
