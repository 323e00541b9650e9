// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/image_writer.hpp"
#include "format/plain/plain_writer.hpp"
#include "scratch.hpp"
#include "support/catch.hpp"
#include "tiff.hpp"

#include <csignal>

#include <sys/resource.h>

using namespace lapilli;
using namespace lapilli::test;
using format::VoxelType;

namespace {

constexpr Shape written_shape{5, 6, 7};
const std::vector<std::string> formats{"a.raw", "a.tif", "a.TIFF", "a.h5", "a.hdf5"};
const std::vector<std::string> framed{"a.mha", "a.nrrd", "a.npy", "a.vti"}; ///< a head, and the voxels as they are

std::vector<std::string> all_files()
{
    auto names = formats;
    names.insert(names.end(), framed.begin(), framed.end());
    return names;
}

std::vector<std::string> files_and_folders()
{
    auto names = all_files();
    names.emplace_back("a.zarr");
    return names;
}

format::RawFormat raw_for(const std::string& name)
{
    return name.ends_with(".raw") ? format::RawFormat{.shape = written_shape, .type = VoxelType::u8} : format::RawFormat{};
}

void write_image(const std::string& path, const std::optional<VoxelEdges>& voxel_edges_m,
                 const Shape& extent = written_shape)
{
    const auto labels = as<std::uint8_t>(counted(extent.voxels()));
    const auto writer = format::create_image(path, {.shape = extent, .voxel_edges_m = voxel_edges_m});
    const auto half = static_cast<std::size_t>(extent.nz / 2 * extent.plane());
    const auto voxels = std::as_bytes(std::span(labels));
    writer->append(voxels.first(half));
    writer->append(voxels.subspan(half, 0));
    writer->append(voxels.subspan(half));
    writer->finish();
}

/// To the twelve digits that are read of lengths in another unit than metres.
void check_alike(const std::optional<VoxelEdges>& read, const std::optional<VoxelEdges>& written)
{
    CHECK(read.has_value() == written.has_value());
    if (!read || !written) return;
    for (const Axis axis : all_axes) CHECK(read->along(axis) == Approx(written->along(axis)).epsilon(1e-12));
}

/// No file of this process may grow beyond, as on a full disk, while this lives.
class FullDisk {
public:
    explicit FullDisk(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN))
    {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        rlimit limit = before_;
        limit.rlim_cur = bytes;
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk()
    {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    rlimit before_{};
    void (*handler_)(int);
};

} // namespace

TEST_CASE("every format that is written is read back, with its voxel size")
{
    const ScratchFolder folder;
    for (const std::string& name : files_and_folders())
        for (const auto& voxel : {std::optional(VoxelEdges::cube(5.345e-6)), std::optional(VoxelEdges::cube(1. / 3e5)),
                                  std::optional(VoxelEdges{2e-6, 1. / 3e5, 5.345e-6}), std::optional<VoxelEdges>()}) {
            CAPTURE(name);
            write_image(folder / name, voxel);
            CHECK(read_all(folder / name, raw_for(name)) == counted(written_shape.voxels()));
            const auto image = format::open_image(folder / name, raw_for(name))->description();
            if (format::written_format(name).says_voxel_size) check_alike(image.voxel_edges_m, voxel);
            CHECK(image.shape == written_shape);
        }
    CHECK(folder.files().size() == files_and_folders().size());
}

TEST_CASE("the same labels give the same bytes")
{
    const ScratchFolder folder;
    for (const std::string& name : all_files()) {
        write_image(folder / name, VoxelEdges::cube(2e-6));
        const std::string first = bytes_in(folder / name);
        write_image(folder / name, VoxelEdges::cube(2e-6));
        CHECK(bytes_in(folder / name) == first);
    }
}

TEST_CASE("the resolution tags of a written TIFF say the voxel size to other programs")
{
    const ScratchFolder folder;
    write_image(folder / "a.tif", VoxelEdges{2e-6, 3e-6, 4e-6});
    const TiffHandle tiff(TIFFOpen((folder / "a.tif").c_str(), "r"), TIFFClose);
    REQUIRE(tiff);
    float x = 0;
    std::uint16_t unit = 0;
    CHECK(TIFFGetField(tiff.get(), TIFFTAG_XRESOLUTION, &x) == 1);
    CHECK(TIFFGetField(tiff.get(), TIFFTAG_RESOLUTIONUNIT, &unit) == 1);
    CHECK(unit == RESUNIT_CENTIMETER);
    CHECK(0.01 / static_cast<double>(x) == Approx(2e-6).epsilon(1e-6));
    CHECK(TIFFGetField(tiff.get(), TIFFTAG_YRESOLUTION, &x) == 1);
    CHECK(0.01 / static_cast<double>(x) == Approx(3e-6).epsilon(1e-6));
}

TEST_CASE("a plane of several strips is whole")
{
    const ScratchFolder folder;
    const Shape large{2, 1500, 1501};
    write_image(folder / "a.tif", std::nullopt, large);
    CHECK(read_all(folder / "a.tif") == counted(large.voxels()));
}

TEST_CASE("voxels of every type come back bit for bit")
{
    const ScratchFolder folder;
    for (const VoxelType type : format::all_voxel_types)
        for (const std::string& name : files_and_folders()) {
            CAPTURE(format::name(type), name);
            std::vector<std::byte> voxels(written_shape.voxels() * format::bytes_of(type));
            for (std::size_t i = 0; i < voxels.size(); ++i) voxels[i] = static_cast<std::byte>(i * 37 + 5);
            const auto writer = format::create_image(folder / name, {.shape = written_shape, .type = type});
            writer->append(voxels);
            writer->finish();
            auto raw = raw_for(name);
            if (raw.type) raw.type = type;
            const auto reader = format::open_image(folder / name, raw);
            CHECK(reader->description().type == type);
            std::vector<std::byte> read(voxels.size());
            reader->read_voxels({0, written_shape.nz}, read);
            CHECK(read == voxels);
            CHECK_THROWS_AS(reader->read_voxels({0, 1}, std::span(read).first(1)), Error);
        }
}

TEST_CASE("the heads say shape, type and voxel size as other programs read them, and the voxels follow as they are")
{
    const ScratchFolder folder;
    const std::string vti_head = R"(<?xml version="1.0"?>
<VTKFile type="ImageData" version="1.0" byte_order="LittleEndian" header_type="UInt64">
  <ImageData WholeExtent="0 7 0 6 0 5" Origin="0 0 0" Spacing="2e-06 3e-06 5.345e-06">
    <FieldData>
      <DataArray type="Float64" Name="voxel_size_m" NumberOfTuples="3" format="ascii">2e-06 3e-06 5.345e-06</DataArray>
    </FieldData>
    <Piece Extent="0 7 0 6 0 5">
      <CellData Scalars="image">
        <DataArray type="UInt16" Name="image" format="appended" offset="0"/>
      </CellData>
    </Piece>
  </ImageData>
  <AppendedData encoding="raw">
_)";
    const std::pair<std::string, std::string> heads[] = {
        {"a.mha", "ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = False\n"
                  "CompressedData = False\nDistanceUnits = mm\nElementSpacing = 0.002 0.003 0.005345\n"
                  "DimSize = 7 6 5\nElementType = MET_USHORT\nElementDataFile = LOCAL\n"},
        {"a.nrrd", "NRRD0004\ntype: uint16\ndimension: 3\nsizes: 7 6 5\nspacings: 0.002 0.003 0.005345\n"
                   "units: \"mm\" \"mm\" \"mm\"\nendian: little\nencoding: raw\n\n"},
        {"a.npy", std::string("\x93NUMPY\x01\0\x76\0", 10) +
                      "{'descr': '<u2', 'fortran_order': False, 'shape': (5, 6, 7), }" + std::string(55, ' ') + "\n"},
        {"a.vti", vti_head + std::string("\xa4\x01\0\0\0\0\0\0", 8)},
    };
    const auto voxels = as<std::uint16_t>(counted(written_shape.voxels(), 65521));
    for (const auto& [name, head] : heads) {
        CAPTURE(name);
        const auto writer = format::create_image(
            folder / name,
            {.shape = written_shape, .type = VoxelType::u16, .voxel_edges_m = VoxelEdges{2e-6, 3e-6, 5.345e-6}});
        writer->append(std::as_bytes(std::span(voxels)));
        writer->finish();
        const auto tail = name.ends_with("vti") ? "\n  </AppendedData>\n</VTKFile>\n" : "";
        CHECK(bytes_in(folder / name) == head + bytes_of(voxels) + tail);
    }
}

