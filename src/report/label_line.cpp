// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/label_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace lapilli::report {

namespace {

/// Of the image: "19.6 %"; never 0 or 100 % of what is neither.
std::string part(std::int64_t voxels, std::int64_t all)
{
    const double percents = 100.0 * voxels / all;
    if (voxels == all || voxels == 0) return fmt::format("{:.0f} %", percents);
    if (percents < 0.05) return fmt::format("{:.1g} %", percents);
    if (percents > 99.95) return fmt::format("{:.2f} %", std::min(percents, 99.99));
    return fmt::format("{:.1f} %", percents);
}

using Labels = std::vector<std::pair<std::int32_t, std::int64_t>>;

/// "255 (80.4 %)", the first few of them.
std::string list(const Labels& labels, std::int64_t all, const std::vector<double>& conductivity = {})
{
    constexpr std::size_t listed = 4;
    std::string text;
    std::int64_t rest = 0;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const auto& [label, voxels] = labels[i];
        if (i >= listed && labels.size() > listed + 1) {
            rest += voxels;
            continue;
        }
        text += fmt::format("{}{} ({}", i == 0 ? "" : ", ", label, part(voxels, all));
        text += conductivity.empty() ? ")" : fmt::format(", conducts {:.6g})", conductivity[i]);
    }
    if (labels.size() > listed + 1) text += fmt::format(" and {} more ({})", labels.size() - listed, part(rest, all));
    return text;
}

} // namespace

std::vector<std::int32_t> pores_of(const study::Result& study)
{
    return study.percolation ? study.pore : std::vector<std::int32_t>{0};
}

std::string label_line(const study::Result& study)
{
    const auto& image = study.image;
    const bool asked = study.percolation.has_value();
    const auto taken = pores_of(study);
    Labels pores, solid, outside;
    for (const auto label : taken) {
        const auto known = image.labels.find(label);
        pores.emplace_back(label, known == image.labels.end() ? 0 : known->second);
    }
    for (const auto& entry : image.labels)
        if (std::find(taken.begin(), taken.end(), entry.first) == taken.end())
            (entry.first == study.outside ? outside : solid).push_back(entry);
    const auto all = image.shape.voxels();
    return fmt::format("pores         {} {}{}; solid: {}{}\n", taken.size() == 1 ? "label" : "labels",
                       list(pores, all, study.conductivity), asked ? "" : " unless --pore names others",
                       solid.empty() ? "none" : list(solid, all), outside.empty() ? "" : "; outside: " + list(outside, all));
}

} // namespace lapilli::report
