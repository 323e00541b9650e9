// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "copied_process.hpp"
#include "hdf5.hpp"
#include "support/catch.hpp"

using namespace lapilli;
using namespace lapilli::test;
using format::VoxelType;

namespace {

void stored_as(hid_t stored, VoxelType type, const char* type_name)
{
    const ScratchFolder folder;
    const Labels labels = counted(stored_shape.voxels(), 127);
    Hdf5File(folder / "a.h5").dataset("image", stored_extent, stored, H5T_NATIVE_INT32, labels.data());
    const auto reader = format::open_image(folder / "a.h5", {});
    CHECK(reader->description().type == type);
    CHECK(reader->description().format == std::string("HDF5 /image ") + type_name);
    CHECK(read_planes(*reader, {0, stored_shape.nz}) == labels);
}

/// Tries every so many lengths, behind the headers a third of these, which find what all do.
void check_cut_off_hdf5(std::size_t step)
{
    const ScratchFolder folder;
    const Labels labels = counted(stored_shape.voxels());
    for (const std::vector<hsize_t>& chunk : {std::vector<hsize_t>{}, {2, 5, 7}}) {
        Hdf5File(folder / "a.h5").dataset("image", stored_extent, H5T_STD_U8LE, H5T_NATIVE_INT32, labels.data(), chunk);
        const std::string whole = bytes_in(folder / "a.h5");
        CapturedStderr captured(folder);
        bool good = true;
        constexpr std::size_t headers = 600;
        for (std::size_t length = 0; length < whole.size(); length += length < headers ? step : 3 * step) {
            const std::string cut = folder.write("cut.h5", whole.substr(0, length));
            good &= is_refused_or_right([&] { return read_hdf5_in_a_copy(cut); }, labels);
        }
        CHECK(captured.text().empty());
        CHECK(good);
    }
}

} // namespace

TEST_CASE("HDF5 datasets of every type of numbers give their labels")
{
    stored_as(H5T_STD_U8LE, VoxelType::u8, "u8");
    stored_as(H5T_STD_I8BE, VoxelType::i8, "i8");
    stored_as(H5T_STD_U16BE, VoxelType::u16, "u16");
    stored_as(H5T_STD_I16LE, VoxelType::i16, "i16");
    stored_as(H5T_STD_U32LE, VoxelType::u32, "u32");
    stored_as(H5T_STD_I32BE, VoxelType::i32, "i32");
    stored_as(H5T_STD_I64LE, VoxelType::i64, "i64");
    stored_as(H5T_STD_U64LE, VoxelType::u64, "u64");
    stored_as(H5T_IEEE_F32LE, VoxelType::f32, "f32");
    stored_as(H5T_IEEE_F64BE, VoxelType::f64, "f64");
}

TEST_CASE("booleans as h5py writes them are labels")
{
    const ScratchFolder folder;
    const hid_t boolean = H5Tenum_create(H5T_NATIVE_INT8);
    for (const std::int8_t value : {std::int8_t{0}, std::int8_t{1}})
        H5Tenum_insert(boolean, value ? "TRUE" : "FALSE", &value);
    const auto values = as<std::int8_t>(counted(stored_shape.voxels(), 2));
    Hdf5File(folder / "a.h5").dataset("image", stored_extent, boolean, boolean, values.data());
    H5Tclose(boolean);
    CHECK(read_all(folder / "a.h5") == counted(stored_shape.voxels(), 2));
}

TEST_CASE("chunked and packed datasets are read in any planes")
{
    const ScratchFolder folder;
    const Labels labels = counted(stored_shape.voxels());
    Hdf5File(folder / "a.h5").dataset("image", stored_extent, H5T_STD_U8LE, H5T_NATIVE_INT32, labels.data(), {4, 3, 3});
    const auto reader = format::open_image((folder / "a.h5") + ":/image", {});
    CHECK_FALSE(reader->streamed());
    CHECK(reader->description().remarks.empty());
    for (const PlaneRange planes :
         {PlaneRange{0, 6}, PlaneRange{3, 5}, PlaneRange{5, 6}, PlaneRange{0, 1}, PlaneRange{2, 2}})
        CHECK(read_planes(*reader, planes) == Labels(labels.begin() + planes.first * 35, labels.begin() + planes.last * 35));
}

TEST_CASE("dimensions of length one before and behind are dropped")
{
    const ScratchFolder folder;
    const std::string path = folder / "a.h5";
    for (const std::vector<hsize_t>& dims : {std::vector<hsize_t>{1, 6, 5, 7}, {6, 5, 7, 1}, {1, 1, 6, 5, 7, 1}}) {
        write_u8(Hdf5File(path), "image", dims);
        CHECK(format::open_image(path, {})->description().shape == stored_shape);
        CHECK(read_all(path) == counted(stored_shape.voxels()));
    }
    write_u8(Hdf5File(path), "image", {1, 1, 1, 210});
    CHECK(format::open_image(path, {})->description().shape == Shape{1, 1, 210});
    write_u8(Hdf5File(path), "image", {2, 3, 5, 7});
    CHECK_THROWS_WITH(format::open_image(path, {}), mentions("no three-dimensional dataset"));
    CHECK_THROWS_WITH(format::open_image(path + ":/image", {}), mentions("is no image"));
    write_u8(Hdf5File(path), "image", {30, 7});
    CHECK_THROWS_WITH(format::open_image(path, {}), mentions("no three-dimensional dataset"));
}

TEST_CASE("a file behind a user block, and under any name, is HDF5 by its content")
{
    const ScratchFolder folder;
    write_u8(Hdf5File(folder / "a.dat", 1024), "image");
    CHECK(read_all(folder / "a.dat") == counted(stored_shape.voxels()));
}

