// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/sentence.hpp"
#include "report/collection.hpp"
#include "report/result_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

namespace lapilli::report {

namespace {

using nlohmann::json;

constexpr const char* none = "-"; // not measured, or not defined

const json* value_at(const Result& result, const char* place) { return find(result, std::array{Place(place)}); }

std::string number(const json* value, const char* format = "{:.6g}")
{
    return value != nullptr && value->is_number() ? fmt::format(fmt::runtime(format), value->get<double>()) : none;
}

std::string text(const json* value) { return value != nullptr && value->is_string() ? value->get<std::string>() : none; }

/// "yes" if all that are there are true.
std::string verdict(std::initializer_list<const json*> values)
{
    const auto is = [](bool wanted) {
        return [=](const json* value) { return value != nullptr && value->is_boolean() && value->get<bool>() == wanted; };
    };
    if (std::any_of(values.begin(), values.end(), is(false))) return "no";
    return std::any_of(values.begin(), values.end(), is(true)) ? "yes" : none;
}

/// A quantity of an axis; of a periodic image, where the tensor is named, the entry on its diagonal.
const json* along(const Result& result, Axis axis, const char* property, const char* key, const char* tensor = nullptr)
{
    auto places = places_of(property, key, axis);
    if (tensor != nullptr) places.push_back(entry_of(property, tensor, axis, axis));
    return find(result, places);
}

std::string image_name(const Result& result)
{
    const auto name = text(value_at(result, "/image/path"));
    return name.substr(name.rfind('/') + 1);
}

std::string shape(const Result& result)
{
    if (value_at(result, "/image/shape") == nullptr) return none;
    const auto extent = [&](const char* place) { return number(value_at(result, place), "{:.0f}"); };
    return fmt::format("{}x{}x{}", extent("/image/shape/0"), extent("/image/shape/1"), extent("/image/shape/2"));
}

std::string voxel(const Result& result)
{
    const auto* edge = value_at(result, "/image/voxel_size_m");
    return edge != nullptr && edge->is_number() ? io::length_text(edge->get<double>()) : none;
}

/// "runs/a" for "runs/a/result.json".
std::string folder(const Result& result)
{
    constexpr std::string_view usual = "/result.json";
    return result.path.ends_with(usual) ? result.path.substr(0, result.path.size() - usual.size()) : result.path;
}

std::string percolates(const Result& result, Axis axis)
{
    return verdict({along(result, axis, "percolation", "percolates")});
}

std::string converged(const Result& result, Axis axis)
{
    return verdict({along(result, axis, "diffusivity", "converged"), along(result, axis, "permeability", "converged")});
}

std::string millidarcy(const Result& result, Axis axis)
{
    return number(along(result, axis, "permeability", "permeability_md", "tensor_md"));
}

/// Where the voxel size is not known.
std::string voxel2(const Result& result, Axis axis)
{
    if (millidarcy(result, axis) != none) return none;
    return number(along(result, axis, "permeability", "permeability_voxel2", "tensor_voxel2"));
}

/// Percolation is known of all axes, also of those that were not asked for.
bool is_measured(const Result& result, Axis axis)
{
    const bool solved =
        value_at(result, "/result/diffusivity") != nullptr || value_at(result, "/result/permeability") != nullptr;
    return (solved ? converged(result, axis) : percolates(result, axis)) != none;
}

std::string axis_name(const Result& result, Axis axis)
{
    return is_measured(result, axis) ? std::string(1, name(axis)) : none;
}

/// A column: its cells are those of an axis, or of an image, and then stand in its first line only.
struct Shown {
    std::string head;
    std::function<std::string(const Result&, Axis)> of_axis;
    std::function<std::string(const Result&)> of_image;
    bool to_the_right = true;
};

std::vector<Shown> shown_columns()
{
    const auto of_axis = [](const char* property, const char* key, const char* format, const char* tensor = nullptr) {
        return [=](const auto& r, Axis axis) { return number(along(r, axis, property, key, tensor), format); };
    };
    constexpr auto value = "{:.6g}", brief = "{:.1e}";
    return {{"image", {}, image_name, false},
            {"shape (zyx)", {}, shape},
            {"voxel", {}, voxel},
            {"porosity", {}, [](const auto& r) { return number(value_at(r, "/result/porosity/total")); }},
            {"axis", axis_name, {}, false},
            {"percolates", percolates, {}, false},
            {"D/D0", of_axis("diffusivity", "relative", value, "tensor"), {}},
            {"F", of_axis("diffusivity", "formation_factor", value), {}},
            {"tortuosity", of_axis("diffusivity", "tortuosity", value), {}},
            {"D error est.", of_axis("diffusivity", "solver_error_estimate", brief), {}},
            {"k [mD]", millidarcy, {}},
            {"k [voxel²]", voxel2, {}},
            {"k error est.", of_axis("permeability", "solver_error_estimate", brief), {}},
            {"converged", converged, {}, false},
            {"result", {}, folder, false}};
}

/// A column's head, and a cell for each line; empty if there is nothing to show.
std::vector<std::string> cells_of(const Shown& column, const Collection& collection)
{
    std::vector<std::string> cells{column.head};
    bool any = false;
    for (const auto& result : collection) {
        std::vector<Axis> axes(all_axes.begin(), all_axes.end());
        std::erase_if(axes, [&](Axis axis) { return !is_measured(result, axis); });
        if (axes.empty()) axes.push_back(Axis::x); // one line all the same
        for (const Axis axis : axes) {
            const bool first = axis == axes.front();
            cells.push_back(column.of_axis ? column.of_axis(result, axis) : first ? column.of_image(result) : "");
            any = any || (!cells.back().empty() && cells.back() != none);
        }
    }
    return any ? cells : std::vector<std::string>();
}

/// In characters of UTF-8.
std::size_t width(const std::string& text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](unsigned char c) { return (c & 0xC0U) != 0x80U; }));
}

void append(std::vector<std::string>& lines, const std::vector<std::string>& cells, bool to_the_right)
{
    std::size_t widest = 0;
    for (const auto& cell : cells) widest = std::max(widest, width(cell));
    lines.resize(cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::string blank(widest - width(cells[i]), ' ');
        lines[i] += (lines[i].empty() ? "" : "  ") + (to_the_right ? blank + cells[i] : cells[i] + blank);
    }
}

} // namespace

std::string to_table(const Collection& collection)
{
    std::vector<std::string> lines;
    for (const auto& column : shown_columns()) {
        auto cells = cells_of(column, collection);
        // names may hold anything: what would start a new line or move the cursor is shown as '?'
        for (auto& cell : cells)
            std::replace_if(
                cell.begin(), cell.end(), [](unsigned char c) { return c < ' ' || c == 127; }, '?');
        if (!cells.empty()) append(lines, cells, column.to_the_right);
    }
    std::string table;
    for (const auto& line : lines) table += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
    const bool periodic = std::any_of(collection.begin(), collection.end(), [](const auto& result) {
        return text(value_at(result, "/result/porosity/boundary")) == "periodic";
    });
    if (periodic) table += "periodic images: D/D0 and k are the diagonals of their tensors\n";
    return table;
}

} // namespace lapilli::report
