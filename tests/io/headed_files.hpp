// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "headed.hpp"

#include <fmt/format.h>

namespace lapilli::test {

// Files of formats with a header, byte by byte from their published layouts.

inline std::string mha(const std::string& type, const std::string& more = "", const std::string& file = "LOCAL",
                       const std::string& lengths = "5 4 3")
{
    return "ObjectType = Image\nNDims = 3\nBinaryData = True\n" + more + "DimSize = " + lengths + "\nElementType = " + type +
           "\nElementDataFile = " + file + "\n";
}

inline std::string nrrd_of(const std::string& type, const std::string& encoding = "raw", const std::string& more = "",
                           const std::string& sizes = "5 4 3")
{
    return "NRRD0004\n# a remark\ntype: " + type + "\ndimension: 3\nsizes: " + sizes + "\nencoding: " + encoding + "\n" +
           more + "\n";
}

inline std::string npy(const std::string& descr, const std::string& voxels, const std::string& shape = "(3, 4, 5)",
                       bool fortran = false, int version = 1)
{
    std::string text =
        "{'descr': " + descr + ", 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': " + shape + ", }";
    text += std::string(117 - text.size() % 64, ' ') + "\n";
    const std::string length = version == 1 ? number_bytes(static_cast<std::uint16_t>(text.size()))
                                            : number_bytes(static_cast<std::uint32_t>(text.size()));
    return "\x93NUMPY" + std::string{static_cast<char>(version), '\0'} + length + text + voxels;
}

/// A ZIP archive as NumPy writes it: with lengths of 64 bits in the members' own headers; `wide` also in the list.
inline std::string zip(const std::vector<std::pair<std::string, std::string>>& members, bool packed, bool wide = false)
{
    std::string archive, list;
    const auto n16 = [](std::size_t n) { return number_bytes(static_cast<std::uint16_t>(n)); };
    const auto n32 = [](std::size_t n) { return number_bytes(static_cast<std::uint32_t>(n)); };
    const auto n64 = [](std::size_t n) { return number_bytes(static_cast<std::uint64_t>(n)); };
    const std::size_t unknown = 0xffffffff;
    for (const auto& [name, bytes] : members) {
        const std::string data = packed ? deflated(bytes) : bytes;
        const std::string method = n16(packed ? 8 : 0),
                          common =
                              n16(0) + n16(0) +
                              n32(crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
        const std::string extra = wide ? n16(1) + n16(24) + n64(bytes.size()) + n64(data.size()) + n64(archive.size()) : "";
        list += "PK\1\2" + n16(45) + n16(45) + n16(0) + method + common + n32(wide ? unknown : data.size()) +
                n32(wide ? unknown : bytes.size()) + n16(name.size()) + n16(extra.size()) + n16(0) + n16(0) + n16(0) +
                n32(0) + n32(wide ? unknown : archive.size()) + name + extra;
        archive += "PK\3\4" + n16(45) + n16(0) + method + common + n32(unknown) + n32(unknown) + n16(name.size()) + n16(20) +
                   name + n16(1) + n16(16) + n64(bytes.size()) + n64(data.size()) + data;
    }
    const std::size_t at = archive.size();
    archive += list;
    if (wide)
        archive += "PK\6\6" + n64(44) + n16(45) + n16(45) + n32(0) + n32(0) + n64(members.size()) + n64(members.size()) +
                   n64(list.size()) + n64(at) + "PK\6\7" + n32(0) + n64(at + list.size()) + n32(1);
    return archive + "PK\5\6" + n16(0) + n16(0) + n16(members.size()) + n16(members.size()) +
           n32(wide ? unknown : list.size()) + n32(wide ? unknown : at) + n16(0);
}

struct NiftiSpec {
    int version = 1;
    int datatype = 2; // u8
    bool big_endian = false;
    std::vector<std::int64_t> dim = {3, 5, 4, 3, 1, 1, 1, 1};
    std::array<double, 3> edges{1, 1, 1};
    int units = 0;
    bool pair = false;
    double slope = 0, intercept = 0;
};

/// A header by nifti1.h or nifti2.h, with four bytes behind it that say that there are no extensions.
inline std::string nifti_header(const NiftiSpec& spec)
{
    const bool wide = spec.version == 2;
    std::string header(wide ? 544 : 352, '\0');
    const auto put = [&](std::size_t at, auto value) {
        const std::string bytes = number_bytes(value, spec.big_endian);
        header.replace(at, bytes.size(), bytes);
    };
    const double offset = spec.pair ? 0 : static_cast<double>(header.size());
    put(0, static_cast<std::int32_t>(header.size() - 4));
    header.replace(wide ? 4 : 344, 3, std::string("n") + (spec.pair ? "i" : "+") + (wide ? "2" : "1"));
    put(wide ? 12 : 70, static_cast<std::int16_t>(spec.datatype));
    for (std::size_t i = 0; i < spec.dim.size(); ++i) {
        if (wide)
            put(16 + 8 * i, spec.dim[i]);
        else
            put(40 + 2 * i, static_cast<std::int16_t>(spec.dim[i]));
    }
    for (std::size_t i = 0; i < 3; ++i) {
        if (wide)
            put(104 + 8 * (i + 1), spec.edges[i]);
        else
            put(76 + 4 * (i + 1), static_cast<float>(spec.edges[i]));
    }
    if (wide) {
        put(168, static_cast<std::int64_t>(offset));
        put(176, spec.slope);
        put(184, spec.intercept);
        put(500, static_cast<std::int32_t>(spec.units));
    } else {
        put(108, static_cast<float>(offset));
        put(112, static_cast<float>(spec.slope));
        put(116, static_cast<float>(spec.intercept));
        header[123] = static_cast<char>(spec.units);
    }
    return header;
}

struct VtiSpec {
    bool packed = false, base64 = false, inline_data = false, of_points = false, big_endian = false;
    bool wide = false; ///< UInt64 before the data
    std::string spacing = "1 1 1", type = "UInt16", more = "";
};

/// What stands before voxels, and they, as VTK writes them: packed in blocks of 50 bytes.
inline std::string vti_data(const VtiSpec& spec, const std::string& voxels)
{
    const auto word = [&](std::size_t n) {
        return spec.wide ? number_bytes(static_cast<std::uint64_t>(n), spec.big_endian)
                         : number_bytes(static_cast<std::uint32_t>(n), spec.big_endian);
    };
    const auto letters = [&](const std::string& bytes) { return spec.base64 || spec.inline_data ? base64(bytes) : bytes; };
    if (!spec.packed) return letters(word(voxels.size())) + letters(voxels);
    constexpr std::size_t piece = 50;
    std::string table, blocks;
    std::size_t count = 0;
    for (std::size_t at = 0; at < voxels.size(); at += piece, ++count) {
        const std::string block = zlib_packed(voxels.substr(at, piece));
        table += word(block.size());
        blocks += block;
    }
    return letters(word(count) + word(piece) + word(voxels.size() % piece) + table) + letters(blocks);
}

/// An image of 5 x 4 x 3 values with another array before it.
inline std::string vti(const VtiSpec& spec, const std::string& voxels)
{
    const int n = spec.of_points ? 1 : 0;
    const std::string extent = fmt::format("2 {} 0 {} 0 {}", 7 - n, 4 - n, 3 - n);
    const std::string where = spec.of_points ? "PointData" : "CellData";
    const std::string first = vti_data(spec, std::string(360, 'v')), second = vti_data(spec, voxels);
    const auto array = [&](const std::string& attributes, const std::string& data, std::size_t offset) {
        return spec.inline_data ? fmt::format("<DataArray {} format=\"binary\">\n  {}\n</DataArray>\n", attributes, data)
                                : fmt::format("<DataArray {} format=\"appended\" offset=\"{}\"/>\n", attributes, offset);
    };
    std::string text = fmt::format(
        "<?xml version=\"1.0\"?>\n<VTKFile type=\"ImageData\" version=\"1.0\" byte_order=\"{}\" header_type=\"{}\"{}>\n"
        "<ImageData WholeExtent=\"{}\" Origin=\"0 0 0\" Spacing=\"{}\">\n<Piece Extent=\"{}\">\n<{}>\n",
        spec.big_endian ? "BigEndian" : "LittleEndian", spec.wide ? "UInt64" : "UInt32",
        spec.packed ? " compressor=\"vtkZLibDataCompressor\"" : "", extent, spec.spacing, extent, where);
    text += array("type=\"UInt16\" Name=\"velocity\" NumberOfComponents=\"3\"", first, 0);
    text += array("type=\"" + spec.type + "\" Name=\"labels\"", second, first.size()) + spec.more;
    text += fmt::format("</{}>\n</Piece>\n</ImageData>\n", where);
    if (!spec.inline_data)
        text += fmt::format("<AppendedData encoding=\"{}\">\n _{}{}\n</AppendedData>\n", spec.base64 ? "base64" : "raw",
                            first, second);
    return text + "</VTKFile>\n";
}

/// A MAT-file of version 5, element by element.
class MatFile {
public:
    explicit MatFile(bool big_endian = false) : big_(big_endian)
    {
        bytes_ = "MATLAB 5.0 MAT-file, by hand";
        bytes_.resize(124, ' ');
        bytes_ += number_bytes(std::uint16_t{0x0100}, big_) + (big_ ? "MI" : "IM");
    }

    struct Variable {
        std::string name;
        std::string voxels;
        std::uint32_t kind = 9; ///< u8, by the class
        std::uint32_t stored = 2;
        std::vector<std::int32_t> lengths = {5, 4, 3};
        bool packed = false;
        std::uint32_t flags = 0;
    };

    MatFile& add(const Variable& v)
    {
        std::string lengths;
        for (const std::int32_t length : v.lengths) lengths += number(static_cast<std::uint32_t>(length));
        const std::string body = element(6, number(v.kind | v.flags) + number(0)) + element(5, lengths) +
                                 element(1, v.name) + element(v.stored, v.voxels);
        const std::string whole = number(14) + number(static_cast<std::uint32_t>(body.size())) + body;
        const std::string packed = zlib_packed(whole);
        bytes_ += v.packed ? number(15) + number(static_cast<std::uint32_t>(packed.size())) + packed : whole;
        return *this;
    }

    const std::string& bytes() const { return bytes_; }

private:
    std::string number(std::uint32_t n) const { return number_bytes(n, big_); }
    /// Four bytes or less stand within the tag.
    std::string element(std::uint32_t type, const std::string& data) const
    {
        if (!data.empty() && data.size() <= 4)
            return number(static_cast<std::uint32_t>(data.size()) << 16 | type) + data + std::string(4 - data.size(), '\0');
        return number(type) + number(static_cast<std::uint32_t>(data.size())) + data +
               std::string((8 - data.size() % 8) % 8, '\0');
    }

    bool big_;
    std::string bytes_;
};

/// A netCDF file of version 3 by the grammar of its specification; numbers have their high byte first.
struct NetcdfFile {
    struct Variable {
        std::string name;
        std::vector<std::uint32_t> dimensions;
        std::uint32_t type;
        std::string data;
        std::string attributes = {}; ///< already a list
    };
    int version = 1;
    std::vector<std::pair<std::string, std::uint32_t>> dimensions = {{"z", 3}, {"y", 4}, {"x", 5}};
    std::vector<Variable> variables = {};
    std::string attributes = {};
    std::uint32_t records = 0;

    std::string count(std::uint64_t n) const
    {
        return version == 5 ? number_bytes(n, true) : number_bytes(static_cast<std::uint32_t>(n), true);
    }
    static std::string kind(std::uint32_t n) { return number_bytes(n, true); }
    static std::string padded(std::string bytes)
    {
        bytes.resize((bytes.size() + 3) / 4 * 4, '\0');
        return bytes;
    }
    std::string word(const std::string& text) const { return count(text.size()) + padded(text); }
    std::string list(std::uint32_t what, std::size_t entries) const
    {
        return kind(entries == 0 ? 0 : what) + count(entries);
    }
    std::string texts(const std::vector<std::pair<std::string, std::string>>& pairs) const
    {
        std::string all = list(12, pairs.size());
        for (const auto& [name, text] : pairs) all += word(name) + kind(2) + word(text);
        return all;
    }
    std::string numbers(const std::string& name, const std::vector<double>& values) const
    {
        std::string all = list(12, 1) + word(name) + kind(6) + count(values.size());
        for (const double value : values) all += number_bytes(value, true);
        return all;
    }

    std::string header(std::size_t begin) const
    {
        std::string bytes = std::string("CDF") + static_cast<char>(version) + count(records) + list(10, dimensions.size());
        for (const auto& [name, length] : dimensions) bytes += word(name) + count(length);
        bytes += attributes.empty() ? list(12, 0) : attributes;
        bytes += list(11, variables.size());
        for (const Variable& v : variables) {
            bytes += word(v.name) + count(v.dimensions.size());
            for (const std::uint32_t d : v.dimensions) bytes += count(d);
            bytes += (v.attributes.empty() ? list(12, 0) : v.attributes) + kind(v.type) + count(v.data.size());
            bytes += version == 1 ? number_bytes(static_cast<std::uint32_t>(begin), true)
                                  : number_bytes(static_cast<std::uint64_t>(begin), true);
            begin += padded(v.data).size();
        }
        return bytes;
    }

    std::string bytes() const
    {
        std::string all = header(header(0).size());
        for (const Variable& v : variables) all += padded(v.data);
        return all;
    }
};

} // namespace lapilli::test
