// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/zarr/zarr_array.hpp"

#include "core/error.hpp"
#include "file/input_file.hpp"

#include <nlohmann/json.hpp>

#include <bit>
#include <cmath>
#include <filesystem>
#include <limits>
#include <utility>

namespace lapilli::format {
namespace {

using Json = nlohmann::json;

constexpr bool native_big = std::endian::native == std::endian::big;

/// The metadata of one array, for sentences about what is wrong with them.
class Metadata {
public:
    Metadata(std::string path, const Json& json) : path_(std::move(path)), json_(json) {}

    Error wrong(std::string_view key) const
    {
        return input_error("{} does not say \"{}\" as Zarr does; it is damaged, write the image again", path_, key);
    }
    Error unread(std::string_view what) const
    {
        return input_error("{} asks for {}, which is not read; write the image again with blosc, zstd, gzip or no packing, "
                           "in C order and without filters",
                           path_, what);
    }
    const Json& json() const { return json_; }
    /// The value of a key; null where there is none.
    Json at(const char* key) const { return json_.value(key, Json()); }
    std::string text(const char* key) const
    {
        const Json value = at(key);
        if (!value.is_string()) throw wrong(key);
        return value;
    }

private:
    std::string path_;
    const Json& json_;
};

/// A value below several keys; null where one of them is missing.
Json below(const Json& json, std::initializer_list<const char*> keys)
{
    Json at = json;
    for (const char* key : keys) at = at.is_object() ? at.value(key, Json()) : Json();
    return at;
}

std::vector<std::int64_t> extents(const Metadata& metadata, const Json& json, const char* key)
{
    constexpr std::int64_t most = std::int64_t{1} << 40;
    constexpr std::size_t most_axes = 8;
    if (!json.is_array() || json.empty() || json.size() > most_axes) throw metadata.wrong(key);
    std::vector<std::int64_t> found;
    for (const auto& extent : json) {
        if (!extent.is_number_integer() || extent < 1 || extent > most) throw metadata.wrong(key);
        found.push_back(extent);
    }
    return found;
}

/// A number that stands as a word.
std::optional<double> spoken_number(const Json& word)
{
    constexpr double infinite = std::numeric_limits<double>::infinity();
    if (word == "NaN") return std::nan("");
    if (word == "Infinity") return infinite;
    return word == "-Infinity" ? std::optional(-infinite) : std::nullopt;
}

/// The value of JSON as a voxel of that type; null is zero. Nothing if the type has none.
template <class T>
std::optional<T> as_voxel(const Json& value)
{
    if (value.is_null()) return T{0};
    if (value.is_boolean()) return T(value.get<bool>() ? 1 : 0);
    if constexpr (std::is_floating_point_v<T>) {
        const auto number = value.is_number() ? std::optional(value.get<double>()) : spoken_number(value);
        return number ? std::optional(static_cast<T>(*number)) : std::nullopt;
    } else {
        if (value.is_number_unsigned() && std::in_range<T>(value.get<std::uint64_t>())) return value.get<std::uint64_t>();
        if (value.is_number_integer() && std::in_range<T>(value.get<std::int64_t>())) return value.get<std::int64_t>();
        return value.is_number_float() && value.get<double>() == 0 ? std::optional(T{0}) : std::nullopt;
    }
}

std::optional<std::vector<std::byte>> voxel_of(const Json& value, VoxelType type)
{
    return with_type(type, [&](auto zero) -> std::optional<std::vector<std::byte>> {
        const auto voxel = as_voxel<decltype(zero)>(value);
        if (!voxel) return std::nullopt;
        const auto bytes = std::as_bytes(std::span(&*voxel, 1));
        return std::vector(bytes.begin(), bytes.end());
    });
}

void take_version_2(const Metadata& metadata, ZarrArray& array)
{
    array.shape = extents(metadata, metadata.at("shape"), "shape");
    array.chunk = extents(metadata, metadata.at("chunks"), "chunks");
    const std::string type = metadata.text("dtype");
    const auto known =
        type.size() > 1 && std::string_view("<>|").find(type[0]) != std::string_view::npos ? voxel_type(type) : std::nullopt;
    if (!known) throw metadata.unread("voxels of type " + type.substr(0, 40));
    array.type = *known;
    array.swap = bytes_of(*known) > 1 && (type[0] == '>') != native_big;
    if (metadata.at("order") != "C") throw metadata.unread("the order F");
    if (!metadata.at("filters").empty()) throw metadata.unread("a filter");
    if (const Json packed = metadata.at("compressor"); !packed.is_null()) {
        const Json name = below(packed, {"id"});
        const auto codec = name.is_string() ? zarr_codec(name.get<std::string>()) : std::nullopt;
        if (!codec) throw metadata.unread("chunks packed by " + name.dump(-1, ' ', true, Json::error_handler_t::replace));
        array.codec = *codec;
    }
    array.separator = metadata.at("dimension_separator") == "/" ? '/' : '.';
}

void take_codecs_of_3(const Metadata& metadata, const Json& codecs, ZarrArray& array)
{
    if (!codecs.is_array() || codecs.empty()) throw metadata.wrong("codecs");
    for (const auto& codec : codecs) {
        const Json name = below(codec, {"name"});
        if (name == "bytes") {
            const bool big = below(codec, {"configuration", "endian"}) == "big";
            array.swap = bytes_of(array.type) > 1 && big != native_big;
            continue;
        }
        const auto known = name.is_string() ? zarr_codec(name.get<std::string>()) : std::nullopt;
        if (!known || array.codec != ZarrCodec::none)
            throw metadata.unread("the codec " + name.dump(-1, ' ', true, Json::error_handler_t::replace));
        array.codec = *known;
    }
}

void take_version_3(const Metadata& metadata, ZarrArray& array)
{
    array.version = 3;
    array.shape = extents(metadata, metadata.at("shape"), "shape");
    array.chunk = extents(metadata, below(metadata.json(), {"chunk_grid", "configuration", "chunk_shape"}), "chunk_shape");
    const std::string type = metadata.text("data_type");
    const auto known = voxel_type(type);
    if (!known) throw metadata.unread("voxels of type " + type.substr(0, 40));
    array.type = *known;
    array.below_c = below(metadata.json(), {"chunk_key_encoding", "name"}) != "v2";
    const Json separator = below(metadata.json(), {"chunk_key_encoding", "configuration", "separator"});
    array.separator = separator == "." || (separator.is_null() && !array.below_c) ? '.' : '/';
    take_codecs_of_3(metadata, metadata.at("codecs"), array);
}

} // namespace

std::int64_t ZarrArray::chunk_bytes() const
{
    std::int64_t bytes = bytes_of(type);
    for (const auto extent : chunk) bytes *= extent;
    return bytes;
}

std::string ZarrArray::chunk_file(std::span<const std::int64_t> index) const
{
    std::string name = below_c ? std::string("c") : std::string();
    for (const auto i : index) {
        if (!name.empty()) name += separator;
        name += std::to_string(i);
    }
    return folder + '/' + name;
}

std::optional<Json> zarr_json(const std::string& folder, const char* name)
{
    constexpr std::int64_t most = 4 << 20; // [bytes]
    const std::string path = folder + '/' + name;
    if (std::error_code ignored; !std::filesystem::exists(path, ignored)) return std::nullopt;
    const file::InputFile file(path, "the description of a Zarr image");
    std::string text(std::min(most, file.size()), '\0');
    file.read(0, std::as_writable_bytes(std::span(text)));
    Json json = Json::parse(text, nullptr, false);
    if (!json.is_object()) throw input_error("{} is no JSON object; it is damaged, write the image again", path);
    return json;
}

std::optional<ZarrArray> zarr_array(const std::string& folder)
{
    auto json = zarr_json(folder, ".zarray");
    const bool is_2 = json.has_value();
    if (!is_2) json = zarr_json(folder, "zarr.json");
    if (!json || (!is_2 && json->value("node_type", Json()) != "array")) return std::nullopt;
    const Metadata metadata(folder + (is_2 ? "/.zarray" : "/zarr.json"), *json);
    ZarrArray array{.folder = folder};
    is_2 ? take_version_2(metadata, array) : take_version_3(metadata, array);
    std::int64_t bytes = bytes_of(array.type), chunk = bytes;
    bool overflow = array.shape.size() != array.chunk.size();
    for (const auto extent : array.shape) overflow |= __builtin_mul_overflow(bytes, extent, &bytes);
    for (const auto extent : array.chunk) overflow |= __builtin_mul_overflow(chunk, extent, &chunk);
    if (overflow) throw metadata.wrong("shape");
    const auto fill = voxel_of(metadata.at("fill_value"), array.type);
    if (!fill) throw metadata.wrong("fill_value");
    array.fill = *fill;
    return array;
}

} // namespace lapilli::format