TEST_CASE("a length in other units comes back to the last digit")
{
    for (const double metres : {5.345e-6, 2e-6, 1e-6, 2.25e-6, 8.683e-6, 65e-9, 1e-3})
        for (const double unit : {1e-3, 1e-6}) CHECK(format::in_units(metres, unit) * unit == metres);
    CHECK(format::in_units(1. / 3e5, 1e-3) * 1e-3 == Approx(1. / 3e5).epsilon(1e-12));
}

TEST_CASE("an image that is not finished leaves what was there and nothing else")
{
    const ScratchFolder folder;
    const std::vector<std::uint8_t> plane(42, 1);
    for (const std::string& name : all_files()) {
        folder.write(name, "before");
        {
            const auto writer = format::create_image(folder / name, {.shape = written_shape});
            writer->append(std::as_bytes(std::span(plane)));
            CHECK_THROWS_AS(writer->finish(), Error);
        }
        CHECK(bytes_in(folder / name) == "before");
    }
    CHECK(folder.files().size() == all_files().size());
}

TEST_CASE("planes that do not fit the shape are refused")
{
    const ScratchFolder folder;
    for (const std::string& name : all_files()) {
        const auto writer = format::create_image(folder / name, {.shape = written_shape});
        CHECK_THROWS_AS(writer->append(std::vector<std::byte>(41)), Error);
        CHECK_THROWS_AS(writer->append(std::vector<std::byte>(42 * 6)), Error);
    }
    CHECK(folder.files().empty());
}

