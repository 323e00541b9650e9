// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/html/rows.hpp"
#include "report/html/sections.hpp"
#include "tensor/tensor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lapilli::report::html {

namespace {

/// A value as people read it. @param missing  why it may not be there
std::string shown(const Json* value, const Row& row, int digits)
{
    const double factor = shown_unit(row.unit).factor;
    if (value == nullptr) return "";
    if (value->is_boolean()) return value->get<bool>() ? "yes" : "no";
    if (value->is_string()) return escaped(titled(value->get<std::string>()));
    if (value->is_number_integer() || value->is_number_unsigned()) return whole(value->get<double>());
    if (value->is_number())
        return row.part ? percents(value->get<double>()) : figures(factor * value->get<double>(), digits);
    return "–";
}

/// D0 of the lists of quantities, which terminals show too, with its index.
std::string typeset_help(std::string help)
{
    for (auto at = help.find("D0"); at != std::string::npos; at = help.find("D0")) help.replace(at, 2, "D₀");
    return escaped(help);
}

std::string row_html(const Row& row)
{
    constexpr int digits_of_quotes = 4, digits_of_all = 6;
    const int digits = row.quote ? digits_of_quotes : digits_of_all;
    const auto unit = row.unit == "1" ? "" : shown_unit(row.unit).name;
    const auto help = row.help + (row.missing.empty() ? "" : "; " + row.missing);
    std::string cells;
    if (row.whole != nullptr) {
        cells = fmt::format("<td class=\"n\" colspan=\"3\">{}</td>", shown(row.whole, row, digits));
    } else {
        for (const Axis axis : all_axes) {
            const auto* value = row.axes[axis];
            cells += value != nullptr && value->is_string()
                         ? fmt::format("<td class=\"words\">{}</td>", shown(value, row, digits))
                         : fmt::format("<td class=\"n\">{}</td>", shown(value, row, digits));
        }
    }
    return fmt::format("<tr data-key=\"{}\"{}><th scope=\"row\">{}{}</th>{}<td class=\"unit-column\">{}</td><td "
                       "class=\"why\">{}</td></tr>\n",
                       escaped(row.key), row.quote ? " class=\"best\"" : "", escaped(row.name),
                       unit.empty() ? "" : fmt::format(" <span class=\"unit-inline\">[{}]</span>", escaped(unit)), cells,
                       escaped(unit), typeset_help(help));
}

/// Some of the rows, with a line above each group; empty where there are none.
std::string table_of(const std::vector<RowGroup>& groups, bool detail, const std::string& caption)
{
    std::string rows;
    for (const auto& group : groups) {
        if (std::ranges::none_of(group.rows, [&](const Row& row) { return row.detail == detail; })) continue;
        rows += fmt::format("<tr class=\"head\"><th scope=\"rowgroup\" colspan=\"6\">{}</th></tr>\n", escaped(group.title));
        for (const auto& row : group.rows)
            if (row.detail == detail) rows += row_html(row);
    }
    if (rows.empty()) return "";
    return fmt::format(
        R"(<div class="scroll"><table class="numbers"><caption class="unseen">{}</caption><thead><tr><th scope="col">Quantity</th><th scope="col" class="n axis x">x</th><th scope="col" class="n axis y">y</th><th scope="col" class="n axis z">z</th><th scope="col" class="unit-column">Unit</th><th scope="col" class="why">What it is</th></tr></thead><tbody>
{}</tbody></table></div>
)",
        caption, rows);
}

/// A value beside the largest of its kind: what is left of a zero is 0.
std::string beside(const std::optional<double>& value, double largest, int digits)
{
    constexpr double seen = 1e-5;
    return value && std::abs(*value) < seen * largest ? "0" : figures(value, digits);
}

std::string entry_of(const Json& tensor, Axis row, Axis column)
{
    double largest = 0;
    for (const Axis axis : all_axes)
        largest = std::max(largest, number_at(tensor, fmt::format("/{0}/{0}", index(axis))).value_or(0));
    return beside(number_at(tensor, fmt::format("/{}/{}", index(row), index(column))), largest, 5);
}

constexpr const char* axis_heads =
    "<th scope=\"col\" class=\"n axis x\">x</th><th scope=\"col\" class=\"n axis y\">y</th><th "
    "scope=\"col\" class=\"n axis z\">z</th>";

/// The entries of a 3 by 3 array; nothing where it is none.
std::optional<Tensor> tensor_from(const Json& json)
{
    Tensor tensor;
    for (const Axis row : all_axes)
        for (const Axis column : all_axes) {
            const auto entry = number_at(json, fmt::format("/{}/{}", index(row), index(column)));
            if (!entry) return std::nullopt;
            tensor(index(row), index(column)) = *entry;
        }
    return tensor;
}

