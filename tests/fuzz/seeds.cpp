// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Writes the corpora that the targets start from: fuzz_seeds FOLDER makes FOLDER/raw, FOLDER/gzip, ...
#include "io/dicom.hpp"
#include "io/gzip.hpp"
#include "io/headed_files.hpp"
#include "io/png.hpp"
#include "io/tiff.hpp"

#include <array>
#include <filesystem>
#include <fstream>

namespace {

using namespace lapilli;
using namespace lapilli::test;
namespace fs = std::filesystem;

void write(const fs::path& path, const std::string& bytes)
{
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
}

/// What raw_format.hpp reads: nz, ny, nx, type, order and header.
std::string format(int type, int rest) { return {2, 3, 4, static_cast<char>(type), static_cast<char>(rest)}; }

void write_raw(const fs::path& folder)
{
    constexpr std::array sizes{1, 1, 2, 2, 4, 4, 4};
    for (int type = 0; type < 7; ++type) {
        const std::string voxels(static_cast<std::size_t>(24 * sizes[static_cast<std::size_t>(type)]), '\0');
        const std::string name = std::to_string(type);
        write(folder / "raw" / name, format(type, type % 2) + voxels);
        write(folder / "gzip" / ("packed-" + name), format(type, 0) + '\0' + gzip(voxels) + gzip(""));
        write(folder / "gzip" / ("to-pack-" + name), format(type, 0) + '\1' + voxels);
    }
    write(folder / "raw" / "behind-a-header", format(0, 29) + '\3' + std::string(3 + 24, '\0'));
}

/// One of each form that is read beside a headerless file; the first byte chooses it.
void write_claims(const fs::path& folder)
{
    constexpr std::array texts{
        R"({"image": {"shape": [3, 4, 5], "voxel_size_m": [4e-6, 2e-6, 2e-6]}})",
        "NUM_X = 5\nNUM_Y = 4\nNUM_Z = 3\nvoxelSize = 5.0\nBYTEORDER = HIGHBYTEFIRST\n",
        "Width: 0.01 mm (5)\nHeight: 0.01 mm (4)\nDepth: 3\nVoxel size: 2x2x4 micron^3\nBits per pixel: 8\n",
        "DimSize = 5 4 3\nElementSpacing = 2 2 4\nElementType = MET_UCHAR\nHeaderSize = -1\nElementDataFile = a.raw\n",
        "NRRD0004\ntype: uint8\nsizes: 5 4 3\nencoding: raw\nspace directions: (2,0,0) (0,2,0) (0,0,4)\n"
        "space units: \"um\" \"um\" \"um\"\ndata file: a.raw\n",
        "rock_5x4x3x8bit.raw"};
    for (std::size_t form = 0; form < texts.size(); ++form)
        write(folder / "claim" / std::to_string(form), static_cast<char>(form) + std::string(texts[form]));
}

/// One of each format of scanner_fuzz.cpp, behind the choice of its name.
void write_scans(const fs::path& folder)
{
    using namespace std::string_literals;
    for (const auto& [kind, bits] : {std::pair{0, 1}, {0, 16}, {2, 8}, {3, 2}, {6, 8}}) {
        constexpr int numbers[] = {1, 0, 3, 1, 2, 0, 4};
        const std::string row(static_cast<std::size_t>((3 * bits * numbers[kind] + 7) / 8), '\5');
        const PngFile png{.nx = 3, .ny = 2, .bits = bits, .kind = kind, .rows = {row, row}, .per_metre = 200000};
        write(folder / fmt::format("png-{}-{}", kind, bits), '\2' + png.bytes());
    }
    for (const std::uint16_t bits : {1, 4, 8, 24}) {
        const std::string head = number_bytes(40) + number_bytes(3) + number_bytes(1) + number_bytes(std::uint16_t{1}) +
                                 number_bytes(bits) + std::string(24, '\0');
        write(folder / fmt::format("bmp-{}", bits),
              "\0BM\0\0\0\0\0\0\0\0"s + number_bytes(54) + head + std::string(12, '\5'));
    }
    for (const bool typed : {true, false}) {
        DicomText text(typed), item(typed);
        item.add(0x00280030, "DS", "0.01\\0.02");
        text.add_sequence(0x52009229, {DicomText(typed).add_sequence(0x00289110, {item}, typed)}, typed);
        text.add(0x00200032, "DS", "0\\0\\1").add(0x00200037, "DS", "1\\0\\0\\0\\1\\0").add(0x00280002, std::uint16_t{1});
        text.add(0x00280010, std::uint16_t{2}).add(0x00280011, std::uint16_t{3}).add(0x00280100, std::uint16_t{16});
        text.add(0x00280101, std::uint16_t{12}).add(0x7fe00010, "OW", std::string(12, '\5'));
        write(folder / (typed ? "dicom-typed" : "dicom"),
              '\2' + text.file(typed ? "1.2.840.10008.1.2.1" : "1.2.840.10008.1.2"));
    }
    const auto amira = [](const std::string& place, const std::string& data) {
        return "\2# AmiraMesh BINARY-LITTLE-ENDIAN 2.1\ndefine Lattice 3 2 1\nParameters { Units { Coordinates \"mm\" } "
               "BoundingBox "
               "0 4 0 2 0 1 }\nLattice { byte Labels } " +
               place + "\n@1\n" + data;
    };
    write(folder / "amira", amira("@1", "\1\2\3\4\5\6"));
    write(folder / "amira-rle", amira("@1(HxByteRLE,6)", "\2\1\x83\2\3\4\1\5"));
    write(folder / "isq", "\2CTDATA-HEADER_V1" + std::string(28, '\0') + number_bytes(3) + number_bytes(2) +
                              number_bytes(1) + number_bytes(30) + number_bytes(20) + number_bytes(10) +
                              std::string(444, '\0') + std::string(12, '\5'));
    write(folder / "vgi",
          "\1[file1]\nsize = 3 2 1\nskipheader = 2\nname = image.vol\ndatatype = unsigned integer\nbitsperelement = 16\n"
          "[geometry]\nresolution = 1 1 1\nunit = mm\n");
}

/// What zarr_fuzz.cpp reads.
void write_zarrs(const fs::path& folder)
{
    const std::string group = R"({"multiscales": [{"axes": ["z", "y", "x"], "datasets": [{"path": "0",
        "coordinateTransformations": [{"scale": [1, 2, 2]}]}]}]})";
    const std::string array = R"({"shape": [2, 2, 3], "chunks": [2, 2, 3], "dtype": "<u2", "order": "C", "filters": null,
        "fill_value": 1, "compressor": )";
    const std::string plain(24, '\5');
    write(folder / "plain", array + "null}" + '\0' + group + '\0' + plain);
    write(folder / "gzip", array + R"({"id": "gzip"}})" + '\0' + group + '\0' + gzip(plain));
    write(folder / "blosc", array + R"({"id": "blosc"}})" + '\0' + group + '\0' + "\2\1\2\2" + number_bytes(24) +
                                number_bytes(24) + number_bytes(40) + plain);
    write(folder / "version-3", R"({"node_type": "array", "shape": [2, 2, 3], "data_type": "uint16", "fill_value": 0,
        "chunk_grid": {"configuration": {"chunk_shape": [2, 2, 3]}}, "codecs": [{"name": "bytes"}]})" +
                                    ('\0' + group) + '\0' + plain);
}

