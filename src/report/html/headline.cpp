// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/html/sections.hpp"

#include "report/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lapilli::report::html {

namespace {

/// A property as its card shows it.
struct Card {
    const char* key;
    const char* title; ///< HTML
    const char* symbol;
};
constexpr Card of_diffusivity{"diffusivity", "Diffusivity D/D<sub>0</sub>", "D/D₀"};
constexpr Card of_permeability{"permeability", "Permeability <i>k</i>", "k"};

std::string empty_card(const std::string& title, const std::string& reason)
{
    return fmt::format("<article class=\"card\"><header><h3>{}</h3></header><p class=\"big\">–</p><p>{}</p></article>\n",
                       title, escaped(reason));
}

std::string porosity_card(const Run& run, const Verdict& verdict)
{
    const auto porosity = number_at(run.result, "/result/porosity/total");
    if (!porosity) return empty_card("Porosity φ", reason_of(verdict));
    std::vector<std::string> connected;
    double least = 1;
    for (const char axis : {'x', 'y', 'z'}) {
        const auto part = number_at(run.result, fmt::format("/result/porosity/connected/{}", axis));
        if (part) connected.push_back(fmt::format("{} along {}", percents(*porosity > 0 ? *part / *porosity : 0), axis));
        if (part) least = std::min(least, *porosity > 0 ? *part / *porosity : 0);
    }
    constexpr double nearly_all = 0.9999;
    const auto words = least > nearly_all ? "All of the pore volume leads through the image."
                                          : "Of the pore volume, " + listed(connected) + " leads through the image.";
    return fmt::format(R"(<article class="card"><header><h3>Porosity φ</h3></header>
<p class="big">{0} <small>%</small></p>
<svg class="porebar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="pores {0} %, solid {2} %"><rect class="solid" width="100" height="10"/><rect class="pore" width="{1:.3f}" height="10"/></svg>
<div class="halves"><span>pores</span><span>solid</span></div>
<p>{3} It was counted, so it is exact for this image.</p></article>
)",
                       figures(100 * *porosity), 100 * *porosity, figures(100 * (1 - *porosity), 3), words);
}

/// The largest part of a number's uncertainty that is known, and which it is.
std::pair<double, std::string> largest_part(const Json& quote)
{
    std::pair<double, std::string> largest{-1, ""};
    property::for_each_quantity<Parts>([&](const auto& part) {
        if (const auto value = number_at(quote, fmt::format("/parts/{}", part.key)); value && *value > largest.first)
            largest = {*value, part.key};
    });
    return largest;
}

/// Why a value is 0 or not what one may think; empty: it is.
std::string remark_on(const Json& quote, const std::string& boundary)
{
    if (text_at(quote, "/made_by") == "percolation")
        return boundary == "periodic" ? "nothing gets through: no pores wind around the image"
                                      : "nothing gets through: no pores connect the two faces";
    if (!is_true(quote, "/converged")) return "not converged";
    return "";
}

std::string axis_cells(const Json& quote, Axis axis, const std::string& boundary)
{
    const auto remark = remark_on(quote, boundary);
    const auto [part, source] = largest_part(quote);
    const auto sure = !remark.empty()  ? fmt::format("<span class=\"warn\">{}</span>", remark)
                      : source.empty() ? std::string("± not known")
                                       : fmt::format("±\u00a0{}", percents(part));
    return fmt::format("<span class=\"axis {0}\">{0}</span><span class=\"value\" data-value=\"{0}\">{1}</span><span "
                       "class=\"pm\">{2}</span>\n",
                       name(axis), figures(number_at(quote, "/value")), sure);
}

/// "+8 to +9 %"; empty: nothing was corrected.
std::string shifts_text(const Json& result, const Card& card, const std::vector<Axis>& axes)
{
    std::vector<double> shifts;
    for (const Axis axis : axes)
        if (const auto shift = number_at(result, fmt::format("/summary/{}/{}/grid_shift", card.key, name(axis))))
            shifts.push_back(100 * *shift);
    if (shifts.empty()) return "";
    const auto [low, high] = std::ranges::minmax(shifts);
    const auto show = [](double shift) {
        return fmt::format("{}{:.0f}", shift < -0.5 ? "−" : shift > 0.5 ? "+" : "", std::abs(shift));
    };
    return show(low) == show(high) ? show(low) + "\u00a0%" : fmt::format("{} to {}\u00a0%", show(low), show(high));
}

std::string sentence_of(const Json& result, const Card& card, const std::vector<Axis>& axes)
{
    const auto first = axes.front();
    const auto quote = fmt::format("/summary/{}/{}", card.key, name(first));
    std::string words;
    if (const auto factor = number_at(result, quote + "/formation_factor"))
        words = fmt::format("<b>Along {} things diffuse {} times more slowly than in the open fluid.</b> ", name(first),
                            figures(factor, 3));
    if (const auto m2 = number_at(result, quote + "/value_m2"); m2 && *m2 > 0)
        words = fmt::format("<b>Along {} <i>k</i> is {} m².</b> ", name(first), figures(m2, 3));
    const auto shifts = shifts_text(result, card, axes);
    words += shifts.empty() ? "The values are of one cell per voxel: what the grid does to them is not known. "
                            : fmt::format("What the grid does to them, {}, is corrected. ", shifts);
    double sample = 0;
    for (const Axis axis : axes)
        sample = std::max(sample,
                          number_at(result, fmt::format("/summary/{}/{}/parts/sample", card.key, name(axis))).value_or(0));
    if (sample > 0)
        words += fmt::format("Another piece of the material, as large, may differ by ±\u00a0{}.", percents(sample));
    return words;
}

