// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/segmentation_options.hpp"

#include "cli/option.hpp"

namespace lapilli::cli {

namespace {

bool parse_bright(const std::string& text)
{
    if (text != "dark" && text != "bright") throw input_error("'{}' is not what pores are; expected dark or bright", text);
    return text == "bright";
}

int parse_size(const std::string& text)
{
    const int voxels = parse_number<int>(text);
    if (voxels < 0) throw input_error("{} is too small; expected a number of voxels, 0 or more", text);
    return voxels;
}

} // namespace

void add_threshold_option(CLI::App& command, const std::string& before, const std::function<void(const std::string&)>& take)
{
    Group(command, segmentation_heading)
        .add("--threshold", {"RULE", "words otsu multi-otsu:3 hysteresis:"},
             before +
                 "otsu (default); multi-otsu:3, into so many classes; grey values such as 90 or 90,180, label 0 below the "
                 "first; hysteresis:90,110, below 110 and connected to something below 90",
             take);
}

void add_recipe_options(CLI::App& command, scan::Recipe& recipe, const UsedOption& used)
{
    const Group group(command, segmentation_heading);
    group.add_flag("--watershed", recipe.watershed,
                   "move the surfaces to where the grey values are steepest, by a watershed on the gradient");
    const auto add = [&](const char* name, const Value& value, const std::string& help, auto take) {
        group.add(name, value, help, [=](const std::string& text) {
            if (used) used(name);
            take(text);
        });
    };
    add("--denoise", {"FILTER", "words none median7 median27 gauss perona-malik non-local-means"},
        "before the threshold: none, median7, median27, gauss, perona-malik or non-local-means (default: median7)",
        [&](const std::string& text) { recipe.denoise = scan::parse_denoise(text); });
    add("--pore-is", {"SIDE", "words dark bright"}, "pores are dark (default) or bright",
        [&](const std::string& text) { recipe.bright_pores = parse_bright(text); });
    add("--islands", "VOXELS", "parts of fewer voxels become what is around them (default: 30)",
        [&](const std::string& text) { recipe.islands = parse_size(text); });
    add("--holes", "VOXELS", "the same of pores alone (default: as --islands)",
        [&](const std::string& text) { recipe.holes = parse_size(text); });
    add("--cylinder", {"PLACE", "words auto"},
        "the sample is inside a cylinder along z: x,y,radius in voxels from the faces of the file (the centre of its first "
        "voxel is at 0.5), or auto; what is outside is neither pore nor solid",
        [&](const std::string& text) {
            recipe.round = true;
            recipe.cylinder = scan::parse_cylinder(text);
        });
}

} // namespace lapilli::cli
