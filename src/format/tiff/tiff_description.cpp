// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/tiff/tiff_description.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

namespace lapilli::format {
namespace {

using Style = TiffDescription::Style;

std::optional<double> positive_number(std::string_view words)
{
    double value = 0;
    while (words.starts_with(' ')) words.remove_prefix(1);
    if (std::from_chars(words.data(), words.data() + words.size(), value).ec != std::errc{}) return std::nullopt;
    return std::isfinite(value) && value > 0 ? std::optional(value) : std::nullopt;
}

/// A count; anything that is none, or absurd, is 1.
std::int64_t count_of(const std::optional<std::string_view>& words)
{
    std::int64_t number = 1;
    constexpr std::int64_t most = 1 << 24;
    if (words) std::from_chars(words->data(), words->data() + words->size(), number);
    return std::clamp<std::int64_t>(number, 1, most);
}

/// The value of the line "key=value"; nothing if there is no such line.
std::optional<std::string_view> line_value(std::string_view text, std::string_view key)
{
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find_first_of("\r\n"));
        if (line.size() > key.size() && line.starts_with(key) && line[key.size()] == '=') return line.substr(key.size() + 1);
        text.remove_prefix(std::min(text.size(), line.size() + 1));
    }
    return std::nullopt;
}

/// "5.3e-6", or one number for each of z, y, x with commas between.
std::vector<double> own_edges(std::string_view words)
{
    std::vector<double> edges;
    while (!words.empty()) {
        const auto edge = positive_number(words.substr(0, words.find(',')));
        if (!edge) return {};
        edges.push_back(*edge);
        words.remove_prefix(
            std::min(words.size(), words.find(',') == std::string_view::npos ? words.size() : words.find(',') + 1));
    }
    return edges.size() == 1 || edges.size() == 3 ? edges : std::vector<double>{};
}

TiffDescription by_imagej(std::string_view text)
{
    TiffDescription found{.style = Style::imagej};
    found.planes = line_value(text, "images") ? count_of(line_value(text, "images")) : 0;
    found.slices = count_of(line_value(text, "slices"));
    found.channels = count_of(line_value(text, "channels"));
    found.times = count_of(line_value(text, "frames"));
    found.in_one_piece = found.planes > 1; // if there is one page only: above 4 GB ImageJ writes no others
    if (const auto unit = line_value(text, "unit")) found.unit = *unit;
    const auto length = [&](std::string_view unit_key, double number) {
        const auto own_unit = line_value(text, unit_key);
        return TiffDescription::Length{number, std::string(own_unit ? *own_unit : found.unit.value_or(""))};
    };
    if (const auto spacing = line_value(text, "spacing"))
        if (const auto number = positive_number(*spacing)) found.z = length("zunit", *number);
    if (line_value(text, "yunit")) found.y = length("yunit", 0); // the number stands in the tags
    return found;
}

/// What tifffile writes: {"shape": [18, 20, 22], "unit": "um", "spacing": 5.3}.
TiffDescription by_json(std::string_view text)
{
    TiffDescription found;
    const auto json = nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
    if (!json.is_object()) return found;
    found.style = Style::json;
    if (const auto unit = json.find("unit"); unit != json.end() && unit->is_string()) found.unit = unit->get<std::string>();
    if (const auto spacing = json.find("spacing"); spacing != json.end() && spacing->is_number())
        if (const double number = spacing->get<double>(); std::isfinite(number) && number > 0)
            found.z = TiffDescription::Length{number, found.unit.value_or("")};
    if (const auto truncated = json.find("truncated"); truncated != json.end() && truncated->is_boolean())
        found.in_one_piece = truncated->get<bool>();
    const auto shape = json.find("shape");
    if (shape == json.end() || !shape->is_array() || shape->size() < 2 || shape->size() > 8) return found;
    std::vector<std::int64_t> extents;
    for (const auto& extent : *shape) {
        if (!extent.is_number_integer() || extent.get<std::int64_t>() < 1 || extent.get<std::int64_t>() > 1 << 24)
            return found;
        extents.push_back(extent.get<std::int64_t>());
    }
    extents.resize(extents.size() - (extents.size() > 2 && extents.back() <= 4 ? 3 : 2)); // colours are no planes
    found.planes = 1;
    for (const auto extent : extents) {
        if (extent == 1) continue;
        found.times *= found.slices; // all but the last of them count volumes
        found.slices = extent;
        if (__builtin_mul_overflow(found.planes, extent, &found.planes)) return {};
    }
    return found;
}

/// The value of an attribute of an XML tag.
std::optional<std::string_view> attribute(std::string_view tag, std::string_view key)
{
    for (std::size_t at = tag.find(key); at != std::string_view::npos; at = tag.find(key, at + 1)) {
        if (at == 0 || (tag[at - 1] != ' ' && tag[at - 1] != '\n' && tag[at - 1] != '\t')) continue;
        auto rest = tag.substr(at + key.size());
        if (!rest.starts_with('=') || rest.size() < 2 || (rest[1] != '"' && rest[1] != '\'')) continue;
        const char quote = rest[1];
        rest.remove_prefix(2);
        return rest.substr(0, rest.find(quote));
    }
    return std::nullopt;
}