/// How far the solver may be off, of the largest quote. @param tensor  of which they are the diagonal
double noise_of(const Json& result, const std::string& property, const Tensor& tensor)
{
    double noise = 0;
    for (const Axis axis : all_axes)
        if (const auto part = number_at(result, fmt::format("/summary/{}/{}/parts/solver", property, name(axis))))
            noise = std::max(noise, *part * std::abs(tensor(index(axis), index(axis))));
    return noise;
}

std::string principal_html(const Tensor& tensor, double noise)
{
    const auto found = principal(symmetrized(tensor), noise);
    if (found.values.front() - found.values.back() <= 2 * noise)
        return "<p class=\"small quiet\">No direction is preferred: the principal values differ by less than the solver "
               "leaves.</p>\n";
    std::string rows;
    for (int i = 0; i < 3; ++i) {
        rows += fmt::format("<tr><th scope=\"row\">{}</th><td class=\"n\">{}</td>", i + 1,
                            beside(found.values[i], found.values.front(), 5));
        for (int j = 0; j < 3; ++j) rows += fmt::format("<td class=\"n\">{}</td>", beside(found.directions(i, j), 1, 3));
        rows += "</tr>\n";
    }
    return fmt::format(
        "<table><caption>Principal values and their directions</caption><thead><tr><th scope=\"col\">No.</th><th "
        "scope=\"col\" class=\"n\">Value</th>{}</tr></thead><tbody>\n{}</tbody></table>\n",
        axis_heads, rows);
}

/// A symmetric tensor with its principal values and directions.
std::string tensor_html(const Json& result, const std::string& property, const std::string& title, const Json& json)
{
    const auto unit = text_at(result, fmt::format("/summary/{}/tensor/unit", property));
    std::string rows;
    for (const Axis row : all_axes) {
        rows += fmt::format("<tr><th scope=\"row\" class=\"axis {0}\">{0}</th>", name(row));
        for (const Axis column : all_axes) rows += fmt::format("<td class=\"n\">{}</td>", entry_of(json, row, column));
        rows += "</tr>\n";
    }
    const auto tensor = tensor_from(json);
    return fmt::format("<div><h3>{0}{1}</h3><table><caption class=\"unseen\">Tensor of {0}</caption><thead><tr><th "
                       "scope=\"col\">Along</th>{2}</tr></thead><tbody>\n{3}</tbody></table>\n{4}</div>\n",
                       title, unit.empty() || unit == "1" ? "" : fmt::format(" [{}]", escaped(unit)), axis_heads, rows,
                       tensor ? principal_html(*tensor, noise_of(result, property, *tensor)) : "");
}

} // namespace

std::string tensors(const Run& run)
{
    std::string out;
    for (const auto& [property, title] :
         {std::pair{"diffusivity", "Diffusivity D/D₀"}, std::pair{"permeability", "Permeability k"}}) {
        const auto* tensor = find(run.result, fmt::format("/summary/{}/tensor/value", property));
        if (tensor != nullptr && tensor->is_array()) out += tensor_html(run.result, property, title, *tensor);
    }
    std::string words;
    if (!out.empty())
        words = "A periodic image has a tensor: a gradient along one axis may drive a flux along another. Its principal "
                "directions are those along which it does not. ";
    if (const auto* fabric = find(run.result, "/result/pore_size/fabric/tensor"); fabric != nullptr && fabric->is_array()) {
        out += tensor_html(run.result, "pore_size", "Fabric", *fabric);
        words += "The fabric says how the surface between pores and solid lies: 1/3 on the diagonal where no direction is "
                 "preferred, more along the axes that it faces.";
    }
    if (out.empty()) return "";
    return section("tensors", "Tensors", words, "<div class=\"grid2\">\n" + out + "</div>\n");
}

std::string all_numbers(const Run& run)
{
    const auto groups = rows_of(run.result);
    if (groups.empty()) return "";
    auto body = table_of(groups, false, "All numbers of the run");
    if (const auto more = table_of(groups, true, "How the numbers were found"); !more.empty())
        body += fmt::format("<details><summary>How they were found</summary>\n{}</details>\n", more);
    body += fmt::format("<pre id=\"csv\" hidden>{}</pre>\n", escaped(csv_of(groups)));
    const auto tools =
        "Shaded rows are those to quote. The CSV has all digits; so has <code>result.json</code>, which lies beside this "
        "page."
        "</p><p class=\"tools\"><button id=\"csv-copy\">Copy as CSV</button><button id=\"csv-save\">Save CSV</button>";
    return section("numbers", "All numbers", tools, body);
}

} // namespace lapilli::report::html