/// Every format of headed_fuzz.cpp, whose first byte says whether an array is named.
void write_headed(const fs::path& folder)
{
    const Labels labels = headed_labels();
    const std::string u8 = voxel_bytes<std::uint8_t>(labels), u16 = voxel_bytes<std::uint16_t>(labels, true);
    const std::string array = npy("'>u2'", u16, "(3, 4, 5)", true);
    NetcdfFile netcdf{.version = 5, .variables = {{"rock", {0, 1, 2}, 7, u8}}};
    netcdf.attributes = netcdf.texts({{"voxel_size_xyz", "2, 2, 4"}, {"voxel_unit", "um"}});
    const std::vector<std::string> files{
        mha("MET_USHORT", "ElementByteOrderMSB = True\nElementSpacing = 0.002 0.002 0.004\n") + u16,
        mha("MET_UCHAR", "CompressedData = True\n") + zlib_packed(u8),
        nrrd_of("uint8", "gzip", "spacings: 2 2 4\nunits: \"um\" \"um\" \"um\"\n") + gzip(u8),
        nrrd_of("uint16", "bzip2", "endian: big\nspace directions: (2,0,0) (0,2,0) (0,0,4)\n") + bzip2(u16),
        array,
        zip({{"rock.npy", array}, {"other.npy", array}}, true, true),
        nifti_header({.edges = {2, 2, 4}, .units = 3}) + u8,
        gzip(nifti_header({.version = 2, .datatype = 512, .big_endian = true}) + u16),
        vti({.packed = true, .big_endian = true, .wide = true, .spacing = "2e-6 2e-6 4e-6"}, u16),
        vti({.base64 = true, .of_points = true, .type = "UInt8"}, u8),
        vti({.packed = true, .inline_data = true, .type = "UInt8"}, u8),
        MatFile().add({"rock", u8}).add({"grain", u8, 9, 2, {5, 4, 3}, true}).bytes(),
        netcdf.bytes(),
        zstd(u8),
        netcdf.header(std::size_t{1} << 63) + u8,
    };
    for (std::size_t i = 0; i < files.size(); ++i)
        for (const bool is_named : {false, true})
            write(folder / "headed" / (std::to_string(i) + (is_named ? "-named" : "")), (is_named ? '\0' : '\1') + files[i]);
}

