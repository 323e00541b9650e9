// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/hdf5/hdf5_layout.hpp"

#include "format/hdf5/hdf5_sources.hpp"

#include <algorithm>
#include <functional>
#include <new>
#include <set>
#include <utility>

namespace lapilli::format {
namespace {

using Extent = std::array<hsize_t, H5S_MAX_RANK>;

/// Type and width; for HDF5's booleans (an enumeration) those of the integer below.
bool set_type(hid_t stored, Hdf5Layout& layout)
{
    const H5T_class_t kind = H5Tget_class(stored);
    if (kind == H5T_ENUM) {
        const Hdf5Handle base(H5Tget_super(stored), H5Tclose);
        return base && H5Tget_class(base.get()) == H5T_INTEGER && H5Tget_size(stored) == 1 && set_type(base.get(), layout);
    }
    const std::size_t bytes = H5Tget_size(stored);
    if (kind == H5T_FLOAT) {
        layout.type = bytes == 8 ? VoxelType::f64 : VoxelType::f32;
        return bytes == 2 || bytes == 4 || bytes == 8;
    }
    layout.bits = kind == H5T_BITFIELD;
    if (kind != H5T_INTEGER && !layout.bits) return false;
    const bool is_signed = !layout.bits && H5Tget_sign(stored) == H5T_SGN_2;
    switch (bytes) {
    case 1:
        layout.type = is_signed ? VoxelType::i8 : VoxelType::u8;
        return true;
    case 2:
        layout.type = is_signed ? VoxelType::i16 : VoxelType::u16;
        return true;
    case 4:
        layout.type = is_signed ? VoxelType::i32 : VoxelType::u32;
        return true;
    case 8:
        layout.type = is_signed ? VoxelType::i64 : VoxelType::u64;
        return true;
    default:
        return false;
    }
}

/// Leading ones are dropped first, then trailing ones, until three dimensions are left.
bool set_shape(hid_t space, Hdf5Layout& layout)
{
    if (H5Sis_simple(space) <= 0) return false;
    layout.rank = H5Sget_simple_extent_ndims(space);
    Extent extent{};
    Extent most{};
    if (layout.rank < 3 || H5Sget_simple_extent_dims(space, extent.data(), most.data()) < 0) return false;
    layout.sound = std::ranges::equal(extent, most, std::ranges::less_equal{});
    int first = 0;
    int last = layout.rank;
    while (last - first > 3 && extent[first] == 1) ++first;
    while (last - first > 3 && extent[last - 1] == 1) --last;
    if (last - first != 3) return false;
    layout.first_axis = first;
    const auto length = [&](int axis) { return static_cast<std::int64_t>(extent[first + axis]); };
    layout.shape = {length(0), length(1), length(2)};
    return layout.shape.nz > 0 && layout.shape.ny > 0 && layout.shape.nx > 0;
}

void set_chunks(hid_t dataset, hid_t space, Hdf5Layout& layout)
{
    const Hdf5Handle creation(H5Dget_create_plist(dataset), H5Pclose);
    if (!creation || H5Pget_layout(creation.get()) != H5D_CHUNKED) return;
    Extent chunk{};
    Extent extent{};
    Extent most{};
    if (H5Pget_chunk(creation.get(), H5S_MAX_RANK, chunk.data()) != layout.rank) return;
    H5Sget_simple_extent_dims(space, extent.data(), most.data());
    layout.sound = layout.sound && std::ranges::equal(chunk, most, std::ranges::less_equal{});
    layout.chunk_nz = chunk[layout.first_axis];
    layout.chunk_bytes = bytes_of(layout.type);
    for (std::size_t axis = 0; axis < static_cast<std::size_t>(layout.rank); ++axis) {
        layout.chunk_bytes *= chunk[axis];
        layout.chunks *= static_cast<double>((extent[axis] - 1) / chunk[axis] + 1);
    }
}

/// What a walk over the links of a file fills. Nothing may be thrown through HDF5.
struct Walk {
    std::vector<Hdf5Candidate> found;
    std::set<std::pair<unsigned long, std::string>> seen; ///< file and place: several links may lead to one dataset

