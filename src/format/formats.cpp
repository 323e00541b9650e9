// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/formats.hpp"

#include "format/amira/amira.hpp"
#include "format/dicom/dicom_reader.hpp"
#include "format/hdf5/hdf5_apart.hpp"
#include "format/hdf5/hdf5_reader.hpp"
#include "format/headed/matlab.hpp"
#include "format/headed/metaimage.hpp"
#include "format/headed/netcdf.hpp"
#include "format/headed/nifti.hpp"
#include "format/headed/npz.hpp"
#include "format/headed/nrrd.hpp"
#include "format/headed/numpy.hpp"
#include "format/headed/vti.hpp"
#include "format/jpeg_2000/jpeg_2000.hpp"
#include "format/jpeg_2000/jpeg_2000_built.hpp"
#include "format/raw/headerless.hpp"
#include "format/scanner/isq.hpp"
#include "format/scanner/vgi.hpp"
#include "format/slices/bmp_reader.hpp"
#include "format/slices/jpeg_refusal.hpp"
#include "format/slices/png_reader.hpp"
#include "format/slices/slices_reader.hpp"
#include "format/slices/visible_files.hpp"
#include "format/tiff/tiff_reader.hpp"
#include "format/zarr/zarr_place.hpp"
#include "format/zarr/zarr_reader.hpp"

#include <algorithm>
#include <utility>

