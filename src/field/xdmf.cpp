// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "field/xdmf.hpp"

#include <fmt/format.h>

namespace lapilli::field {

namespace {

std::string attribute(const Field& field, const Shape& shape, const std::string& data)
{
    const bool vector = field.components > 1;
    const bool whole = field.type == Field::Type::u8;
    return fmt::format(R"(      <Attribute Name="{}" AttributeType="{}" Center="Cell">
        <DataItem Format="HDF" NumberType="{}" Precision="{}" Dimensions="{} {} {}{}">{}:/{}</DataItem>
      </Attribute>
)",
                       field.name, vector ? "Vector" : "Scalar", whole ? "UChar" : "Float", whole ? 1 : 4, shape.nz,
                       shape.ny, shape.nx, vector ? fmt::format(" {}", field.components) : "", data, field.name);
}

} // namespace

std::string xdmf(const FieldGrid& grid, std::span<const Field> fields, const std::string& data)
{
    const auto& shape = grid.shape;
    const auto edges = grid.spacing();
    const auto corner = [&](Axis axis) { return edges.along(axis) * static_cast<double>(grid.first[axis]); };
    // dimensions count nodes, one more than voxels, and all triples are in the order z, y, x
    std::string text = fmt::format(R"(<?xml version="1.0" encoding="utf-8"?>
<Xdmf Version="2.0">
  <Domain>
    <Grid Name="image" GridType="Uniform">
      {}
      <Information Name="length_unit" Value="{}"/>
      <Time Value="0"/>
      <Topology TopologyType="3DCoRectMesh" Dimensions="{} {} {}"/>
      <Geometry GeometryType="ORIGIN_DXDYDZ">
        <DataItem Format="XML" NumberType="Float" Precision="8" Dimensions="3">{} {} {}</DataItem>
        <DataItem Format="XML" NumberType="Float" Precision="8" Dimensions="3">{} {} {}</DataItem>
      </Geometry>
)",
                                   xdmf_mark, grid.length_unit(), shape.nz + 1, shape.ny + 1, shape.nx + 1, corner(Axis::z),
                                   corner(Axis::y), corner(Axis::x), edges.z, edges.y, edges.x);
    for (const auto& field : fields) text += attribute(field, shape, data);
    return text + "    </Grid>\n  </Domain>\n</Xdmf>\n";
}

} // namespace lapilli::field
