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

/// "nearly all", "99 %", "none": a share of the pore volume.
std::string share_text(double share)
{
    constexpr double nearly = 0.995; // rounds to 100 %
    return share >= 1 ? "all" : share >= nearly ? "nearly all" : share <= 0 ? "none" : percents(share);
}

/// "Of the pore volume, 99 % leads through the image along x and y, none along z."
std::string connected_text(const Json& result, double porosity)
{
    std::vector<std::pair<std::string, std::vector<std::string>>> shares;
    for (const Axis axis : axes_of(find(result, "/image") != nullptr ? result["image"] : Json::object())) {
        const auto part = number_at(result, fmt::format("/result/porosity/connected/{}", name(axis)));
        if (!part) continue;
        const auto words = share_text(porosity > 0 ? *part / porosity : 0);
        if (shares.empty() || shares.back().first != words) shares.push_back({words, {}});
        shares.back().second.emplace_back(1, name(axis));
    }
    std::string text;
    for (const auto& [words, axes] : shares)
        text += fmt::format("{}{}{} along {}", text.empty() ? "Of the pore volume, " : ", ", words,
                            text.empty() ? " leads through the image" : "", listed(axes));
    return text.empty() ? text : text + ". ";
}

/// What is counted where several phases conduct.
std::string phases_text(const Json& result)
{
    const auto* conductivity = find(result, "/image/conductivity");
    if (conductivity == nullptr || !conductivity->is_object() || conductivity->size() < 2) return "";
    std::vector<std::string> labels;
    for (const auto& [label, value] : conductivity->items()) labels.push_back(label);
    return fmt::format("All that conducts counts as pores: labels {}. ", escaped(listed(labels)));
}

std::string porosity_card(const Run& run, const Verdict& verdict)
{
    const auto porosity = number_at(run.result, "/result/porosity/total");
    if (!porosity) return empty_card("Porosity φ", reason_of(verdict));
    return fmt::format(R"(<article class="card"><header><h3>Porosity φ</h3></header>
<p class="big">{0} <small>%</small></p>
<svg class="porebar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="pores {0} %, solid {2} %"><rect class="solid" width="100" height="10"/><rect class="pore" width="{1:.3f}" height="10"/></svg>
<div class="halves"><span>pores</span><span>solid</span></div>
<p>{3}{4}It was counted, so it is exact for this image.</p></article>
)",
                       figures(100 * *porosity), 100 * *porosity, figures(100 * (1 - *porosity), 3), phases_text(run.result),
                       connected_text(run.result, *porosity));
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
                                       : fmt::format("±\u00a0{}<small>{}</small>", percents(part), source);
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
    const auto place = [&](Axis axis) { return fmt::format("/summary/{}/{}", card.key, name(axis)); };
    const auto found =
        std::ranges::find_if(axes, [&](Axis axis) { return number_at(result, place(axis) + "/value").value_or(0) > 0; });
    const auto first = found == axes.end() ? axes.front() : *found;
    const auto quote = place(first);
    std::string words;
    if (const auto factor = number_at(result, quote + "/formation_factor"))
        words = fmt::format("<b>Along {} things diffuse {} times more slowly than in the open fluid.</b> ", name(first),
                            figures(factor, 3));
    if (const auto m2 = number_at(result, quote + "/value_m2"); m2 && *m2 > 0)
        words = fmt::format("<b>Along {} <i>k</i> is {} m².</b> ", name(first), figures(m2, 3));
    const auto shifts = shifts_text(result, card, axes);
    words += shifts.empty() ? "The values are of one cell per voxel: what the grid does to them is not known. "
                            : fmt::format("All values are corrected for the grid, by {}. ", shifts);
    double sample = 0;
    for (const Axis axis : axes) sample = std::max(sample, number_at(result, place(axis) + "/parts/sample").value_or(0));
    if (sample > 0)
        words += fmt::format("Another piece of the material, as large, may differ by ±\u00a0{}. ", percents(sample));
    return words + escaped(sentence_from(text_at(result, quote + "/note")));
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

/// Whether any value that was solved has that beside it: "grid_shift", "parts/grid"; empty: whether any was solved.
bool any_solved(const Json& result, const std::string& key)
{
    for (const auto& card : {of_diffusivity, of_permeability})
        for (const Axis axis : quoted_axes(result, card.key)) {
            const auto quote = fmt::format("/summary/{}/{}", card.key, name(axis));
            if (text_at(result, quote + "/made_by") != "percolation" &&
                (key.empty() || number_at(result, fmt::format("{}/{}", quote, key))))
                return true;
        }
    return false;
}

/// What the marks of the intervals mean, as far as there are such.
std::string key_of(const Json& result)
{
    struct Mark {
        const char* key;
        const char* shape;
        const char* words;
    };
    constexpr Mark marks[] = {
        {"value", R"(<circle class="fn" cx="17" cy="7" r="5"/>)", "the value to quote"},
        {"parts/grid", R"(<path class="sn thick" d="M2 7h30"/>)", "what the grid leaves open"},
        {"parts/sample", R"(<path class="sn range" d="M2 7h30"/>)", "where another piece of the material may lie"},
        {"grid_shift", R"(<circle class="mark sn hollow" cx="17" cy="7" r="4"/>)", "as solved, one cell per voxel"}};
    std::vector<std::string> items;
    for (const auto& mark : marks)
        if (any_solved(result, mark.key))
            items.push_back(fmt::format("<span><svg viewBox=\"0 0 34 14\" aria-hidden=\"true\">{}</svg>{}</span>\n",
                                        mark.shape, mark.words));
    return items.size() < 2 ? "" : fmt::format("<p class=\"key\">{}</p>\n", fmt::join(items, ""));
}

std::string warnings_list(const Json& result)
{
    const auto* warnings = find(result, "/warnings");
    std::string items;
    if (warnings != nullptr && warnings->is_array())
        for (const auto& warning : *warnings)
            if (warning.is_string()) items += fmt::format("<li>{}</li>", escaped(sentence_from(warning.get<std::string>())));
    return items.empty() ? "" : fmt::format("<ul class=\"warnings\" aria-label=\"Warnings\">{}</ul>\n", items);
}

} // namespace

std::string headline(const Run& run, const Verdict& verdict)
{
    const bool any = find(run.result, "/result/porosity") != nullptr ||
                     find(run.result, "/summary/diffusivity") != nullptr ||
                     find(run.result, "/summary/permeability") != nullptr;
    if (verdict.state == State::done && !any) return ""; // its numbers are others
    return section("results", "Results",
                   any_solved(run.result, "")
                       ? "The values to quote, each with the largest part of its uncertainty that was measured."
                       : "",
                   fmt::format("<div class=\"cards\">\n{}{}{}</div>\n{}{}", porosity_card(run, verdict),
                               property_card(run, of_diffusivity, verdict), property_card(run, of_permeability, verdict),
                               key_of(run.result), warnings_list(run.result)));
}

std::string how_sure(const Run& run)
{
    std::vector<Card> cards;
    for (const auto& card : {of_diffusivity, of_permeability})
        if (!quoted_axes(run.result, card.key).empty()) cards.push_back(card);
    if (!any_solved(run.result, "")) return ""; // what is counted is exact
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
