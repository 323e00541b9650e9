// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/hdf5/hdf5_voxel_size.hpp"

#include "format/header_text.hpp"
#include "text/length_unit.hpp"
#include "text/sentence.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace lapilli::format {
namespace {

Hdf5Handle attribute_of(hid_t object, const std::string& name)
{
    if (H5Aexists(object, name.c_str()) <= 0) return {};
    return {H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose};
}

/// One positive number or three; nothing if the attribute is another thing, or not there.
std::optional<VoxelEdges> edges_of(hid_t object, const std::string& name)
{
    const Hdf5Handle attribute = attribute_of(object, name);
    if (!attribute) return std::nullopt;
    const Hdf5Handle space(H5Aget_space(attribute.get()), H5Sclose);
    const Hdf5Handle stored(H5Aget_type(attribute.get()), H5Tclose);
    const hssize_t count = H5Sget_simple_extent_npoints(space.get());
    const H5T_class_t kind = H5Tget_class(stored.get());
    if ((count != 1 && count != 3) || (kind != H5T_FLOAT && kind != H5T_INTEGER)) return std::nullopt;
    std::vector<double> zyx(count);
    if (H5Aread(attribute.get(), H5T_NATIVE_DOUBLE, zyx.data()) < 0) return std::nullopt;
    if (!std::ranges::all_of(zyx, [](double e) { return std::isfinite(e) && e > 0; })) return std::nullopt;
    return count == 1 ? VoxelEdges::cube(zyx[0]) : VoxelEdges{.x = zyx[2], .y = zyx[1], .z = zyx[0]};
}

/// A text attribute, of fixed or any length; empty if it is another thing, or not there.
std::string text_of(hid_t object, const std::string& name)
{
    constexpr std::size_t longest = 64; // of names of units
    const Hdf5Handle attribute = attribute_of(object, name);
    if (!attribute) return {};
    const Hdf5Handle space(H5Aget_space(attribute.get()), H5Sclose);
    const Hdf5Handle stored(H5Aget_type(attribute.get()), H5Tclose);
    if (H5Tget_class(stored.get()) != H5T_STRING || H5Sget_simple_extent_npoints(space.get()) != 1) return {};
    const Hdf5Handle memory(H5Tcopy(stored.get()), H5Tclose); // of its own coding and length
    std::string words;
    if (H5Tis_variable_str(stored.get()) > 0) {
        char* text = nullptr;
        if (H5Aread(attribute.get(), memory.get(), &text) < 0 || text == nullptr) return {};
        words.assign(text, std::find(text, text + longest, '\0'));
        H5free_memory(text);
    } else {
        words.resize(H5Tget_size(stored.get()));
        if (words.size() > longest || H5Aread(attribute.get(), memory.get(), words.data()) < 0) return {};
    }
    return words.substr(0, words.find('\0'));
}

/// What an attribute says.
struct Said {
    std::string by;
    VoxelEdges edges_m;
};

/// With the unit that stands beside it. `remarks` gets why it says nothing.
void add_with_unit(hid_t object, const std::string& name, std::vector<Said>& said, std::vector<std::string>& remarks)
{
    const auto edges = edges_of(object, name);
    if (!edges) return;
    std::string unit;
    for (const auto& of_unit : {name + "_unit", name + "_units", std::string("unit"), std::string("units")})
        if (unit.empty()) unit = text_of(object, of_unit);
    if (!unit.empty() && text::is_no_length(unit)) return;
    if (const auto metres = text::metres_of(unit))
        said.push_back({name, {edges->x * *metres, edges->y * *metres, edges->z * *metres}});
    else
        remarks.push_back(
            fmt::format("the attribute {} gives {} x {} x {} (z, y, x) {}, so the voxel size is not known; give "
                        "it with --voxel",
                        name, edges->z, edges->y, edges->x,
                        unit.empty() ? "without a unit" : "in '" + unit + "', a unit that is not known"));
}

VoxelSize size_by(hid_t object)
{
    std::vector<Said> said;
    std::vector<std::string> remarks;
    if (const auto own = edges_of(object, "voxel_size_m")) said.push_back({"voxel_size_m", *own});
    if (const auto um = edges_of(object, "element_size_um"))
        said.push_back({"element_size_um", {um->x * 1e-6, um->y * 1e-6, um->z * 1e-6}});
    const auto mango = edges_of(object, "voxel_size_xyz"); // in this order
    if (const auto metres = text::metres_of(text_of(object, "voxel_unit")); mango && metres)
        said.push_back({"voxel_size_xyz", {mango->z * *metres, mango->y * *metres, mango->x * *metres}});
    for (const char* name : {"voxel_size", "resolution"}) add_with_unit(object, name, said, remarks);
    if (said.empty()) return {std::nullopt, remarks};
    const Said& first = said.front();
    for (const Said& other : said)
        if (differ(first.edges_m, other.edges_m))
            return {
                std::nullopt,
                {fmt::format("the attribute {} says voxels of {}, but {} says {}, so the voxel size is not known; give it "
                             "with --voxel",
                             first.by, text::edges_text(first.edges_m), other.by, text::edges_text(other.edges_m))}};
    return {first.edges_m, {}, "the attribute " + first.by};
}

/// The distance of the first two values along an axis, in its `units`.
std::optional<double> step_of(hid_t coordinates)
{
    const auto metres = text::metres_of(text_of(coordinates, "units"));
    const Hdf5Handle space(H5Dget_space(coordinates), H5Sclose);
    if (!metres || H5Sget_simple_extent_ndims(space.get()) != 1 || H5Sget_simple_extent_npoints(space.get()) < 2)
        return std::nullopt;
    constexpr hsize_t first = 0, two = 2;
    const Hdf5Handle memory(H5Screate_simple(1, &two, nullptr), H5Sclose);
    std::array<double, 2> values{};
    if (H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, &first, nullptr, &two, nullptr) < 0 ||
        H5Dread(coordinates, H5T_NATIVE_DOUBLE, memory.get(), space.get(), H5P_DEFAULT, values.data()) < 0)
        return std::nullopt;
    const double step = std::abs(values[1] - values[0]) * *metres;
    return std::isfinite(step) && step > 0 ? std::optional(step) : std::nullopt;
}

