// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "collection/collection.hpp"
#include "collection/result_columns.hpp"
#include "report/quote_table.hpp"
#include "text/sentence.hpp"
#include "text/text_table.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <functional>

namespace lapilli::collection {

namespace {

using nlohmann::json;

constexpr const char* none = "-"; // not measured, or not defined

const json* value_at(const results::ResultFile& result, const char* place)
{
    return find(result, std::array{results::Place(place)});
}

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
const json* along(const results::ResultFile& result, Axis axis, const char* property, const char* key,
                  const char* tensor = nullptr)
{
    auto places = places_of(property, key, axis);
    if (tensor != nullptr) places.push_back(entry_of(property, tensor, axis, axis));
    return find(result, places);
}

std::string image_name(const results::ResultFile& result)
{
    const auto name = text(value_at(result, "/image/path"));
    return name.substr(name.rfind('/') + 1);
}

std::string shape(const results::ResultFile& result)
{
    if (value_at(result, "/image/shape") == nullptr) return none;
    const auto extent = [&](const char* place) { return number(value_at(result, place), "{:.0f}"); };
    return fmt::format("{}x{}x{}", extent("/image/shape/0"), extent("/image/shape/1"), extent("/image/shape/2"));
}

std::string voxel(const results::ResultFile& result)
{
    const auto* edge = value_at(result, "/image/voxel_size_m");
    if (edge == nullptr) return none;
    if (edge->is_number()) return text::length_text(edge->get<double>());
    if (edge->size() != 3 || !std::ranges::all_of(*edge, [](const json& one) { return one.is_number(); })) return none;
    return text::edges_text({(*edge)[2].get<double>(), (*edge)[1].get<double>(), (*edge)[0].get<double>()});
}

/// "runs/a" for "runs/a/result.json".
std::string folder(const results::ResultFile& result)
{
    constexpr std::string_view usual = "/result.json";
    return result.path.ends_with(usual) ? result.path.substr(0, result.path.size() - usual.size()) : result.path;
}

std::string percolates(const results::ResultFile& result, Axis axis)
{
    return verdict({along(result, axis, "percolation", "percolates")});
}

std::string converged(const results::ResultFile& result, Axis axis)
{
    return verdict({along(result, axis, "diffusivity", "converged"), along(result, axis, "permeability", "converged")});
}

/// The number to quote of an axis. Results of older programs have no summary, but what it would say.
const json* quoted(const results::ResultFile& result, Axis axis, const std::string& property, const std::string& in_summary,
                   const std::string& key, const char* tensor = nullptr)
{
    std::vector<results::Place> places{quote_of(property, in_summary, axis)};
    for (const auto& form : {"two_grid/" + key + "_extrapolated", "correction/" + key + "_corrected", key})
        for (auto& place : places_of(property, form, axis)) places.push_back(std::move(place));
    if (tensor != nullptr) places.push_back(entry_of(property, tensor, axis, axis));
    return find(result, places);
}

std::string millidarcy(const results::ResultFile& result, Axis axis)
{
    return number(quoted(result, axis, "permeability", "value_md", "permeability_md", "tensor_md"), "{:.4g}");
}

/// Where the voxel size is not known.
std::string voxel2(const results::ResultFile& result, Axis axis)
{
    if (millidarcy(result, axis) != none) return none;
    return number(quoted(result, axis, "permeability", "value_voxel2", "permeability_voxel2", "tensor_voxel2"), "{:.4g}");
}

/// What divided by the diffusivity to quote gives that quantity; of the same one phase.
std::string over_diffusivity(const results::ResultFile& result, Axis axis, const char* key)
{
    return number(find(result, std::array{quote_of("diffusivity", key, axis)}), "{:.4g}");
}

/// How far the number may be off by one source.
std::string part(const results::ResultFile& result, Axis axis, const char* property, const std::string& source,
                 const char* key)
{
    std::vector<results::Place> places{quote_of(property, "parts/" + source, axis)};
    for (auto& place : places_of(property, key, axis)) places.push_back(std::move(place));
    const auto* value = find(result, places);
    return value != nullptr && value->is_number() ? report::percent(value->get<double>()) : none;
}

/// Percolation is known of all axes, also of those that were not asked for.
bool is_measured(const results::ResultFile& result, Axis axis)
{
    const bool solved =
        value_at(result, "/result/diffusivity") != nullptr || value_at(result, "/result/permeability") != nullptr;
    return (solved ? converged(result, axis) : percolates(result, axis)) != none;
}

std::string axis_name(const results::ResultFile& result, Axis axis)
{
    return is_measured(result, axis) ? std::string(1, name(axis)) : none;
}

/// A column: its cells are those of an axis, or of an image, and then stand in its first line only.
struct Shown {
    std::string head;
    std::function<std::string(const results::ResultFile&, Axis)> of_axis;
    std::function<std::string(const results::ResultFile&)> of_image;
    bool to_the_right = true;
};

/// Columns that stay together.
using Group = std::vector<Shown>;

void add_parts(Group& to, const char* property)
{
    struct Source {
        const char* head;
        const char* part;
        const char* key;
    };
    constexpr Source sources[] = {{"solver", "solver", "solver_error_estimate"},
                                  {"grid", "grid", "correction/spread"},
                                  {"sample", "sample", "correction/sample"},
                                  {"segm.", "segmentation", "correction/segmentation"}};
    for (const auto& source : sources)
        to.push_back({fmt::format("\u00b1 {}", source.head),
                      [=](const auto& r, Axis axis) { return part(r, axis, property, source.part, source.key); },
                      {}});
}

/// Begin every part of the table.
Group key_columns() { return {{"image", {}, image_name, false}, {"axis", axis_name, {}, false}}; }

std::vector<Group> shown_columns()
{
    const auto over = [](const char* key) {
        return [=](const auto& r, Axis axis) { return over_diffusivity(r, axis, key); };
    };
    const auto diffusivity = [](const auto& r, Axis axis) {
        return number(quoted(r, axis, "diffusivity", "value", "relative", "tensor"), "{:.4g}");
    };
    Group d{{"D/D0", diffusivity, {}}, {"F", over("formation_factor"), {}}, {"tortuosity", over("tortuosity"), {}}};
    Group k{{"k [mD]", millidarcy, {}}, {"k [voxel²]", voxel2, {}}};
    add_parts(d, "diffusivity");
    add_parts(k, "permeability");
    return {d,
            k,
            {{"porosity", {}, [](const auto& r) { return number(value_at(r, "/result/porosity/total")); }},
             {"percolates", percolates, {}, false},
             {"converged", converged, {}, false}},
            {{"shape (zyx)", {}, shape}, {"voxel", {}, voxel}, {"result", {}, folder, false}}};
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

/// Those that have something to show.
std::vector<text::TextColumn> filled(const Group& group, const Collection& collection)
{
    std::vector<text::TextColumn> columns;
    for (const auto& shown : group) {
        auto cells = cells_of(shown, collection);
        // names may hold anything: what would start a new line or move the cursor is shown as '?'
        for (auto& cell : cells)
            std::replace_if(
                cell.begin(), cell.end(), [](unsigned char c) { return c < ' ' || c == 127; }, '?');
        if (!cells.empty()) columns.push_back({std::move(cells), shown.to_the_right});
    }
    return columns;
}

/// A part of the table that says nothing of axes: a line for each image, without them.
std::vector<text::TextColumn> without_axes(std::vector<text::TextColumn> part, const std::vector<text::TextColumn>& keys)
{
    const auto& images = keys.front().cells;
    for (auto& column : part)
        for (std::size_t row = images.size(); row-- > 1;)
            if (images[row].empty()) column.cells.erase(column.cells.begin() + row);
    part.erase(part.begin() + 1, part.begin() + keys.size());
    return part;
}

std::size_t widest_line(const std::string& text)
{
    std::size_t widest = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text.find('\n', at);
        widest = std::max(widest, text::width(std::string_view(text).substr(at, end - at)));
        at = end == std::string::npos ? end : end + 1;
    }
    return widest;
}

} // namespace

std::string to_table(const Collection& collection, std::size_t columns)
{
    const auto keys = filled(key_columns(), collection);
    std::string table;
    std::vector<text::TextColumn> part = keys;
    bool of_axes = false;
    const auto end_part = [&] { table += text::text_table(of_axes ? part : without_axes(part, keys)); };
    for (const auto& group : shown_columns()) {
        const auto more = filled(group, collection);
        auto wider = part;
        wider.insert(wider.end(), more.begin(), more.end());
        if (part.size() > keys.size() && widest_line(text::text_table(wider)) > columns) {
            end_part();
            table += "\n";
            of_axes = false;
            wider = keys;
            wider.insert(wider.end(), more.begin(), more.end());
        }
        part = std::move(wider);
        of_axes = of_axes || std::any_of(group.begin(), group.end(), [](const Shown& c) { return c.of_axis != nullptr; });
    }
    end_part();
    const bool periodic = std::any_of(collection.begin(), collection.end(), [](const auto& result) {
        return text(value_at(result, "/result/porosity/boundary")) == "periodic";
    });
    if (periodic) table += "periodic images: D/D0 and k are the diagonals of their tensors\n";
    return table;
}

} // namespace lapilli::collection
