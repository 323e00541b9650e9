// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/hdf5/hdf5_plain.hpp"

#include <filesystem>
#include <system_error>

namespace lapilli::format {
namespace {

/// Whether the bytes of a voxel are to be swapped; nothing where that alone does not make a number of this machine of them.
std::optional<bool> swap_of(hid_t dataset, const Hdf5Layout& layout)
{
    Hdf5Handle stored(H5Dget_type(dataset), H5Tclose);
    if (stored && H5Tget_class(stored.get()) == H5T_ENUM) stored = Hdf5Handle(H5Tget_super(stored.get()), H5Tclose);
    const Hdf5Handle memory(H5Tcopy(memory_type(layout)), H5Tclose);
    if (!stored || !memory) return std::nullopt;
    if (H5Tequal(stored.get(), memory.get()) > 0) return false;
    const bool little = H5Tget_order(memory.get()) == H5T_ORDER_LE;
    if (H5Tset_order(memory.get(), little ? H5T_ORDER_BE : H5T_ORDER_LE) < 0) return std::nullopt;
    if (H5Tequal(stored.get(), memory.get()) > 0) return true;
    return std::nullopt;
}

} // namespace

std::optional<PlainVoxels> hdf5_plain(const std::string& file, hid_t dataset, const Hdf5Layout& layout)
{
    const Hdf5Handle creation(H5Dget_create_plist(dataset), H5Pclose);
    if (!creation || H5Pget_layout(creation.get()) != H5D_CONTIGUOUS) return std::nullopt;
    const auto swap = swap_of(dataset, layout);
    const haddr_t offset = H5Dget_offset(dataset);
    const auto bytes = static_cast<hsize_t>(layout.shape.voxels() * bytes_of(layout.type));
    if (!swap || offset == HADDR_UNDEF || H5Dget_storage_size(dataset) != bytes) return std::nullopt;
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    if (error || bytes > size || offset > size - bytes) return std::nullopt;
    return PlainVoxels{.file = file, .offset = static_cast<std::int64_t>(offset), .swap = *swap};
}

} // namespace lapilli::format
