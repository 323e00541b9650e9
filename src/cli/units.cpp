// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/units.hpp"

#include "error.hpp"

#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

namespace lapilli::cli {

namespace {

std::vector<std::string> split(const std::string& text, char separator)
{
    std::vector<std::string> parts(1);
    for (const char c : text) {
        if (c == separator)
            parts.emplace_back();
        else
            parts.back() += c;
    }
    return parts;
}

/// The whole of `text` as a number, or nothing.
template <class Number>
std::optional<Number> number(const std::string& text)
{
    Number value{};
    const auto* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || rest != end) return std::nullopt;
    return value;
}

bool finite_positive(double value) { return std::isfinite(value) && value > 0; }

}  // namespace

double parse_length(const std::string& text)
{
    static const std::map<std::string, double> metres{{"nm", 1e-9}, {"um", 1e-6}, {"µm", 1e-6}, {"μm", 1e-6},
                                                      {"mm", 1e-3}, {"cm", 1e-2}, {"m", 1}};
    double value = 0;
    const auto* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, value);
    std::string unit(rest, end);
    unit.erase(0, unit.find_first_not_of(' ') == std::string::npos ? unit.size() : unit.find_first_not_of(' '));
    const auto factor = metres.find(unit);
    if (error != std::errc{} || factor == metres.end())
        throw input_error("'{}' is not a length; expected a number with its unit (nm, um, mm, cm, m); write for example 5.345um", text);
    if (!finite_positive(value)) throw input_error("the length '{}' is not above zero; give the edge of a voxel, for example 5.345um", text);
    return std::stod(fmt::format("{}e{}", std::string(text.data(), rest), static_cast<int>(std::lround(std::log10(factor->second)))));
}

Shape parse_shape(const std::string& text)
{
    const auto wrong = [&] {
        return input_error("'{}' is not a shape; expected three sizes above zero, slowest axis first; write for example 400x400x400 or "
                           "nx=400,ny=400,nz=400", text);
    };
    std::array<std::int64_t, 3> extent{};  // z, y, x
    const bool named = text.find('=') != std::string::npos;
    const auto parts = split(text, named ? ',' : 'x');
    if (parts.size() != 3) throw wrong();
    for (std::size_t i = 0; i < 3; ++i) {
        std::size_t axis = i;
        std::string digits = parts[i];
        if (named) {
            if (digits.size() < 4 || digits[0] != 'n' || digits[2] != '=' || std::string("zyx").find(digits[1]) == std::string::npos)
                throw wrong();
            axis = std::string("zyx").find(digits[1]);
            digits = digits.substr(3);
        }
        const auto value = number<std::int64_t>(digits);
        if (!value || *value <= 0 || extent[axis] != 0) throw wrong();
        extent[axis] = *value;
    }
    constexpr std::int64_t most = std::int64_t{1} << 21;  // coordinates on the Morton curve
    for (const auto e : extent)
        if (e > most) throw input_error("'{}' has an axis above {} voxels; expected less; cut the image into parts", text, most);
    return {extent[0], extent[1], extent[2]};
}

io::VoxelType parse_voxel_type(const std::string& text)
{
    static const std::map<std::string, io::VoxelType> types{
        {"u8", io::VoxelType::u8},   {"i8", io::VoxelType::i8},   {"u16", io::VoxelType::u16}, {"i16", io::VoxelType::i16},
        {"u32", io::VoxelType::u32}, {"i32", io::VoxelType::i32}, {"f32", io::VoxelType::f32}};
    const auto at = types.find(text);
    if (at == types.end())
        throw input_error("'{}' is not a voxel type; expected u8, i8, u16, i16, u32, i32 or f32; give one with --type", text);
    return at->second;
}

std::vector<std::int32_t> parse_labels(const std::string& text)
{
    std::vector<std::int32_t> labels;
    for (const auto& part : split(text, ',')) {
        const auto label = number<std::int32_t>(part);
        if (!label) throw input_error("'{}' is not a list of labels; expected integers; write for example 0 or 0,1", text);
        labels.push_back(*label);
    }
    return labels;
}

std::array<image::Crop, 3> parse_crop(const std::string& text)
{
    const auto wrong = [&] {
        return input_error("'{}' is not a region; expected three ranges z, y, x; write for example 0:128,0:128,64:192 or :,:,64:", text);
    };
    const auto parts = split(text, ',');
    if (parts.size() != 3) throw wrong();
    std::array<image::Crop, 3> crop{};
    for (std::size_t i = 0; i < 3; ++i) {
        const auto ends = split(parts[i], ':');
        if (ends.size() != 2) throw wrong();
        auto& range = crop[2 - i];
        if (!ends[0].empty()) {
            const auto first = number<std::int64_t>(ends[0]);
            if (!first) throw wrong();
            range.first = *first;
        }
        if (ends[1].empty()) continue;
        range.last = number<std::int64_t>(ends[1]);
        if (!range.last) throw wrong();
    }
    return crop;
}

std::vector<Axis> parse_axes(const std::string& text)
{
    if (text == "all") return {Axis::x, Axis::y, Axis::z};
    std::vector<Axis> axes;
    for (const auto& part : split(text, ',')) {
        if (part != "x" && part != "y" && part != "z")
            throw input_error("'{}' is not an axis; expected x, y, z or all; give one with --axis", text);
        axes.push_back(static_cast<Axis>(part[0] - 'x'));
    }
    return axes;
}

std::pair<std::int32_t, double> parse_conductivity(const std::string& text)
{
    const auto parts = split(text, '=');
    const auto label = parts.size() == 2 ? number<std::int32_t>(parts[0]) : std::nullopt;
    const auto sigma = parts.size() == 2 ? number<double>(parts[1]) : std::nullopt;
    if (!label || !sigma || !finite_positive(*sigma))
        throw input_error("'{}' is not a conductivity; expected LABEL=VALUE with a value above zero; write for example 85=0.05", text);
    return {*label, *sigma};
}

double parse_positive(const std::string& flag, const std::string& text)
{
    const auto value = number<double>(text);
    if (!value || !finite_positive(*value))
        throw input_error("{} {} is not a number above zero; expected one; write for example {} 1e-4", flag, text, flag);
    return *value;
}

}  // namespace lapilli::cli
