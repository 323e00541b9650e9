// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/foreign_format.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace lapilli::format {
namespace {

struct Signature {
    std::size_t offset;
    std::string_view bytes;
    std::string_view name;
};

using namespace std::string_view_literals; // some signatures hold zeros

constexpr std::array signatures{
    Signature{0, "NRRD"sv, "NRRD"},
    Signature{0, "\x93NUMPY"sv, "NumPy (.npy)"},
    Signature{0, "ObjectType ="sv, "MetaImage"},
    Signature{0, "NDims ="sv, "MetaImage"},
    Signature{128, "DICM"sv, "DICOM"},
    Signature{344, "n+1\0"sv, "NIfTI"},
    Signature{344, "ni1\0"sv, "NIfTI"},
    Signature{4, "n+2\0"sv, "NIfTI"},
    Signature{0, "CDF\x01"sv, "netCDF-3"},
    Signature{0, "CDF\x02"sv, "netCDF-3"},
    Signature{0, "CDF\x05"sv, "netCDF-3"},
    Signature{0, "MATLAB 5.0 MAT-file"sv, "MATLAB"},
    Signature{0, "# vtk DataFile"sv, "VTK"},
    Signature{0, "<?xml"sv, "XML (VTK's .vti, perhaps)"},
    Signature{0, "<VTKFile"sv, "VTK"},
    Signature{0, "# AmiraMesh"sv, "AmiraMesh"},
    Signature{0, "# Avizo"sv, "AmiraMesh"},
    Signature{0, "# HyperSurface"sv, "a surface of Amira"},
    Signature{0, "CTDATA-HEADER"sv, "Scanco (.isq)"},
    Signature{0, "\x89PNG\r\n"sv, "PNG"},
    Signature{0, "\xff\xd8\xff"sv, "JPEG"},
    Signature{0, "\0\0\0\x0cjP  "sv, "JPEG 2000"},
    Signature{0, "GIF8"sv, "GIF"},
    Signature{0, "PK\x03\x04"sv, "ZIP (NumPy's .npz, perhaps)"},
    Signature{0,
              "\xfd"
              "7zXZ"sv,
              "xz"},
    Signature{0, "7z\xbc\xaf\x27\x1c"sv, "7-Zip"},
    Signature{0, "BZh"sv, "bzip2"},
    Signature{0, "\x28\xb5\x2f\xfd"sv, "zstd"},
    Signature{257, "ustar"sv, "tar"},
    Signature{0, "%PDF"sv, "PDF"},
};

} // namespace

std::string_view foreign_format(const file::InputFile& file)
{
    std::array<std::byte, 512> begin{};
    const std::size_t size = file.read_some(0, begin);
    const std::string_view bytes(reinterpret_cast<const char*>(begin.data()), size);
    const auto* found = std::ranges::find_if(signatures, [&](const Signature& signature) {
        return bytes.size() > signature.offset && bytes.substr(signature.offset).starts_with(signature.bytes);
    });
    return found == signatures.end() ? std::string_view() : found->name;
}

} // namespace lapilli::format