void write_tiffs(const fs::path& folder)
{
    const Shape shape{2, 20, 37};
    const TiffSpec specs[] = {
        {.shape = shape, .bits = 1, .compression = COMPRESSION_CCITTFAX4},
        {.shape = shape, .bits = 1, .compression = COMPRESSION_PACKBITS},
        {.shape = shape, .bits = 8, .compression = COMPRESSION_LZW},
        {.shape = shape, .bits = 8, .compression = COMPRESSION_ADOBE_DEFLATE, .tile = 16},
        {.shape = shape, .bits = 16, .format = SAMPLEFORMAT_INT, .mode = "wb"},
        {.shape = shape, .bits = 32, .format = SAMPLEFORMAT_IEEEFP, .compression = COMPRESSION_LZMA, .mode = "w8"},
        {.shape = shape, .bits = 32, .compression = COMPRESSION_ZSTD},
        {.shape = {1, 20, 37},
         .more_tags =
             [](TIFF* tiff, std::int64_t) {
                 TIFFSetField(tiff, TIFFTAG_IMAGEDESCRIPTION, "ImageJ=1.53\nimages=2\nslices=2\nunit=um\nspacing=2.0\n");
                 TIFFSetField(tiff, TIFFTAG_XRESOLUTION, 0.5);
                 TIFFSetField(tiff, TIFFTAG_YRESOLUTION, 0.5);
             }},
        {.shape = shape,
         .more_tags = [](TIFF* tiff,
                         std::int64_t) { TIFFSetField(tiff, TIFFTAG_IMAGEDESCRIPTION, "voxel_size_m=5.345e-06"); }},
    };
    fs::create_directories(folder / "tiff");
    for (std::size_t i = 0; i < std::size(specs); ++i)
        write_tiff(folder / "tiff" / std::to_string(i), specs[i], counted(specs[i].shape.voxels(), 2));
}

void write_texts(const fs::path& folder)
{
    write(folder / "case" / "all",
          "image = 'rock.raw' # it\nshape = [24, 24, 0x18]\ntype = 'u8'\nendian = 'big'\nvoxel = \"5.345um\"\n"
          "crop = [[0, 20], ':', \":\"]\npore = [0, 1]\naxis = ['x', 'z']\nboundary = 'sealed'\naccuracy = 1e-5\n"
          "max-iterations = 20\nwalls = 'plain'\nrefine = 2\nblocks = 8\nsegmentation = false\nout = \"\"\"a\nb\"\"\"\n");
    write(folder / "case" / "phases",
          "conductivity = {0 = 1.0, '1' = 5e-2}\njson = true\n[shape]\nnx = 4\nny = 4\nnz = 4\n");
    constexpr std::array typed{"5.345um", "nx=400,ny=400,nz=100", "0,1,-7", "x,z", ":,0:100,5:", "85=0.05", "12"};
    for (std::size_t what = 0; what < typed.size(); ++what)
        write(folder / "units" / std::to_string(what), static_cast<char>(what) + std::string(typed[what]));
}

