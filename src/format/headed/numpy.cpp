// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/headed/numpy.hpp"

#include "core/error.hpp"
#include "format/header_text.hpp"
#include "format/raw/raw_sidecar.hpp"
#include "text/sentence.hpp"

#include <algorithm>

namespace lapilli::format {
namespace {

constexpr std::string_view numpy_magic = "\x93NUMPY";

/// What stands behind "'key':" in a dictionary of Python, up to where it cannot go on.
std::string_view python_entry(std::string_view dictionary, std::string_view key)
{
    auto at = dictionary.find("'" + std::string(key) + "'");
    if (at == std::string_view::npos || (at = dictionary.find(':', at)) == std::string_view::npos) return {};
    const auto rest = trimmed(dictionary.substr(at + 1));
    const char last = rest.starts_with('(') ? ')' : rest.starts_with('\'') ? '\'' : rest.starts_with('[') ? ']' : ',';
    const auto end = rest.find(last, 1);
    return end == std::string_view::npos ? rest : rest.substr(0, end);
}

} // namespace

NumpyArray parse_numpy(std::string_view text, const std::string& path)
{
    const auto byte = [&](std::size_t at) -> std::int64_t {
        return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
    };
    const std::int64_t version = byte(6);
    if (!text.starts_with(numpy_magic) || version < 1 || version > 3)
        throw input_error("{} is no .npy of version 1, 2 or 3; write it again with numpy.save", path);
    const std::int64_t begin = version == 1 ? 10 : 12;
    const std::int64_t length = byte(8) + 256 * byte(9) + (version == 1 ? 0 : 65536 * byte(10) + 16777216 * byte(11));
    if (begin + length > std::ssize(text))
        throw input_error("{} ends within its header; it was cut off, fetch or make it again", path);
    const auto dictionary = text.substr(begin, length);
    const auto descr = python_entry(dictionary, "descr"), lengths = python_entry(dictionary, "shape");
    NumpyArray array{.block = {.format = "NumPy", .offset = begin + length}};
    array.type_name = trimmed(descr.substr(std::min<std::size_t>(1, descr.size())));
    array.type = descr.starts_with('\'') ? voxel_type(array.type_name) : std::nullopt;
    array.block.big_endian = array.type_name.starts_with('>');
    array.block.z_fastest = python_entry(dictionary, "fortran_order").starts_with("True");
    array.lengths = read_numbers<std::int64_t>(lengths.substr(std::min<std::size_t>(1, lengths.size())), " ,L");
    array.shape = image_shape({array.lengths.rbegin(), array.lengths.rend()});
    return array;
}

VoxelBlock voxels_of(const NumpyArray& array, const std::string& path)
{
    if (!array.shape) refuse_array(path, array.lengths);
    if (!array.type)
        throw input_error("{} has voxels of the type '{}' of NumPy, which is not read; save it with .astype('uint8'), say",
                          path, array.type_name);
    VoxelBlock block = array.block;
    block.shape = *array.shape;
    block.type = *array.type;
    return block;
}

std::unique_ptr<ImageReader> open_numpy(Candidate candidate)
{
    VoxelBlock block = voxels_of(parse_numpy(head_of(*candidate.file), candidate.path), candidate.path);
    if (const auto record = record_beside(candidate.path); record && record->voxel_edges_m && record->shape == block.shape) {
        block.voxel_edges_m = record->voxel_edges_m; // the format has no place for it
        block.voxel_by = record->by;
        block.voxel_remarks = {voxel_size_remark(*record)};
    }
    return open_block(candidate.path, {}, block);
}

} // namespace lapilli::format