TEST_CASE("names, folders, shapes and voxel sizes that cannot be written are refused with one sentence")
{
    const ScratchFolder folder;
    const auto sentence = [&](const std::string& path, const Shape& extent = written_shape,
                              const std::optional<VoxelEdges>& voxel = {}) {
        const Error error = error_of([&] { format::create_image(path, {.shape = extent, .voxel_edges_m = voxel}); });
        CHECK(error.code() == ExitCode::wrong_input);
        CHECK_THAT(error.what(), mentions(path));
        return std::string(error.what());
    };
    CHECK_THAT(sentence(folder / "a.png"), mentions("name it .tif, .raw, .h5, .mha, .nrrd, .npy, .vti, .zarr"));
    CHECK_THAT(sentence(folder / "raw"), mentions("name it"));
    for (const char* name : {"none/a.raw", "none/a.tif", "none/a.h5"})
        CHECK_THAT(sentence(folder / name), mentions("No such file or directory"));
    CHECK_THAT(sentence(folder / "a.raw", {0, 1, 1}), mentions("0x1x1"));
    CHECK_THAT(sentence(folder / "a.raw", {std::int64_t{1} << 32, std::int64_t{1} << 32, 1}), mentions("correct the shape"));
    CHECK_THAT(sentence(folder / "a.tif", written_shape, VoxelEdges{1e-6, 1e-6, 0}), mentions("voxel size"));
    CHECK(folder.files().empty());
}

TEST_CASE("a full disk is one sentence with the path, and the previous file stays")
{
    const ScratchFolder folder;
    std::vector<std::uint8_t> noise(static_cast<std::size_t>(64 * 64 * 64));
    std::uint32_t state = 1;
    for (auto& value : noise) value = static_cast<std::uint8_t>((state = state * 1664525U + 1013904223U) >> 24);
    for (const std::string name : {"a.raw", "a.tif", "a.h5", "a.nrrd"}) {
        folder.write(name, "before");
        CAPTURE(name);
        CapturedStderr captured(folder);
        std::string sentence;
        ExitCode code = ExitCode::done;
        {
            const FullDisk full(100000);
            const Error error = error_of([&] {
                const auto writer = format::create_image(folder / name, {.shape = {64, 64, 64}});
                writer->append(std::as_bytes(std::span(noise)));
                writer->finish();
            });
            sentence = error.what();
            code = error.code();
        }
        CHECK(captured.text().empty());
        CHECK(code == ExitCode::failed);
        CHECK_THAT(sentence, mentions(name) && mentions("File too large"));
        CHECK(bytes_in(folder / name) == "before");
    }
    CHECK(folder.files().size() == 5);
}
