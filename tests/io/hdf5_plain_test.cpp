// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Which voxels are read by their bytes, which by HDF5, and in which process.
#include "hdf5.hpp"
#include "support/catch.hpp"

#include <cerrno>

#include <pthread.h>
#include <sys/wait.h>

using namespace lapilli;
using namespace lapilli::test;

namespace {

struct How {
    hid_t stored = H5T_STD_U8LE;
    H5D_layout_t layout = H5D_CONTIGUOUS;
    hsize_t user_block = 0;
};

/// An image of stored_shape, made by HDF5 itself.
std::string stored_image(const ScratchFolder& folder, const How& how,
                         const Labels& labels = counted(stored_shape.voxels(), 127))
{
    const std::string path = folder / "a.h5";
    const hid_t creation = H5Pcreate(H5P_FILE_CREATE);
    H5Pset_userblock(creation, how.user_block);
    const hid_t file = H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation, H5P_DEFAULT);
    const hid_t space = H5Screate_simple(3, stored_extent.data(), nullptr);
    const hid_t layout = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_layout(layout, how.layout);
    if (how.layout == H5D_CHUNKED) H5Pset_chunk(layout, 3, stored_extent.data());
    const hid_t set = H5Dcreate2(file, "image", how.stored, space, H5P_DEFAULT, layout, H5P_DEFAULT);
    H5Dwrite(set, H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, labels.data());
    H5Dclose(set);
    for (const hid_t properties : {layout, creation}) H5Pclose(properties);
    H5Sclose(space);
    H5Fclose(file);
    return path;
}

bool has_a_child() { return ::waitpid(-1, nullptr, WNOHANG) == 0; }

/// Whether the voxels are read by their bytes, and are right.
bool is_plain(const How& how)
{
    const ScratchFolder folder;
    const bool other_child = has_a_child(); // MPI's daemon, where it was not told to do without
    const auto reader = format::open_image(stored_image(folder, how), {});
    CHECK((other_child || reader->description().plain.has_value() != has_a_child()));
    CHECK(read_planes(*reader, {0, stored_shape.nz}) == counted(stored_shape.voxels(), 127));
    CHECK(read_planes(*reader, {2, 3}).front() == 70);
    return reader->description().plain.has_value();
}

int copies = 0; // of this process

} // namespace

TEST_CASE("voxels that lie in one piece are read by their bytes, whatever the order of these")
{
    for (const hid_t stored : {H5T_STD_U8LE, H5T_STD_I8BE, H5T_STD_U16LE, H5T_STD_I16BE, H5T_STD_U32BE, H5T_STD_I32LE,
                               H5T_STD_U64LE, H5T_STD_I64BE, H5T_IEEE_F32LE, H5T_IEEE_F32BE, H5T_IEEE_F64LE, H5T_IEEE_F64BE})
        CHECK(is_plain({.stored = stored}));
    CHECK(is_plain({.stored = H5T_STD_U16BE, .user_block = 1024}));
}

TEST_CASE("voxels that are packed or stand in other numbers are read by HDF5")
{
    CHECK_FALSE(is_plain({.layout = H5D_CHUNKED}));
    CHECK_FALSE(is_plain({.layout = H5D_COMPACT}));
    const hid_t odd = H5Tcopy(H5T_STD_I16LE);
    H5Tset_precision(odd, 12);
    CHECK_FALSE(is_plain({.stored = odd}));
    H5Tset_offset(odd, 4);
    CHECK_FALSE(is_plain({.stored = odd}));
    H5Tclose(odd);
}

TEST_CASE("no image is read by a copy of this process, which MPI does not allow on every network")
{
    ::pthread_atfork([] { ++copies; }, nullptr, nullptr);
    CHECK(is_plain({}));
    CHECK_FALSE(is_plain({.layout = H5D_CHUNKED}));
    CHECK(copies == 0);
}

TEST_CASE("a file that shrinks after it was opened is refused")
{
    const ScratchFolder folder;
    const auto path = stored_image(folder, {});
    const auto reader = format::open_image(path, {});
    std::filesystem::resize_file(path, std::filesystem::file_size(path) - 100);
    CHECK_THROWS_WITH(read_planes(*reader, {0, stored_shape.nz}), mentions("cut off"));
}