/// Calls tag(words) for each XML tag of that name, up to its '>'.
template <class Use>
void for_each_tag(std::string_view text, std::string_view name, Use&& tag)
{
    const std::string begin = "<" + std::string(name) + " ";
    for (std::size_t at = text.find(begin); at != std::string_view::npos; at = text.find(begin, at + 1))
        tag(text.substr(at, text.find('>', at) - at));
}

/// Which page of which file is which plane.
void take_places(std::string_view text, TiffDescription& found)
{
    const auto index = [](std::string_view tag, std::string_view key) {
        std::int64_t number = 0;
        if (const auto words = attribute(tag, key)) std::from_chars(words->data(), words->data() + words->size(), number);
        return number;
    };
    for_each_tag(text, "TiffData", [&](std::string_view tag) {
        const std::int64_t page = index(tag, "IFD");
        const std::int64_t plane = index(tag, "FirstZ") + index(tag, "FirstC") + index(tag, "FirstT"); // all but one are 0
        if (page != plane && !found.moved) found.moved = page;
    });
    std::set<std::string_view> names;
    for_each_tag(text, "UUID", [&](std::string_view tag) {
        if (const auto name = attribute(tag, "FileName")) names.insert(*name);
    });
    found.files = std::max<std::int64_t>(1, std::ssize(names));
}

TiffDescription by_ome(std::string_view text)
{
    TiffDescription found;
    const std::size_t begin = text.find("<Pixels ");
    if (begin == std::string_view::npos) return found;
    found.style = Style::ome;
    const auto tag = text.substr(begin, text.find('>', begin) - begin);
    found.slices = count_of(attribute(tag, "SizeZ"));
    found.channels = count_of(attribute(tag, "SizeC"));
    found.times = count_of(attribute(tag, "SizeT"));
    for_each_tag(text.substr(begin + 1), "Pixels", [&](std::string_view) { found.times += 1; }); // another image
    take_places(text, found);
    const std::string_view channel = "SamplesPerPixel";
    if (const std::size_t at = text.find("<Channel "); at != std::string_view::npos) // colours are no channels
        if (count_of(attribute(text.substr(at, text.find('>', at) - at), channel)) == found.channels) found.channels = 1;
    found.planes = found.slices * found.channels * found.times;
    const auto length = [&](const char* key, const char* unit_key) -> std::optional<TiffDescription::Length> {
        const auto number = attribute(tag, key) ? positive_number(*attribute(tag, key)) : std::nullopt;
        if (!number) return std::nullopt;
        return TiffDescription::Length{*number, std::string(attribute(tag, unit_key).value_or("um"))}; // OME's default
    };
    found.x = length("PhysicalSizeX", "PhysicalSizeXUnit");
    found.y = length("PhysicalSizeY", "PhysicalSizeYUnit");
    found.z = length("PhysicalSizeZ", "PhysicalSizeZUnit");
    return found;
}

} // namespace

TiffDescription tiff_description(std::string_view text)
{
    TiffDescription found;
    if (text.starts_with("ImageJ="))
        found = by_imagej(text);
    else if (text.starts_with("{"))
        found = by_json(text);
    else if (text.find("<OME") != std::string_view::npos)
        found = by_ome(text);
    if (const auto own = line_value(text, "voxel_size_m")) found.own = own_edges(*own);
    return found;
}

std::string_view owner(const TiffDescription& description)
{
    switch (description.style) {
    case Style::imagej:
        return "ImageJ's";
    case Style::json:
        return "the JSON";
    case Style::ome:
        return "the OME";
    default:
        return "its";
    }
}

std::string_view description_text(TiffFile& tiff)
{
    const char* words = nullptr;
    return TIFFGetField(tiff.get(), TIFFTAG_IMAGEDESCRIPTION, &words) && words ? words : std::string_view();
}

void require_one_volume(const std::string& path, const TiffDescription& description, std::int64_t pages,
                        std::vector<std::string>& remarks)
{
    const auto whose = owner(description);
    const int beside_one_another = (description.slices > 1) + (description.channels > 1) + (description.times > 1);
    constexpr std::int64_t most_channels = 4; // more of them, and nothing else, are slices under a wrong name
    if (beside_one_another > 1 || (description.channels > 1 && description.channels <= most_channels))
        throw input_error("{} holds {} slices, {} channels and {} times or volumes by {} description, but one volume is "
                          "expected; save one of them alone",
                          path, description.slices, description.channels, description.times, whose);
    if (description.files > 1)
        throw input_error(
            "{} is one of {} files of an OME image, but a whole volume is expected; save it as one file, in Fiji "
            "after File > Import > Bio-Formats",
            path, description.files);
    if (description.moved)
        throw input_error(
            "{} has its planes in another order than that of z by the OME description (page {} is another one); "
            "save it again as a stack",
            path, *description.moved);
    if (description.planes > pages)
        throw input_error("{} promises {} planes by {} description, but has {}; it was cut off, or save it again as a stack",
                          path, description.planes, whose, pages);
    if (description.channels > 1)
        remarks.push_back(fmt::format("{} description calls the planes of {} {} channels; they are taken for slices", whose,
                                      path, description.channels));
}

} // namespace lapilli::format