TEST_CASE("without a dataset's name the only image is taken, else those that exist are listed")
{
    const ScratchFolder folder;
    const std::string path = folder / "a.h5";
    {
        const Hdf5File file(path);
        write_u8(file, "scan/labels");
        const double number = 1;
        file.dataset("table", {1}, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, &number);
    }
    CHECK(format::open_image(path, {})->description().path == path + ":/scan/labels");
    write_u8(Hdf5File(path), "image");
    {
        const Hdf5File file(path);
        write_u8(file, "scan/labels");
        write_u8(file, "raw");
    }
    CHECK_THROWS_WITH(format::open_image(path, {}), mentions(path + ":/raw (6x5x7 u8)") && mentions("/scan/labels"));
    CHECK_THROWS_WITH(format::open_image(path + ":/none", {}), mentions("no dataset /none") && mentions(path + ":/raw"));
    CHECK_THROWS_WITH(format::open_image(path + ":/scan", {}), mentions("no dataset /scan"));
    CHECK(read_all(path + ":scan/labels") == counted(stored_shape.voxels()));
}

TEST_CASE("bit fields are read as unsigned numbers, and booleans as 0 and 1")
{
    const ScratchFolder folder;
    const Labels labels = counted(stored_shape.voxels());
    const auto reads = [&](hid_t stored, hid_t memory, const void* values, const char* type) {
        Hdf5File(folder / "a.h5").dataset("image", stored_extent, stored, memory, values);
        CHECK(format::open_image(folder / "a.h5", {})->description().format == std::string("HDF5 /image ") + type);
        CHECK(read_all(folder / "a.h5") == labels);
    };
    reads(H5T_STD_B8LE, H5T_NATIVE_B8, as<std::uint8_t>(labels).data(), "u8");
    reads(H5T_STD_B16BE, H5T_NATIVE_B16, as<std::uint16_t>(labels).data(), "u16");
    reads(H5T_STD_B32LE, H5T_NATIVE_B32, as<std::uint32_t>(labels).data(), "u32");
    reads(H5T_STD_B64BE, H5T_NATIVE_B64, as<std::uint64_t>(labels).data(), "u64");

    const hid_t boolean = H5Tenum_create(H5T_NATIVE_INT8); // as h5py makes it
    for (const std::int8_t value : {0, 1}) H5Tenum_insert(boolean, value == 0 ? "FALSE" : "TRUE", &value);
    const Labels bits = counted(stored_shape.voxels(), 2);
    Hdf5File(folder / "b.h5").dataset("image", stored_extent, boolean, boolean, as<std::int8_t>(bits).data());
    CHECK(read_all(folder / "b.h5") == bits);
    H5Tclose(boolean);
}

TEST_CASE("a file of a version that HDF5 does not know is named so, with what to do")
{
    const ScratchFolder folder;
    write_u8(Hdf5File(folder / "a.h5"), "image");
    std::string bytes = bytes_in(folder / "a.h5");
    bytes[8] = 9; // the version of the superblock
    CHECK_THROWS_WITH(format::open_image(folder.write("b.h5", bytes), {}),
                      mentions("(bad superblock version number), so a newer HDF5 has written it") && mentions("h5repack"));
}

TEST_CASE("what was given for raw files must agree with HDF5")
{
    const ScratchFolder folder;
    write_u8(Hdf5File(folder / "a.h5"), "image");
    CHECK_NOTHROW(format::open_image(folder / "a.h5", {.shape = stored_shape, .type = VoxelType::u8}));
    CHECK_THROWS_WITH(format::open_image(folder / "a.h5", {.shape = Shape{1, 1, 1}}), mentions("says 6x5x7"));
    CHECK_THROWS_WITH(format::open_image(folder / "a.h5", {.type = VoxelType::i8}), mentions("says u8"));
}

TEST_CASE("64-bit values that fit no label name the voxel")
{
    const ScratchFolder folder;
    std::vector<std::int64_t> values(210, 1);
    values[35 + 14 + 3] = std::int64_t{1} << 40;
    Hdf5File(folder / "a.h5").dataset("image", stored_extent, H5T_STD_I64LE, H5T_NATIVE_INT64, values.data());
    CHECK_THROWS_WITH(read_all(folder / "a.h5"), mentions("1099511627776 at voxel (z 1, y 2, x 3)"));
    std::vector<double> reals(210, 1);
    reals[35 + 14 + 3] = 1 + 1e-12;
    Hdf5File(folder / "b.h5").dataset("image", stored_extent, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, reals.data());
    CHECK_THROWS_WITH(read_all(folder / "b.h5"), mentions("at voxel (z 1, y 2, x 3)") && mentions("segment"));
}

TEST_CASE("a dataset that was never written is refused, whatever it promises")
{
    const ScratchFolder folder;
    const std::vector<hsize_t> huge{4000000, 4000000, 4000000};
    Hdf5File(folder / "a.h5").dataset("image", huge, H5T_STD_U8LE, H5T_NATIVE_UINT8, nullptr);
    CHECK_THROWS_WITH(format::open_image(folder / "a.h5", {}), mentions("never written"));
    Hdf5File(folder / "b.h5").dataset("image", huge, H5T_STD_U8LE, H5T_NATIVE_UINT8, nullptr, {64, 64, 64});
    CHECK_THROWS_WITH(format::open_image(folder / "b.h5", {}), mentions("never written"));
}

TEST_CASE("an HDF5 file that is cut off gives an error or the right labels, and no word on stderr")
{
    check_cut_off_hdf5(7);
}

TEST_CASE("an HDF5 file that is cut off anywhere gives an error or the right labels", "[slow]") { check_cut_off_hdf5(1); }
