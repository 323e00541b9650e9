// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/headed/npz.hpp"

#include "core/error.hpp"
#include "format/headed/numpy.hpp"
#include "format/headed/parts.hpp"
#include "format/headed/zip_archive.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lapilli::format {
namespace {

constexpr std::string_view npy_ending = ".npy";

/// The first bytes of a member, unpacked.
std::string member_begin(const std::string& path, const ZipMember& member)
{
    constexpr std::size_t most = 4096;
    std::string begin(most, '\0');
    const auto stream = unpack(read_bytes(file::InputFile(path), member.offset, member.size), member.packing);
    begin.resize(stream->read(std::as_writable_bytes(std::span(begin))));
    return begin;
}

Part npz_part(const std::string& path, const ZipMember& member)
{
    Part part{.name = member.name.substr(0, member.name.size() - npy_ending.size())};
    try {
        const NumpyArray array = parse_numpy(member_begin(path, member), path);
        part.reason = fmt::format("is an array of {} {}", lengths_text(array.lengths), array.type_name);
        if (!array.shape || !array.type) return part;
        VoxelBlock block = voxels_of(array, path);
        block.before = block.offset;
        block.offset = member.offset;
        block.size = member.size;
        block.packing = member.packing;
        block.crc32 = member.crc32;
        part.block = block;
    } catch (const Error& error) { // one array that is damaged leaves the others
        part.reason = fmt::format("cannot be read ({})", error.what());
    }
    return part;
}

} // namespace

std::unique_ptr<ImageReader> open_npz(Candidate candidate)
{
    std::vector<Part> parts;
    for (const ZipMember& member : zip_members(*candidate.file))
        if (member.name.ends_with(npy_ending)) parts.push_back(npz_part(candidate.path, member));
    if (parts.empty())
        throw input_error("{} is ZIP without arrays of NumPy, so it is no .npz; unpack it, and name what is in it",
                          candidate.path);
    return open_block(candidate.path, candidate.part, *choose(candidate.path, candidate.part, parts).block);
}

} // namespace lapilli::format
