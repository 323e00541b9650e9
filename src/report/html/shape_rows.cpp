// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/html/shape_rows.hpp"

#include "property/drainage.hpp"
#include "property/network.hpp"
#include "property/pore_size.hpp"
#include "property/rev.hpp"
#include "report/html/row_list.hpp"
#include "report/length_forms.hpp"

#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lapilli::report::html {

namespace {

/// The forms of a quantity that a table has: in metres where the size of a voxel is known, and then in voxels only for who
/// doubts. @param take  a form, and whether it is a detail
template <class Take>
void add_forms_of(const Json& result, std::string_view unit, Take&& take)
{
    const auto* edge = find(result, "/image/voxel_size_m");
    const bool known = edge != nullptr && !edge->is_null();
    for (const auto& form : forms_of(unit, {})) {
        const bool metres = form.suffix.ends_with("_m") || form.suffix == "_m2" || form.suffix == "_md" ||
                            form.suffix.find("_per_m") != std::string::npos;
        if (!metres || known) take(form, known && !metres && !form.suffix.empty());
    }
}

/// @param places  adds a row, of a key
/// @param before  begins the names of the rows
template <class Result, class Places>
void add_lengths(const Json& result, const std::string& property, Places&& places, const std::string& before = "")
{
    property::for_each_quantity<Result>([&](const auto& quantity) {
        add_forms_of(result, quantity.unit, [&](const LengthForm& form, bool detail) {
            const auto key = quantity.key + form.suffix;
            const std::string_view head = quantity.head;
            const auto title = head.starts_with("± ") ? std::string(head)
                               : head.ends_with('%')  ? fmt::format("Radius, {}", head)
                                                      : titled(quantity.key);
            places(Row{.name = before + title,
                       .key = fmt::format("{}.{}", property, key),
                       .unit = form.unit,
                       .help = quantity.help,
                       .detail = head.empty() || detail},
                   key);
        });
    });
}

/// A list of what one label has, or two or three share: a row for each.
struct LabelList {
    const char* list;
    const char* labels; ///< the key of which they are
    const char* value;
    const char* unit;
    const char* name;
    const char* help;
};
constexpr LabelList label_lists[] = {
    {"materials", "label", "fraction", "1", "Fraction of label", "of the voxels of the image"},
    {"contacts", "labels", "area", "1/length", "Surface between labels", "that they share, over the volume of the image"},
    {"lines", "labels", "length", "1/length2", "Line of labels", "along which they meet, over the volume of the image"}};

void add_labels(RowList& rows, const Json& result, const LabelList& of)
{
    const auto* entries = find(result, fmt::format("/result/interfaces/{}", of.list));
    for (std::size_t i = 0; entries != nullptr && entries->is_array() && i < entries->size(); ++i) {
        const auto* labels = find((*entries)[i], fmt::format("/{}", of.labels));
        if (labels == nullptr) continue;
        std::vector<std::string> words;
        for (const auto& label : *labels) words.push_back(label.dump());
        add_forms_of(result, of.unit, [&](const LengthForm& form, bool detail) {
            rows.add_whole({.name = fmt::format("{} {}", of.name, listed(words)),
                            .key = fmt::format("interfaces.{}.{}.{}{}", of.list, i, of.value, form.suffix),
                            .unit = form.unit,
                            .help = of.help,
                            .detail = detail},
                           fmt::format("/result/interfaces/{}/{}/{}{}", of.list, i, of.value, form.suffix));
        });
    }
}

} // namespace

void add_shape_rows(const Json& result, std::vector<RowGroup>& groups)
{
    RowList rows(result);
    const auto along = [&](const std::string& property) {
        return [&rows, property](const Row& row, const std::string& key) {
            rows.add(row, [&](Axis axis) { return std::array{fmt::format("/result/{}/{}/{}", property, name(axis), key)}; });
        };
    };
    const auto whole = [&](const std::string& object) {
        return [&rows, object](const Row& row, const std::string& key) {
            rows.add_whole(row, fmt::format("/result/{}/{}", object, key));
        };
    };
    add_lengths<property::PoreSize>(result, "pore_size", whole("pore_size"));
    add_lengths<property::PoreSize::AlongAxis>(result, "pore_size", along("pore_size"));
    rows.finish(groups, text_at(result, "/result/pore_size/of") == "solid" ? "Grain sizes" : "Pore sizes");
    add_lengths<property::Drainage::Curve>(result, "drainage", along("drainage"));
    add_lengths<property::Drainage::Curve>(result, "drainage.all", whole("drainage/all"));
    rows.finish(groups, "Drainage");
    add_lengths<property::PoreNetwork>(result, "network", whole("network"));
    add_lengths<property::PoreNetwork::AlongAxis>(result, "network", along("network"));
    rows.finish(groups, "Pore network");
    for (const std::string quantity : {"porosity", "specific_surface", "mean_radius"})
        add_lengths<property::Rev::Series>(result, "rev." + quantity, whole("rev/" + quantity), titled(quantity) + ": ");
    for (const std::string quantity : {"diffusivity", "permeability"})
        add_lengths<property::Rev::Series>(result, "rev." + quantity, along("rev/" + quantity), titled(quantity) + ": ");
    rows.finish(groups, "Representative volume");
    for (const auto& list : label_lists) add_labels(rows, result, list);
    rows.finish(groups, "Interfaces");
}

} // namespace lapilli::report::html