namespace lapilli::format {
namespace {

using namespace std::string_view_literals; // some signatures hold zeros

bool is_folder(const Candidate& candidate) { return !candidate.file; }

bool has_ending(const Candidate& it, std::string_view wanted) { return it.file && ending(it.path) == wanted; }

/// Two letters are no signature: the name has to say it, too.
bool is_bmp(const Candidate& it) { return it.begin.starts_with("BM") && has_ending(it, ".bmp"); }

template <Packing packing>
std::unique_ptr<ImageReader> open_packed(Candidate it)
{
    return open_packed_raw(std::move(it), packing);
}

/// The table. A row that is more certain stands before one that is less; the last fits whatever is left.
constexpr std::array formats{
    Format{.name = "Zarr",
           .fits = [](const Candidate& it) { return !it.file && is_zarr(it.path); },
           .open = [](Candidate it) { return open_zarr(it.path, it.part); },
           .parts = true},
    Format{.name = "a series of DICOM",
           .fits = [](const Candidate& it) { return !it.file && is_dicom_folder(it.path); },
           .open = [](Candidate folder) { return open_dicom_folder(folder.path); }},
    Format{
        .name = "a folder of slices", .fits = is_folder, .open = [](Candidate folder) { return open_slices(folder.path); }},
    Format{.name = "HDF5",
           .fits = [](const Candidate& it) { return it.file && is_hdf5(*it.file); },
           .open = [](Candidate it) { return open_hdf5_apart(it.path, it.part); },
           .parts = true},
    Format{.name = "TIFF",
           .fits = [](const Candidate& it) { return it.file && is_tiff(*it.file); },
           .open = [](Candidate it) { return open_tiff(std::move(*it.file)); }},
    Format{.name = "NRRD", .signatures = {{{0, "NRRD"sv}}}, .open = open_nrrd},
    Format{.name = "MetaImage", .signatures = {{{0, "ObjectType"sv}, {0, "NDims"sv}}}, .open = open_metaimage},
    Format{.name = "NumPy (.npy)", .signatures = {{{0, "\x93NUMPY"sv}}}, .open = open_numpy},
    Format{.name = "NIfTI", .fits = is_nifti, .open = open_nifti},
    Format{.name = "NumPy (.npz)", .signatures = {{{0, "PK\x03\x04"sv}}}, .open = open_npz, .parts = true},
    Format{.name = "netCDF",
           .signatures = {{{0, "CDF\x01"sv}, {0, "CDF\x02"sv}, {0, "CDF\x05"sv}}},
           .open = open_netcdf,
           .parts = true},
    Format{.name = "MATLAB (.mat)", .signatures = {{{0, "MATLAB 5.0 MAT-file"sv}}}, .open = open_matlab, .parts = true},
    Format{.name = "VTK (.vti)", .fits = is_vtk_xml, .open = open_vti, .parts = true},

    Format{
        .name = "raw in gzip", .signatures = {{{0, "\x1f\x8b\x08"sv}}}, .open = open_packed<Packing::gzip>, .packed = true},
    Format{.name = "raw in bzip2", .signatures = {{{0, "BZh"sv}}}, .open = open_packed<Packing::bzip2>, .packed = true},
    Format{.name = "raw in zstd",
           .signatures = {{{0, "\x28\xb5\x2f\xfd"sv}}},
           .open = open_packed<Packing::zstd>,
           .packed = true},

    Format{.name = "DICOM", .signatures = {{{128, "DICM"sv}}}, .open = [](Candidate it) { return open_dicom(it.path); }},
    Format{.name = "VTK's older format", .signatures = {{{0, "# vtk DataFile"sv}}}},
    Format{.name = "XML", .signatures = {{{0, "<?xml"sv}}}},
    Format{.name = "an Amira mesh", .signatures = {{{0, "# AmiraMesh"sv}, {0, "# Avizo"sv}}}, .open = open_amira},
    Format{.name = "a surface of Amira", .signatures = {{{0, "# HyperSurface"sv}}}},
    Format{.name = "Scanco ISQ", .signatures = {{{0, "CTDATA-HEADER"sv}}}, .open = open_isq},
    Format{.name = "VGStudio (.vgi)", .fits = [](const Candidate& it) { return has_ending(it, ".vgi"); }, .open = open_vgi},
    Format{.name = "PNG",
           .signatures = {{{0, "\x89PNG\r\n"sv}}},
           .open = [](Candidate it) { return open_png(std::move(*it.file)); }},
    Format{.name = "BMP", .fits = is_bmp, .open = [](Candidate it) { return open_bmp(std::move(*it.file)); }},
    Format{.name = "JPEG",
           .signatures = {{{0, "\xff\xd8\xff"sv}}},
           .open = [](Candidate it) { return refuse_jpeg(std::move(*it.file)); },
           .refused = true},
    Format{.name = "JPEG 2000",
           .signatures = {{{0, "\0\0\0\x0cjP  "sv}, {0, "\xff\x4f\xff\x51"sv}}},
           .open = [](Candidate it) { return open_jpeg_2000_apart(it.path); },
           .refused = !reads_jpeg_2000},
    Format{.name = "GIF", .signatures = {{{0, "GIF8"sv}}}},
    Format{.name = "xz",
           .signatures = {{{0, "\xfd"
                               "7zXZ"sv}}}},
    Format{.name = "7-Zip", .signatures = {{{0, "7z\xbc\xaf\x27\x1c"sv}}}},
    Format{.name = "tar", .signatures = {{{257, "ustar"sv}}}},
    Format{.name = "PDF", .signatures = {{{0, "%PDF"sv}}}},

    Format{.name = "raw", .fits = [](const Candidate&) { return true; }, .open = open_headerless},
};

bool fits(const Format& format, const Candidate& candidate)
{
    const std::string_view begin = candidate.begin;
    return (format.fits != nullptr && format.fits(candidate)) ||
           std::ranges::any_of(format.signatures, [&](const Signature& signature) {
               return !signature.bytes.empty() && begin.size() > signature.offset &&
                      begin.substr(signature.offset).starts_with(signature.bytes);
           });
}

} // namespace

const Format& format_of(const Candidate& candidate)
{
    const RawFormat& raw = candidate.raw;
    const Format& found = *std::ranges::find_if(formats, [&](const Format& format) { return fits(format, candidate); });
    const bool is_all_said = raw.header && raw.shape && raw.type && !found.packed;
    return candidate.file && (is_all_said || is_exactly_raw(*candidate.file, raw)) ? formats.back() : found;
}

std::string formats_read()
{
    std::string names;
    for (const Format& format : formats)
        if (format.open != nullptr && !format.refused) names += (names.empty() ? "" : ", ") + std::string(format.name);
    return names;
}

} // namespace lapilli::format
