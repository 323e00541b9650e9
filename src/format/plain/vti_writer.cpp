// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/headed/vti.hpp"
#include "format/image_formats.hpp"
#include "format/plain/plain_writer.hpp"

#include <fmt/format.h>

namespace lapilli::format {
namespace {

/// VTK knows no units: an array beside the voxels says that the spacing is in metres.
std::string size_in_metres(const VoxelEdges& edges_m)
{
    return fmt::format(R"(    <FieldData>
      <DataArray type="Float64" Name="voxel_size_m" NumberOfTuples="3" format="ascii">{} {} {}</DataArray>
    </FieldData>
)",
                       edges_m.x, edges_m.y, edges_m.z);
}

/// All up to the first voxel: these are data of cells, so that ParaView shows cubes, appended behind their number of bytes.
std::string vti_head(const NewImage& image)
{
    const auto& [nz, ny, nx] = image.shape;
    const auto extent = fmt::format("0 {} 0 {} 0 {}", nx, ny, nz);
    const auto edges = image.voxel_edges_m.value_or(VoxelEdges::cube(1));
    auto head =
        fmt::format(R"(<?xml version="1.0"?>
<VTKFile type="ImageData" version="1.0" byte_order="LittleEndian" header_type="UInt64">
  <ImageData WholeExtent="{}" Origin="0 0 0" Spacing="{} {} {}">
{}    <Piece Extent="{}">
      <CellData Scalars="image">
        <DataArray type="{}" Name="image" format="appended" offset="0"/>
      </CellData>
    </Piece>
  </ImageData>
  <AppendedData encoding="raw">
_)",
                    extent, edges.x, edges.y, edges.z, image.voxel_edges_m ? size_in_metres(*image.voxel_edges_m) : "",
                    extent, vtk_types.of(image.type));
    const std::uint64_t bytes = image.shape.voxels() * bytes_of(image.type);
    return head.append(reinterpret_cast<const char*>(&bytes), sizeof(bytes));
}

} // namespace

std::unique_ptr<ImageWriter> create_vti(const std::string& path, const NewImage& image)
{
    return create_plain(path, image, {.head = vti_head(image), .tail = "\n  </AppendedData>\n</VTKFile>\n"});
}

} // namespace lapilli::format