    bool is_new(hid_t dataset)
    {
        H5O_info_t info;
#if H5_VERSION_GE(1, 12, 0)
        if (H5Oget_info3(dataset, &info, H5O_INFO_BASIC) < 0) return false;
        const auto& place = info.token;
#else
        if (H5Oget_info(dataset, &info) < 0) return false;
        const auto& place = info.addr;
#endif
        return seen.emplace(info.fileno, std::string(reinterpret_cast<const char*>(&place), sizeof place)).second;
    }
    bool no_memory = false;
};

/// An external link is followed only to a file: opening a pipe would wait for ever.
bool leads_to_a_file(hid_t group, const char* name, const H5L_info_t& link)
{
    std::vector<char> value(link.u.val_size);
    const char* file = nullptr;
    if (value.empty() || H5Lget_val(group, name, value.data(), value.size(), H5P_DEFAULT) < 0 ||
        H5Lunpack_elink_val(value.data(), value.size(), nullptr, &file, nullptr) < 0 || file == nullptr)
        return false;
    std::array<char, 4096> own{};
    if (H5Fget_name(group, own.data(), own.size() - 1) < 0) return false;
    return linked_file(own.data(), file).has_value();
}

herr_t visit(hid_t group, const char* name, const H5L_info_t* link, void* data)
{
    auto& walk = *static_cast<Walk*>(data);
    constexpr herr_t go_on = 0;
    constexpr herr_t stop = 1;
    try {
        if (link->type == H5L_TYPE_EXTERNAL && !leads_to_a_file(group, name, *link)) return go_on;
        const Hdf5Handle object(H5Oopen(group, name, H5P_DEFAULT), H5Oclose);
        if (!object || H5Iget_type(object.get()) != H5I_DATASET || !walk.is_new(object.get())) return go_on;
        if (const auto layout = hdf5_layout(object.get())) walk.found.push_back({fmt::format("/{}", name), *layout});
    } catch (const std::bad_alloc&) {
        walk.no_memory = true;
        return stop;
    }
    return go_on;
}

} // namespace

std::optional<Hdf5Layout> hdf5_layout(hid_t dataset)
{
    const Hdf5Handle stored(H5Dget_type(dataset), H5Tclose);
    const Hdf5Handle space(H5Dget_space(dataset), H5Sclose);
    Hdf5Layout layout;
    if (!stored || !space || !set_type(stored.get(), layout) || !set_shape(space.get(), layout)) return std::nullopt;
    set_chunks(dataset, space.get(), layout);
    return layout;
}

hid_t native_type(VoxelType type)
{
    switch (type) {
    case VoxelType::u8:
        return H5T_NATIVE_UINT8;
    case VoxelType::i8:
        return H5T_NATIVE_INT8;
    case VoxelType::u16:
        return H5T_NATIVE_UINT16;
    case VoxelType::i16:
        return H5T_NATIVE_INT16;
    case VoxelType::u32:
        return H5T_NATIVE_UINT32;
    case VoxelType::i32:
        return H5T_NATIVE_INT32;
    case VoxelType::u64:
        return H5T_NATIVE_UINT64;
    case VoxelType::i64:
        return H5T_NATIVE_INT64;
    case VoxelType::f32:
        return H5T_NATIVE_FLOAT;
    case VoxelType::f64:
        return H5T_NATIVE_DOUBLE;
    }
    return H5I_INVALID_HID;
}

hid_t memory_type(const Hdf5Layout& layout)
{
    if (layout.bits) // HDF5 does not turn them into numbers
        return bytes_of(layout.type) == 1   ? H5T_NATIVE_B8
               : bytes_of(layout.type) == 2 ? H5T_NATIVE_B16
               : bytes_of(layout.type) == 4 ? H5T_NATIVE_B32
                                            : H5T_NATIVE_B64;
    return native_type(layout.type);
}

std::vector<Hdf5Candidate> hdf5_candidates(hid_t file)
{
    Walk walk;
    H5Lvisit(file, H5_INDEX_NAME, H5_ITER_INC, visit, &walk);
    if (walk.no_memory) throw failure("no memory for the names of the datasets; free some and run again");
    return std::move(walk.found);
}

} // namespace lapilli::format
