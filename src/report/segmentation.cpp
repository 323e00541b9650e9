// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/segmentation.hpp"

#include "property/record.hpp"
#include "text/text_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace lapilli::report {

namespace {

using Json = nlohmann::ordered_json;
using scan::Segmentation;

/// Grey values with so many digits that levels of 16 bits can be told from each other.
std::string grey(double value) { return fmt::format("{:.6g}", value); }

std::string percents(std::int64_t voxels, std::int64_t all) { return fmt::format("{:.2f} %", 100.0 * voxels / all); }

std::string classes_table(const Segmentation& s, std::span<const std::int32_t> pores)
{
    std::int64_t sample = 0;
    for (const auto& part : s.classes) sample += part.voxels;
    std::vector<text::TextColumn> columns{{{"label"}}, {{""}, false}, {{"of the sample"}}, {{"mean grey"}}};
    for (const auto& [label, voxels, mean] : s.classes) {
        columns[0].cells.push_back(std::to_string(label));
        columns[1].cells.emplace_back(std::ranges::find(pores, label) != pores.end() ? "pores" : "");
        columns[2].cells.push_back(percents(voxels, sample));
        columns[3].cells.push_back(mean ? grey(*mean) : "-");
    }
    return text::text_table(columns);
}

/// The histogram in columns of blocks, a few lines high, with marks below it where the thresholds are.
std::string picture(const Segmentation& s)
{
    constexpr std::size_t width = 64;
    constexpr int height = 4;
    constexpr std::array<const char*, 9> blocks{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    const auto& bins = s.histogram.voxels;
    const auto columns = std::min(width, bins.size());
    std::vector<std::int64_t> heights(columns);
    for (std::size_t bin = 0; bin < bins.size(); ++bin) heights[bin * columns / bins.size()] += bins[bin];
    const double highest = *std::ranges::max_element(heights);
    std::string out;
    for (int line = height; line-- > 0;) {
        out += "  ";
        for (const auto voxels : heights) {
            const auto eighths = std::lround(8 * height * voxels / highest) - 8 * line;
            out += blocks[std::clamp<long>(eighths, voxels > 0 && line == 0 ? 1 : 0, 8)];
        }
        out += "\n";
    }
    const double last = s.histogram.first + s.histogram.width * bins.size();
    std::string marks(columns, ' ');
    for (const double threshold : s.thresholds) {
        const double place = (threshold - s.histogram.first) / (last - s.histogram.first) * columns;
        if (place >= 0 && place < columns) marks[static_cast<std::size_t>(place)] = '^';
    }
    const auto low = grey(s.histogram.first), high = grey(last);
    const auto between = std::max<std::int64_t>(1, std::ssize(marks) - std::ssize(low) - std::ssize(high));
    return out + fmt::format("  {}\n  {}{}{}\n", marks, low, std::string(between, ' '), high);
}

} // namespace

nlohmann::ordered_json segmentation_json(const Segmentation& s)
{
    Json classes = Json::array();
    for (const auto& [label, voxels, mean] : s.classes)
        classes.push_back({{"label", label}, {"voxels", voxels}, {"mean", property::value_or_null(mean)}});
    return {{"recipe", scan::to_json(s.recipe, s.cylinder)},
            {"thresholds", s.thresholds},
            {"classes", classes},
            {"outside_voxels", s.outside_voxels},
            {"porosity", s.porosity()},
            {"noise", s.noise},
            {"contrast", property::value_or_null(s.contrast)},
            {"contrast_over_noise", property::value_or_null(s.contrast_over_noise)},
            {"threshold_step", s.threshold_step},
            {"porosity_change", s.porosity_change},
            {"histogram", {{"first", s.histogram.first}, {"width", s.histogram.width}, {"voxels", s.histogram.voxels}}}};
}

std::string segmentation_table(const Segmentation& s, std::span<const std::int32_t> pores)
{
    std::vector<std::string> thresholds;
    for (const double threshold : s.thresholds) thresholds.push_back(grey(threshold));
    auto out = fmt::format("filter        {}\n", name(s.recipe.denoise));
    out += fmt::format("threshold     {} ({}){}\n", fmt::join(thresholds, ", "),
                       std::holds_alternative<scan::Given>(s.recipe.threshold) ? "given" : name(s.recipe.threshold),
                       s.recipe.watershed ? ", moved to the steepest places" : "");
    if (s.contrast)
        out += fmt::format("contrast      {}{}\n", grey(*s.contrast),
                           s.contrast_over_noise
                               ? fmt::format(", {:.1f} times the noise of {}", *s.contrast_over_noise, grey(s.noise))
                               : ", no noise");
    const bool first_are_pores = pores.size() == 1 && pores.front() == 0;
    out += fmt::format("sensitivity   {} more or less of the threshold changes the {} by {:.2g}\n", grey(s.threshold_step),
                       first_are_pores ? "porosity" : "fraction of label 0", s.porosity_change);
    if (const auto& c = s.cylinder)
        out += fmt::format("sample        inside the cylinder at x {}, y {} of radius {} voxels\n", grey(c->x), grey(c->y),
                           grey(c->radius));
    return out + fmt::format("\n{}\n{}", classes_table(s, pores), picture(s));
}

} // namespace lapilli::report
