// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/zarr/zarr_place.hpp"

#include "core/error.hpp"
#include "format/header_text.hpp"
#include "text/length_unit.hpp"
#include "text/natural_order.hpp"
#include "text/sentence.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

namespace lapilli::format {
namespace {

using Json = nlohmann::json;

/// A member of an object or an array; null where there is none.
Json member(const Json& json, const char* key) { return json.is_object() ? json.value(key, Json()) : Json(); }
Json item(const Json& json, std::size_t i) { return json.is_array() && i < json.size() ? json[i] : Json(); }
std::string word(const Json& json) { return json.is_string() ? json.get<std::string>() : std::string(); }

/// The first "multiscales" of a group; null where it is no OME image.
Json multiscales(const std::string& group)
{
    if (const auto attributes = zarr_json(group, ".zattrs")) return item(member(*attributes, "multiscales"), 0);
    const auto node = zarr_json(group, "zarr.json");
    return node ? item(member(member(member(*node, "attributes"), "ome"), "multiscales"), 0) : Json();
}

/// A path that metadata name, which may not lead out of the group.
bool stays_below(const std::string& path)
{
    const std::filesystem::path parts(path);
    return !path.empty() && !parts.is_absolute() && std::ranges::find(parts, "..") == parts.end();
}

/// Multiplies by the "scale" among transformations.
void take_scale(const Json& transformations, std::vector<double>& scale)
{
    for (std::size_t i = 0; i < transformations.size(); ++i) {
        const Json factors = member(item(transformations, i), "scale");
        for (std::size_t axis = 0; axis < scale.size(); ++axis)
            if (const Json factor = item(factors, axis); factor.is_number()) scale[axis] *= factor.get<double>();
    }
}

/// The edges along the last axes: x, y, z from the last one.
/// @param known  how many of them are lengths: 2 where there is no z
VoxelSize voxel_size(const std::vector<double>& scale, const std::vector<std::string>& units, std::size_t known)
{
    std::vector<double> edges;
    for (std::size_t i = 0; i < std::min(scale.size(), known); ++i) {
        const std::size_t axis = scale.size() - 1 - i;
        const auto metres = text::metres_of(units[axis]);
        const double edge = scale[axis] * metres.value_or(1);
        if (!metres && (scale[axis] == 1 || !std::isfinite(edge))) return {};
        if (!metres)
            return {std::nullopt,
                    {fmt::format("the OME metadata give a scale of {:.6g}{}, so the voxel size is not known; give it with "
                                 "--voxel",
                                 scale[axis],
                                 units[axis].empty() ? " without a unit"
                                                     : fmt::format(" in '{}', a unit that is not known", units[axis]))}};
        edges.push_back(edge);
    }
    return {voxel_edges(edges, 1), {}, "the OME metadata"};
}

void take_ome(const Json& image, const Json& level, ZarrPlace& place)
{
    place.is_ome = true;
    const std::size_t count = place.array.shape.size();
    std::vector<std::string> units(count);
    const Json axes = member(image, "axes");
    for (std::size_t i = 0; axes.is_array() && axes.size() == count && i < count; ++i) {
        const Json axis = item(axes, i); // before version 0.4 a word
        place.axes.push_back(axis.is_string() ? word(axis) : word(member(axis, "name")));
        units[i] = word(member(axis, "unit"));
    }
    std::vector<double> scale(count, 1);
    take_scale(member(level, "coordinateTransformations"), scale);
    take_scale(member(image, "coordinateTransformations"), scale);
    const bool flat = count == 2 || (count > 2 && place.axes.size() == count && place.axes[count - 3] != "z");
    place.voxel = voxel_size(scale, units, flat ? 2 : 3);
}

/// An array, with what the group around it says of it.
std::optional<ZarrPlace> array_at(const std::string& folder)
{
    auto array = zarr_array(folder);
    if (!array) return std::nullopt;
    ZarrPlace place{.array = std::move(*array)};
    const std::filesystem::path path(folder);
    const Json image = multiscales(path.has_parent_path() ? path.parent_path().string() : ".");
    const Json levels = member(image, "datasets");
    for (std::size_t i = 0; i < levels.size(); ++i)
        if (word(member(item(levels, i), "path")) == path.filename()) take_ome(image, item(levels, i), place);
    return place;
}

/// The finest level of a group that is an OME image.
std::optional<ZarrPlace> finest_level(const std::string& group)
{
    const Json image = multiscales(group);
    if (!image.is_object()) return std::nullopt;
    const Json levels = member(image, "datasets");
    const Json finest = item(levels, 0);
    const std::string path = word(member(finest, "path"));
    auto array = stays_below(path) ? zarr_array(group + '/' + path) : std::nullopt;
    if (!array)
        throw input_error("{} is an OME image whose first level ({}) is not there; copy the whole folder again", group,
                          path.empty() ? "without a name" : path);
    ZarrPlace place{.array = std::move(*array)};
    take_ome(image, finest, place);
    if (levels.size() > 1)
        place.remarks.push_back(fmt::format("{0} holds {1} levels of resolution, of which the finest ({2}) is taken; name "
                                            "another one as {0}:/{3}",
                                            group, levels.size(), path, word(member(item(levels, 1), "path"))));
    return place;
}

/// Names of the arrays and images right below a group.
std::vector<std::string> nodes_below(const std::string& group)
{
    std::vector<std::string> names;
    std::error_code failed;
    for (std::filesystem::directory_iterator at(group, failed), end; !failed && at != end; at.increment(failed))
        if (at->is_directory(failed) && is_zarr(at->path().string())) names.push_back(at->path().filename().string());
    std::ranges::sort(names, text::natural_less);
    return names;
}

} // namespace

bool is_zarr(const std::string& folder)
{
    std::error_code ignored;
    return std::ranges::any_of(std::array{".zarray", ".zgroup", ".zattrs", "zarr.json"}, [&](const char* name) {
        return std::filesystem::is_regular_file(folder + '/' + name, ignored);
    });
}

ZarrPlace zarr_place(const std::string& folder, const std::string& part)
{
    std::filesystem::path path(folder);
    if (!part.empty()) path /= std::filesystem::path(part).relative_path();
    path = path.lexically_normal();
    if (!path.has_filename()) path = path.parent_path();
    const std::string node = path.string();
    if (auto array = array_at(node)) return std::move(*array);
    if (auto level = finest_level(node)) return std::move(*level);
    const auto names = nodes_below(node);
    if (names.size() == 1) return zarr_place(node, names[0]);
    if (names.empty())
        throw input_error("{} holds no array of Zarr, but an image is expected; is it the right folder?", node);
    std::string listed;
    for (std::size_t i = 0; i < std::min<std::size_t>(names.size(), 6); ++i)
        listed += fmt::format("{}{}:/{}", i > 0 ? ", " : "", node, names[i]);
    throw input_error("{} holds {} arrays or groups that could be the image; name one of {}", node, names.size(), listed);
}

} // namespace lapilli::format