std::string property_card(const Run& run, const Card& card, const Verdict& verdict)
{
    const auto axes = quoted_axes(run.result, card.key);
    if (axes.empty()) return empty_card(card.title, reason_of(verdict));
    const auto boundary = text_at(run.result, "/result/porosity/boundary");
    const auto unit = text_at(run.result, fmt::format("/summary/{}/{}/unit", card.key, name(axes.front())));
    std::string cells;
    bool any = false, remarks = false;
    for (const Axis axis : axes) {
        const auto& quote = *find(run.result, fmt::format("/summary/{}/{}", card.key, name(axis)));
        any = any || number_at(quote, "/value").value_or(0) > 0;
        remarks = remarks || !remark_on(quote, boundary).empty();
        cells += axis_cells(quote, axis, boundary);
    }
    return fmt::format(
        R"(<article class="card"><header><h3>{}</h3><span class="unit">{}</span></header>
<div class="rows rows{}{}">{}{}</div>
<p>{}</p></article>
)",
        card.title, unit == "1" ? "of the open fluid" : escaped(unit), axes.size(), remarks ? " bare" : "", cells,
        !remarks ? fmt::format("<div class=\"plot\" data-intervals=\"{}\" data-title=\"{} with its intervals\"></div>",
                               card.key, card.symbol)
                 : "",
        any ? sentence_of(run.result, card, axes)
            : "Nothing gets through along any of these axes, which is exact for this image.");
}

std::string sure_bar(const std::optional<double>& part)
{
    if (!part) return "<span class=\"warn\">not measured</span>";
    constexpr double decades = 5; // from 0.001 % to 100 %
    const double width = std::clamp((std::log10(std::max(*part, 1e-5)) + decades) / decades, 0.0, 1.0) * 100;
    return fmt::format("{}<svg class=\"surebar\" viewBox=\"0 0 100 6\" preserveAspectRatio=\"none\" "
                       "aria-hidden=\"true\"><rect class=\"rest\" "
                       "width=\"100\" height=\"6\"/><rect class=\"part\" width=\"{:.1f}\" height=\"6\"/></svg>",
                       percents(part), width);
}

std::optional<double> worst(const Json& result, const Card& card, const char* part)
{
    std::optional<double> largest;
    for (const Axis axis : quoted_axes(result, card.key))
        if (const auto value = number_at(result, fmt::format("/summary/{}/{}/parts/{}", card.key, name(axis), part)))
            largest = std::max(largest.value_or(0), *value);
    return largest;
}

} // namespace

std::string headline(const Run& run, const Verdict& verdict)
{
    const auto key =
        R"(<p class="key"><span><svg viewBox="0 0 34 14" aria-hidden="true"><circle class="fn" cx="17" cy="7" r="5"/></svg>the value to quote</span>
<span><svg viewBox="0 0 34 14" aria-hidden="true"><path class="sn thick" d="M2 7h30"/></svg>what the grid leaves open</span>
<span><svg viewBox="0 0 34 14" aria-hidden="true"><path class="sn range" d="M2 7h30"/></svg>where another piece of the material may lie</span>
<span><svg viewBox="0 0 34 14" aria-hidden="true"><circle class="mark sn hollow" cx="17" cy="7" r="4"/></svg>as solved, one cell per voxel</span></p>
)";
    const bool plots = !quoted_axes(run.result, "diffusivity").empty() || !quoted_axes(run.result, "permeability").empty();
    return section("results", "Results",
                   plots ? "The values to quote, with the largest part of their uncertainty that was measured." : "",
                   fmt::format("<div class=\"cards\">\n{}{}{}</div>\n{}", porosity_card(run, verdict),
                               property_card(run, of_diffusivity, verdict), property_card(run, of_permeability, verdict),
                               plots ? key : ""));
}

std::string how_sure(const Run& run)
{
    std::vector<Card> cards;
    for (const auto& card : {of_diffusivity, of_permeability})
        if (!quoted_axes(run.result, card.key).empty()) cards.push_back(card);
    if (cards.empty()) return "";
    std::string heads, rows;
    for (const auto& card : cards) heads += fmt::format("<th scope=\"col\">{}</th>", card.symbol);
    property::for_each_quantity<Parts>([&](const auto& part) {
        rows += fmt::format("<tr><th scope=\"row\">{}</th>", titled(part.key));
        for (const auto& card : cards)
            rows += fmt::format("<td class=\"bar1\">{}</td>", sure_bar(worst(run.result, card, part.key)));
        rows += fmt::format("<td class=\"why\">{}{}</td></tr>\n", escaped(titled(part.help)),
                            std::string_view(part.key) == "segmentation" ? "; <code>--segmentation</code> measures it" : "");
    });
    return section(
        "sure", "How sure",
        "Each source of error alone, relative to the value, largest of the axes. The bars go from 0.001\u00a0% to "
        "100\u00a0%, on a "
        "logarithmic scale.",
        fmt::format(
            "<div class=\"scroll\"><table class=\"sure\"><thead><tr><th scope=\"col\">Source</th>{}<th scope=\"col\" "
            "class=\"why\">What it is</th></tr></thead><tbody>\n{}</tbody></table></div>\n",
            heads, rows));
}

} // namespace lapilli::report::html
