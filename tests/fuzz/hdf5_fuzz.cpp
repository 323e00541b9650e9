// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// HDF5 files that the library itself has made, with whatever it can make. Their bytes are not damaged here: the library
// crashes on such files, which is met by reading in a process apart (tests/io/hdf5_damage_test.cpp).
#include "format/hdf5/hdf5_reader.hpp"
#include "input.hpp"
#include "memory_file.hpp"
#include "verdict.hpp"

#include <array>

#include <hdf5.h>

namespace {

using namespace lapilli::fuzz;

constexpr std::size_t most_axes = 5;
constexpr hsize_t most_voxels = 4096;
using Extents = std::array<hsize_t, most_axes>;

/// A type of voxels or attributes: integers and floats of all widths and orders, and others. To be closed.
hid_t some_type(Input& input)
{
    const std::array known{H5T_STD_U8LE,  H5T_STD_I8BE,  H5T_STD_U16LE,   H5T_STD_I16BE,     H5T_STD_U32LE,
                           H5T_STD_I32BE, H5T_STD_U64LE, H5T_STD_I64BE,   H5T_IEEE_F32LE,    H5T_IEEE_F64BE,
                           H5T_C_S1,      H5T_STD_B8LE,  H5T_STD_REF_OBJ, H5T_NATIVE_LDOUBLE};
    const hid_t type = H5Tcopy(known[static_cast<std::size_t>(input.choose(known.size()))]);
    const int change = input.choose(16);
    if (change == 1) H5Tset_size(type, static_cast<std::size_t>(1 + input.choose(16)));
    if (change == 2) H5Tset_precision(type, static_cast<std::size_t>(1 + input.choose(64)));
    if (change == 3) H5Tset_offset(type, static_cast<std::size_t>(input.choose(32)));
    hid_t made = H5I_INVALID_HID;
    if (change == 4) made = H5Tenum_create(type);
    if (change == 5) made = H5Tvlen_create(type);
    if (change == 6) made = H5Tcreate(H5T_COMPOUND, 16);
    if (made < 0) return type;
    H5Tclose(type);
    return made;
}

/// Extents up to 15, zero now and then.
int some_extents(Input& input, Extents& extent)
{
    const int axes = input.choose(most_axes + 1);
    for (std::size_t a = 0; a < most_axes; ++a) extent[a] = static_cast<hsize_t>(input.choose(16));
    return axes;
}

/// Chunks, filters, fill values and the time when space is taken, of a dataset. To be closed. A large one takes its space
/// late: to lay out as many chunks as it has voxels would be most of the time spent, and all of it in the writing.
hid_t some_storage(Input& input, int axes, bool large)
{
    const hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    Extents chunk{};
    some_extents(input, chunk);
    const int choice = input.byte();
    if (choice == 255) H5Pset_layout(creation, H5D_COMPACT);
    if (choice == 255) return creation;
    if (choice & 1) H5Pset_chunk(creation, axes, chunk.data());
    if (choice & 2) H5Pset_deflate(creation, 4);
    if (choice & 4) H5Pset_shuffle(creation);
    if (choice & 8) H5Pset_fletcher32(creation);
    if ((choice & 16) && !large) H5Pset_alloc_time(creation, H5D_ALLOC_TIME_EARLY);
    if (choice & 64) H5Pset_external(creation, "/nowhere/at/all", 0, H5F_UNLIMITED);
    return creation;
}

/// The attribute that a voxel size is looked for in, of any type and length.
void add_attribute(Input& input, hid_t object)
{
    const hid_t type = some_type(input);
    Extents extent{};
    const int axes = some_extents(input, extent);
    const hid_t space = axes == 5 ? H5Screate(H5S_NULL) : H5Screate_simple(axes, extent.data(), nullptr);
    const hid_t attribute = H5Acreate2(object, "voxel_size_m", type, space, H5P_DEFAULT, H5P_DEFAULT);
    double value[3]{1e-6 * input.byte(), 1e-6 * input.byte(), 1e-6};
    const bool fits = H5Sget_simple_extent_npoints(space) <= 3;
    if (attribute >= 0 && fits && H5Tget_class(type) == H5T_FLOAT) H5Awrite(attribute, H5T_NATIVE_DOUBLE, value);
    H5Aclose(attribute);
    H5Sclose(space);
    H5Tclose(type);
}

void add_dataset(Input& input, hid_t file, const char* name)
{
    const hid_t type = some_type(input);
    Extents extent{};
    const int axes = some_extents(input, extent);
    Extents most = extent;
    const int room = input.byte();
    for (std::size_t a = 0; a < most_axes; ++a)
        if (room >> a & 1) most[a] = H5S_UNLIMITED;
    const hid_t space = axes == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(axes, extent.data(), most.data());
    const bool fits = H5Sget_simple_extent_npoints(space) <= most_voxels;
    const hid_t creation = some_storage(input, axes, !fits);
    const hid_t dataset = H5Dcreate2(file, name, type, space, H5P_DEFAULT, creation, H5P_DEFAULT);
    std::array<std::uint8_t, most_voxels> voxels{};
    voxels.fill(input.byte());
    if (dataset >= 0 && fits && input.choose(4) > 0)
        H5Dwrite(dataset, H5T_NATIVE_UINT8, H5S_ALL, H5S_ALL, H5P_DEFAULT, voxels.data());
    if (dataset >= 0 && input.choose(2) == 1) add_attribute(input, dataset);
    if (dataset >= 0) H5Dclose(dataset);
    H5Pclose(creation);
    H5Sclose(space);
    H5Tclose(type);
}

void add_link(Input& input, hid_t file)
{
    const int kind = input.choose(4);
    if (kind == 0) H5Lcreate_soft("/image", file, "soft", H5P_DEFAULT, H5P_DEFAULT);
    if (kind == 1) H5Lcreate_external("/nowhere/at/all.h5", "/image", file, "external", H5P_DEFAULT, H5P_DEFAULT);
    if (kind == 2) H5Lcreate_hard(file, "/", file, "circle", H5P_DEFAULT, H5P_DEFAULT);
    if (kind == 3) H5Lcreate_soft("/soft", file, "soft", H5P_DEFAULT, H5P_DEFAULT);
}

std::string some_file(Input& input)
{
    const hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    H5Pset_fapl_core(access, std::size_t{1} << 16, 0);
    if (input.choose(2) == 1) H5Pset_libver_bounds(access, H5F_LIBVER_LATEST, H5F_LIBVER_LATEST);
    const hid_t file = H5Fcreate("never on a disk", H5F_ACC_TRUNC, H5P_DEFAULT, access);
    for (int more = input.choose(8); more > 0; more /= 2)
        if (more % 2 == 1) add_dataset(input, file, more > 3 ? "grey" : more > 1 ? "other\n" : "image");
    if (input.choose(2) == 1) add_attribute(input, file);
    if (input.choose(2) == 1) add_link(input, file);
    H5Fflush(file, H5F_SCOPE_LOCAL);
    std::string bytes(static_cast<std::size_t>(H5Fget_file_image(file, nullptr, 0)), '\0');
    H5Fget_file_image(file, bytes.data(), bytes.size());
    H5Fclose(file);
    H5Pclose(access);
    return bytes;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    Input input(data, size);
    constexpr std::array names{"", "/image", "grey", "/", "/circle/image", "/soft", "/external", "/image/voxel_size_m"};
    const char* name = names[static_cast<std::size_t>(input.choose(names.size()))];
    const MemoryFile file(some_file(input));
    read_image(file.path(), [&] { return lapilli::format::open_hdf5(lapilli::file::InputFile(file.path()), name); });
    return 0;
}