/// What checkpoint_fuzz.cpp reads: which file, and what stands there.
void write_memories(const fs::path& folder)
{
    const std::string header = R"({"step":{"property":"diffusivity","axis":"x"},"state":{"iteration":4,"history":[1.5]},)"
                               R"("identity":{"format":1},"arrays":[{"name":"g","number":4,"lanes":1,"count":9,)"
                               R"("hash":"00","pieces":[{"file":"","offset":2048,"first":0,"count":9}]}]})";
    const std::string lines = "{\"journal\":1,\"epoch\":3,\"identity\":{\"format\":1}}\n"
                              "{\"step\":\"diffusivity x\",\"epoch\":3,\"outcome\":{\"relative\":0.25}}\n";
    const std::string lease = R"({"epoch":3,"run":"0a","host":"node","pid":7,"start":"2026-01-01T00:00:00Z"})";
    write(folder / "header", '\1' + header);
    write(folder / "header-of-other-version", '\2' + header);
    write(folder / "header-as-it-is", '\0' + header + "\nlapilli checkpoint 0001 " + std::string(16, '0') + '\n');
    write(folder / "journal-as-it-is", '\3' + lines);
    write(folder / "journal", '\4' + lines);
    write(folder / "lease", '\5' + lease);
}

/// What result_fuzz.cpp reads: a whole file, or what stands under its image and its result.
void write_results(const fs::path& folder)
{
    const std::string image =
        R"({"path":"a,b.tif","shape":[4,5,6],"voxel_size_m":2e-06,"pore":[0,1],"crop":[[0,4],[0,5],[0,6]],)"
        R"("conductivity":{"0":1.0,"1":0.05}})";
    const std::string sealed = R"({"porosity":{"boundary":"sealed","total":0.35,"connected":{"x":0.3}},)"
                               R"("percolation":{"x":{"percolates":true},"components":7,"largest_voxels":[9,2]},)"
                               R"("diffusivity":{"x":{"converged":true,"relative":0.25,"formation_factor":null}},)"
                               R"("permeability":{"walls":"weighted","x":{"converged":false,"permeability_md":null,)"
                               R"("permeability_voxel2":0.5,"two_grid":{"permeability_md_2":1.5},)"
                               R"("correction":{"blocks":2,"ratio":0.75,"permeability_voxel2_corrected":0.375}}}})";
    const std::string periodic = R"({"porosity":{"boundary":"periodic"},"diffusivity":{"tensor":[[1,2,3],[2,4,5],[3,5,6]],)"
                                 R"("principal":{"values":[3,2,1]},"tortuosity":{"y":1.5},)"
                                 R"("solves":{"y":{"converged":true,"solver_error_estimate":1e-05}}}})";
    const auto of = [&](const std::string& result) { return "\"image\":" + image + ",\"result\":" + result; };
    write(folder / "sealed", '\1' + of(sealed));
    write(folder / "periodic", '\1' + of(periodic));
    write(folder / "whole",
          '\0' + std::string(R"({"schema":1,"status":"not converged","program":{"name":"lapilli"},)") + of("{}") + "}");
}

/// Choices of hdf5_fuzz.cpp: one dataset of three axes, plain, packed in chunks, and with a voxel size.
void write_choices(const fs::path& folder)
{
    const std::string dataset{0, 0, 3, 4, 5, 6, 0, 0, 0};
    write(folder / "hdf5" / "plain", std::string{0, 0, 1} + dataset + std::string{0, 0, 0, 0, 0, 0, 0, 7, 1, 0, 0, 0});
    write(folder / "hdf5" / "packed", std::string{0, 1, 1} + dataset + std::string{0, 2, 2, 2, 0, 0, 7, 1, 1, 0, 0, 0});
    write(folder / "hdf5" / "sized",
          std::string{0, 0, 1} + dataset + std::string{0, 0, 0, 0, 0, 0, 0, 7, 1, 1, 9, 0, 0, 0, 0, 0, 0, 0, 5, 5, 0, 0});
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2) return 2;
    write_raw(argv[1]);
    write_claims(argv[1]);
    write_headed(argv[1]);
    write_tiffs(argv[1]);
    write_scans(fs::path(argv[1]) / "scanner");
    write_zarrs(fs::path(argv[1]) / "zarr");
    write_texts(argv[1]);
    write_choices(argv[1]);
    write_memories(fs::path(argv[1]) / "checkpoint");
    write_results(fs::path(argv[1]) / "result");
    return 0;
}
