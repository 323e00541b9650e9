// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scratch.hpp"
#include "support/catch.hpp"

#include <hdf5.h>

#include <filesystem>

using namespace lapilli;
using namespace lapilli::test;

namespace {

constexpr Shape source_shape{4, 5, 6};
constexpr hsize_t source_extent[] = {4, 5, 6};

/// A file with the dataset "image", created as `creation` says; written by whoever gets it.
template <class Fill>
void make(const std::string& path, Fill&& fill)
{
    const hid_t file = H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    const hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    const hid_t space = H5Screate_simple(3, source_extent, nullptr);
    fill(file, creation, space);
    H5Sclose(space);
    H5Pclose(creation);
    H5Fclose(file);
}

hid_t create(hid_t file, hid_t creation, hid_t space)
{
    return H5Dcreate2(file, "image", H5T_STD_U8LE, space, H5P_DEFAULT, creation, H5P_DEFAULT);
}

void make_plain(const std::string& path)
{
    make(path, [](hid_t file, hid_t creation, hid_t space) {
        const hid_t set = create(file, creation, space);
        H5Dwrite(set, H5T_NATIVE_UINT8, H5S_ALL, H5S_ALL, H5P_DEFAULT,
                 as<std::uint8_t>(counted(source_shape.voxels())).data());
        H5Dclose(set);
    });
}

void make_virtual(const std::string& path, const char* source, const char* dataset = "/image")
{
    make(path, [&](hid_t file, hid_t creation, hid_t space) {
        H5Pset_virtual(creation, space, source, dataset, space);
        H5Dclose(create(file, creation, space));
    });
}

void is_refused(const std::string& path, const std::string& part)
{
    const Error error = error_of_opening(path);
    CHECK(error.code() == ExitCode::wrong_input);
    CHECK_THAT(error.what(), mentions(part));
}

} // namespace

TEST_CASE("a virtual dataset is read through its source, which must be there")
{
    const ScratchFolder folder;
    make_plain(folder / "data.h5");
    make_virtual(folder / "master.h5", "data.h5");
    CHECK(read_all(folder / "master.h5") == counted(source_shape.voxels()));
    make_virtual(folder / "wrong.h5", "data.h5", "/other");
    is_refused(folder / "wrong.h5", "data.h5:/other, which cannot be opened");
    std::filesystem::remove(folder / "data.h5");
    is_refused(folder / "master.h5", "lie in data.h5, which is not there");
}

TEST_CASE("a dataset behind an external or a soft link is found, with or without its name")
{
    const ScratchFolder folder;
    make_plain(folder / "data.h5");
    make(folder / "master.h5",
         [](hid_t file, hid_t, hid_t) { H5Lcreate_external("data.h5", "/image", file, "scan", H5P_DEFAULT, H5P_DEFAULT); });
    CHECK(read_all(folder / "master.h5") == counted(source_shape.voxels()));
    CHECK(read_all(folder / "master.h5:/scan") == counted(source_shape.voxels()));
    make(folder / "soft.h5", [](hid_t file, hid_t creation, hid_t space) {
        const hid_t set = create(file, creation, space);
        H5Dwrite(set, H5T_NATIVE_UINT8, H5S_ALL, H5S_ALL, H5P_DEFAULT,
                 as<std::uint8_t>(counted(source_shape.voxels())).data());
        H5Dclose(set);
        H5Lcreate_soft("/image", file, "again", H5P_DEFAULT, H5P_DEFAULT);
    });
    CHECK(read_all(folder / "soft.h5") == counted(source_shape.voxels())); // one image, though two names lead to it
    std::filesystem::remove(folder / "data.h5");
    CHECK(error_of_opening(folder / "master.h5").code() == ExitCode::wrong_input);
}

TEST_CASE("voxels in an external file are read, and the file must be there")
{
    const ScratchFolder folder;
    folder.write("voxels.bin", bytes_of(as<std::uint8_t>(counted(source_shape.voxels()))));
    make(folder / "master.h5", [](hid_t file, hid_t creation, hid_t space) {
        H5Pset_external(creation, "voxels.bin", 0, 120);
        H5Dclose(create(file, creation, space));
    });
    std::filesystem::remove(folder / "voxels.bin");
    is_refused(folder / "master.h5", "lie in voxels.bin, which is not there");
}

TEST_CASE("voxels that were never written are no zeros")
{
    const ScratchFolder folder;
    make(folder / "none.h5", [](hid_t file, hid_t creation, hid_t space) {
        constexpr hsize_t chunk[] = {2, 5, 6};
        H5Pset_chunk(creation, 3, chunk);
        H5Dclose(create(file, creation, space));
    });
    is_refused(folder / "none.h5", "never written");
    make(folder / "half.h5", [](hid_t file, hid_t creation, hid_t space) {
        constexpr hsize_t chunk[] = {2, 5, 6}, start[] = {0, 0, 0};
        H5Pset_chunk(creation, 3, chunk);
        const hid_t set = create(file, creation, space);
        const hid_t memory = H5Screate_simple(3, chunk, nullptr);
        H5Sselect_hyperslab(space, H5S_SELECT_SET, start, nullptr, chunk, nullptr);
        H5Dwrite(set, H5T_NATIVE_UINT8, memory, space, H5P_DEFAULT, as<std::uint8_t>(counted(60)).data());
        H5Sclose(memory);
        H5Dclose(set);
    });
    const auto image = format::open_image(folder / "half.h5", {})->description();
    REQUIRE(image.remarks.size() == 1);
    CHECK_THAT(image.remarks[0], mentions("never written"));
}

TEST_CASE("a filter that this HDF5 does not have is named")
{
    const ScratchFolder folder;
    constexpr H5Z_filter_t lzf = 32000;
    // a stand-in that packs nothing, so that a file can be written; afterwards it is unknown again
    const H5Z_class2_t nothing{
        H5Z_CLASS_T_VERS,
        lzf,
        1,
        1,
        "lzf",
        nullptr,
        nullptr,
        [](unsigned, std::size_t, const unsigned*, std::size_t bytes, std::size_t*, void**) { return bytes; }};
    REQUIRE(H5Zregister(&nothing) >= 0);
    make(folder / "a.h5", [](hid_t file, hid_t creation, hid_t space) {
        H5Pset_chunk(creation, 3, source_extent);
        H5Pset_filter(creation, lzf, H5Z_FLAG_MANDATORY, 0, nullptr);
        const hid_t set = create(file, creation, space);
        H5Dwrite(set, H5T_NATIVE_UINT8, H5S_ALL, H5S_ALL, H5P_DEFAULT,
                 as<std::uint8_t>(counted(source_shape.voxels())).data());
        H5Dclose(set);
    });
    REQUIRE(H5Zunregister(lzf) >= 0);
    is_refused(folder / "a.h5", "compressed by the filter lzf");
}