/// By coordinates along the axes, as netCDF-4 has them: a list of references to arrays of one axis.
std::optional<VoxelEdges> by_coordinates(hid_t dataset)
{
    const Hdf5Handle list = attribute_of(dataset, "DIMENSION_LIST");
    if (!list) return std::nullopt;
    const Hdf5Handle space(H5Aget_space(list.get()), H5Sclose);
    const Hdf5Handle stored(H5Aget_type(list.get()), H5Tclose);
    const hssize_t axes = H5Sget_simple_extent_npoints(space.get());
    if (axes < 3 || axes > H5S_MAX_RANK || H5Tget_class(stored.get()) != H5T_VLEN) return std::nullopt;
    const Hdf5Handle memory(H5Tvlen_create(H5T_STD_REF_OBJ), H5Tclose);
    std::vector<hvl_t> references(axes);
    if (H5Aread(list.get(), memory.get(), references.data()) < 0) return std::nullopt;
    std::vector<double> zyx;
    for (hssize_t axis = axes - 3; axis < axes; ++axis) {
        if (references[axis].len != 1) continue;
        const Hdf5Handle scale(H5Rdereference2(dataset, H5P_DEFAULT, H5R_OBJECT, references[axis].p), H5Oclose);
        if (!scale || H5Iget_type(scale.get()) != H5I_DATASET) continue;
        if (const auto step = step_of(scale.get())) zyx.push_back(*step);
    }
    H5Dvlen_reclaim(memory.get(), space.get(), H5P_DEFAULT, references.data());
    return zyx.size() == 3 ? voxel_edges(std::array{zyx[2], zyx[1], zyx[0]}, 1) : std::nullopt;
}

} // namespace

VoxelSize hdf5_voxel_size(hid_t dataset, hid_t file, const std::string& name)
{
    VoxelSize size = size_by(dataset);
    const auto known = [&] { return size.edges_m || !size.remarks.empty(); };
    if (const auto end = name.rfind('/'); !known() && end != std::string::npos && end > 0) {
        const Hdf5Handle group(H5Oopen(file, name.substr(0, end).c_str(), H5P_DEFAULT), H5Oclose);
        if (group) size = size_by(group.get());
    }
    if (!known()) size = size_by(file);
    if (!known()) size.edges_m = by_coordinates(dataset);
    return size;
}

} // namespace lapilli::format
