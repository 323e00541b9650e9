// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "collection/comparison.hpp"

#include "text/text_table.hpp"
#include "version.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace lapilli::collection {

namespace {

using Json = nlohmann::ordered_json;

/// A value in a cell; long texts are cut.
std::string cell(const nlohmann::json& value)
{
    constexpr std::size_t most = 40;
    if (value.is_number_float()) return fmt::format("{:.7g}", value.get<double>());
    if (value.is_null()) return "-";
    auto text =
        value.is_string() ? value.get<std::string>() : value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return text.size() > most ? text.substr(0, most) + "..." : text;
}

std::string cell(const std::optional<double>& value, const char* format = "{:.1e}")
{
    return value ? fmt::format(fmt::runtime(format), *value) : "-";
}

std::string place_of(const Difference& difference)
{
    if (difference.values == 1) return difference.place;
    return fmt::format("{} and {} beside it", difference.place, difference.values - 1);
}

std::string table_of(const std::vector<Difference>& differences)
{
    if (differences.empty()) return {};
    std::vector<text::TextColumn> columns{{.cells = {"value"}, .to_the_right = false},
                                          {.cells = {"A"}},
                                          {.cells = {"B"}},
                                          {.cells = {"difference"}},
                                          {.cells = {"relative"}},
                                          {.cells = {"allowed"}},
                                          {.cells = {"is"}, .to_the_right = false}};
    for (const auto& one : differences) {
        const std::string cells[] = {place_of(one),      cell(one.a),
                                     cell(one.b),        cell(one.absolute, "{:.3g}"),
                                     cell(one.relative), one.allowed == 0 ? "none" : cell(one.allowed),
                                     name(one.verdict)};
        for (std::size_t i = 0; i < columns.size(); ++i) columns[i].cells.push_back(cells[i]);
    }
    return text::text_table(columns) + '\n';
}

/// "only A has result/permeability, summary/permeability"
std::string missing_line(const Comparison& comparison, bool in_a)
{
    std::vector<std::string> places;
    for (const auto& one : comparison.missing)
        if (one.in_a == in_a) places.push_back(one.place);
    if (places.empty()) return {};
    return fmt::format("only {} has {}\n", in_a ? 'A' : 'B', fmt::join(places, ", "));
}

std::size_t count(const Comparison& comparison, Verdict verdict)
{
    return std::ranges::count(comparison.differences, verdict, &Difference::verdict);
}

/// What it comes to.
std::string sentence(const Comparison& c)
{
    if (c.same_bits()) return fmt::format("the same bits: all {} values", c.values);
    const auto same = fmt::format("{} of {} values have the same bits", c.same, c.values);
    const auto* fact = c.premises.empty() ? "" : ", though they differ as said first";
    if (!c.equal()) {
        std::vector<std::string> why;
        if (const auto apart = count(c, Verdict::apart); apart > 0)
            why.push_back(fmt::format("{} of the table {} apart", apart == 1 ? "a line" : fmt::format("{} lines", apart),
                                      apart == 1 ? "is" : "are"));
        if (!c.missing.empty()) why.emplace_back("one lacks what the other has");
        if (why.empty()) why.emplace_back("they differ as said first");
        return fmt::format("different: {}; {}", fmt::join(why, ", "), same);
    }
    const auto errors = count(c, Verdict::within_errors), tolerance = count(c, Verdict::within_tolerance);
    std::vector<std::string> why;
    if (errors > 0) why.push_back("within their errors");
    if (tolerance > 0) why.push_back("within the tolerance");
    return fmt::format("equal{}{}{}; {}", why.empty() ? "" : " ", fmt::join(why, " or "), fact, same);
}

Json json_of(const std::vector<Difference>& differences)
{
    Json list = Json::array();
    const auto number = [](const std::optional<double>& value) { return value ? Json(*value) : Json(); };
    for (const auto& one : differences)
        list.push_back({{"place", one.place},
                        {"values", one.values},
                        {"a", one.a},
                        {"b", one.b},
                        {"difference", number(one.absolute)},
                        {"relative", number(one.relative)},
                        {"allowed", number(one.allowed)},
                        {"verdict", name(one.verdict)}});
    return list;
}

} // namespace

std::string to_table(const Comparison& comparison)
{
    auto text = fmt::format("A  {}\nB  {}\n", comparison.a, comparison.b);
    for (const auto& premise : comparison.premises) text += premise + '\n';
    text += '\n' + table_of(comparison.differences);
    if (comparison.all) text += table_of(comparison.asides);
    text += missing_line(comparison, true) + missing_line(comparison, false);
    return text + sentence(comparison) + '\n';
}

Json to_json(const Comparison& comparison)
{
    Json only{{"a", Json::array()}, {"b", Json::array()}};
    for (const auto& one : comparison.missing) only[one.in_a ? "a" : "b"].push_back(one.place);
    return {{"schema", 1},
            {"program", {{"name", "lapilli"}, {"version", version}}},
            {"a", comparison.a},
            {"b", comparison.b},
            {"equal", comparison.equal()},
            {"same_bits", comparison.same_bits()},
            {"sentence", sentence(comparison)},
            {"premises", comparison.premises},
            {"values", comparison.values},
            {"values_with_same_bits", comparison.same},
            {"differences", json_of(comparison.differences)},
            {"only", only},
            {"asides", json_of(comparison.asides)}};
}

} // namespace lapilli::collection
