// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "picture/base64.hpp"
#include "report/html/sections.hpp"

#include "text/sentence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ranges>

namespace lapilli::report::html {

namespace {

std::string fact(const std::string& term, const std::string& words)
{
    return words.empty() ? "" : fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", term, words);
}

std::string file_name(const std::string& path)
{
    const auto slash = path.find_last_of('/');
    return slash == std::string::npos ? path : path.substr(slash + 1);
}

/// "label 0 with 0.196 of the voxels"
std::string pores_text(const Json& image)
{
    const auto* pore = find(image, "/pore");
    std::vector<std::string> labels;
    if (pore != nullptr && pore->is_array())
        for (const auto& label : *pore) {
            const auto conducts = number_at(image, fmt::format("/conductivity/{}", label.dump()));
            labels.push_back(label.dump() + (conducts ? fmt::format(" (conducts {})", *conducts) : ""));
        }
    return labels.empty() ? "" : fmt::format("label{} {}", labels.size() == 1 ? "" : "s", escaped(listed(labels)));
}

/// "median7, otsu, threshold 25530.5; contrast 5.2 times the noise; parts of fewer than 30 voxels away"
std::string segmentation_text(const Json& image)
{
    const auto recipe = text_at(image, "/segmentation/recipe/denoise");
    if (recipe.empty()) return "";
    auto text = recipe + ", " + text_at(image, "/segmentation/recipe/threshold");
    if (const auto threshold = number_at(image, "/segmentation/thresholds/0"))
        text += fmt::format(", threshold {:.6g}", *threshold);
    if (const auto contrast = number_at(image, "/segmentation/contrast_over_noise"))
        text += fmt::format("; contrast {:.1f} times the noise", *contrast);
    if (const auto least = number_at(image, "/segmentation/recipe/islands"))
        text += fmt::format("; parts of fewer than {} voxels away", whole(least));
    return text;
}

std::string boundary_text(const Json& result)
{
    const auto boundary = text_at(result, "/result/porosity/boundary");
    if (boundary == "sealed") return "sealed: fixed values on the two faces of the axis, the other four closed";
    if (boundary == "periodic") return "periodic: the image repeats in all directions";
    return "";
}

std::string run_text(const Run& run)
{
    const auto start = start_of(run);
    const auto either = [&](const std::string& key) {
        const auto of_result = number_at(run.result, "/run/" + key);
        return of_result ? of_result : number_at(start, "/" + key);
    };
    const auto ranks = either("ranks"), hosts = either("hosts"), seconds = number_at(run.result, "/timing/total_s"),
               bytes = number_at(run.result, "/memory/total_bytes");
    if (!ranks) return "";
    std::string text = fmt::format("{} rank{}", whole(ranks), *ranks == 1 ? "" : "s");
    if (hosts) text += fmt::format(" on {} host{}", whole(hosts), *hosts == 1 ? "" : "s");
    if (seconds) text += ", " + duration(*seconds);
    if (bytes && *bytes < 1e18) text += ", " + unbroken(text::bytes_text(std::llround(*bytes)));
    return text;
}

std::string program_text(const Json& result)
{
    if (text_at(result, "/program/version").empty()) return "";
    return escaped(fmt::format("{} ({}), {}, {}, HDF5 {}", text_at(result, "/program/version"),
                               text_at(result, "/program/git"), text_at(result, "/program/compiler"),
                               text_at(result, "/program/mpi"), text_at(result, "/program/hdf5")));
}

/// "how porous the material is, how easily molecules diffuse through it, and how easily a fluid flows through it"
std::string question(const Json& result)
{
    std::vector<std::string> parts{"How porous this material is"};
    std::vector<std::string> axes;
    const char* what = "";
    for (const auto& [property, words] : {std::pair{"diffusivity", "how easily molecules diffuse through its pores"},
                                          std::pair{"permeability", "how easily a fluid flows through them"}}) {
        const auto quoted = quoted_axes(result, property);
        if (quoted.empty()) continue;
        parts.emplace_back(words);
        axes.clear();
        for (const Axis axis : quoted) axes.emplace_back(1, name(axis));
        what = ", along ";
    }
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i)
        text += (i == 0 ? "" : i + 1 == parts.size() ? ", and " : ", ") + parts[i];
    return text + what + listed(axes) + ".";
}

/// "128 x 128 x 128 voxels of 5.345 µm, a cube of 684.2 µm"
std::string size_text(const Json& image)
{
    const auto shape = unbroken(voxels_text(image)), voxel = unbroken(voxel_text(image));
    if (shape.empty()) return "";
    if (voxel.empty()) return fmt::format("{} of a size that is not known", shape);
    const auto edge = number_at(image, "/voxel_size_m");
    std::string text = fmt::format("{} of {}", shape, voxel);
    if (!edge) return text;
    std::vector<std::string> edges;
    for (const Axis axis : axes_of(image) | std::views::reverse) // z first, as the voxels
        edges.push_back(
            unbroken(text::length_text(*edge * number_at(image, fmt::format("/shape/{}", 2 - index(axis))).value_or(0))));
    const bool equal = std::ranges::all_of(edges, [&](const auto& other) { return other == edges.front(); });
    if (edges.empty()) return text;
    if (equal) return text + fmt::format(", a {} of {}", edges.size() == 3 ? "cube" : "square", edges.front());
    return text + fmt::format(", {}", fmt::join(edges, "\u00a0×\u00a0"));
}

/// "x 0:128, y 0:128, z 200:328"; empty: the whole image.
std::string crop_text(const Json& image)
{
    std::vector<std::string> parts;
    for (const Axis axis : all_axes) {
        const auto place = fmt::format("/crop/{}", 2 - index(axis));
        const auto first = number_at(image, place + "/0"), last = number_at(image, place + "/1");
        if (first && last) parts.push_back(fmt::format("{} {:.0f} to {:.0f}", name(axis), *first, *last - 1));
    }
    return parts.empty() ? "" : fmt::format("voxels {}", fmt::join(parts, ", "));
}

/// "3-D", or "2-D" where one edge has a single voxel.
const char* dimensions(const Json& image) { return axes_of(image).size() < 3 ? "2-D" : "3-D"; }

/// A picture that stands for the run: the flow, or what there is.
std::string hero(const Run& run)
{
    struct Choice {
        std::string name, words; ///< {}: which plane
    };
    std::vector<Choice> choices;
    for (const char axis : {'x', 'y', 'z'})
        choices.push_back({fmt::format("speed_{}", axis),
                           fmt::format("Flow along {} in the middle {{}} plane: bright is fast, grey solid.", axis)});
    for (const char axis : {'x', 'y', 'z'})
        choices.push_back({fmt::format("concentration_{}", axis),
                           fmt::format("Concentration in the middle {{}} plane, driven along {}. Grey is solid.", axis)});
    choices.push_back({"image", "The middle {} plane: pores are dark."});
    for (const auto& [picture, words] : choices)
        for (const auto& [normal, plane] : {std::pair{'z', "xy"}, std::pair{'y', "xz"}, std::pair{'x', "yz"}}) {
            const auto* planes = find(run.pictures, fmt::format("/{}/planes/{}", picture, normal));
            if (planes == nullptr || !planes->is_array() || planes->empty()) continue;
            const auto png = text_at((*planes)[planes->size() / 2], "/png");
            if (!picture::is_base64(png)) continue;
            const auto caption = fmt::format(fmt::runtime(words), plane);
            return fmt::format("<figure class=\"hero\"><img alt=\"{0}\" src=\"data:image/png;base64,{1}\"><figcaption>{0}"
                               "</figcaption></figure>\n",
                               caption, png);
        }
    return "";
}

std::string verdict_line(const Verdict& verdict)
{
    const char* look = verdict.state == State::done            ? "ok"
                       : verdict.state == State::not_converged ? "warn"
                       : verdict.state == State::failed        ? "bad"
                                                               : "live";
    const char* dot = verdict.state == State::done ? "" : verdict.state == State::failed ? " square" : " ring";
    return fmt::format(
        "<p class=\"verdict\"><span class=\"state {}\"><span class=\"dot{}\" aria-hidden=\"true\"></span><b>{}</b></span> "
        "<span>{}</span></p>\n",
        look, dot, escaped(verdict.word), escaped(verdict.sentence));
}

/// "Computed on 128 × 128 × 128 voxels of 5.345 µm, a cube of 684.2 µm, cut out of a larger image."
std::string lede(const Run& run, const Verdict& verdict)
{
    const auto image = image_of(run);
    const auto size = size_text(image), part = crop_text(image);
    const bool known = run.result.is_object();
    std::string text = known ? question(run.result) : escaped(verdict.sentence);
    if (size.empty()) return text;
    return text + fmt::format(" {}{}{}{}.", known ? "Computed on " : "The image has ", escaped(size),
                              part.empty() ? "" : ", cut out of a larger image",
                              voxel_text(image).empty() ? "; lengths are in voxels" : "");
}

} // namespace

std::string opening(const Run& run, const Verdict& verdict)
{
    const bool known = run.result.is_object();
    const auto started = text_at(known ? run.result : start_of(run), known ? "/run/started" : "/time");
    std::string out = fmt::format(
        "<section class=\"what\" aria-labelledby=\"title\">\n<div class=\"opening\"><div>\n<p class=\"kicker\">Transport "
        "properties of a {} image{}</p>\n<h1 id=\"title\">{}</h1>\n",
        dimensions(image_of(run)), started.size() >= 10 ? ", " + escaped(started.substr(0, 10)) : "", escaped(run.name));
    out += fmt::format("<p class=\"lede\">{}</p>\n", lede(run, verdict));
    out += verdict_line({verdict.state, verdict.word, known ? verdict.sentence : ""});
    return out + "</div>\n" + hero(run) + "</div>\n</section>\n";
}

std::string provenance(const Run& run)
{
    const auto image = image_of(run);
    const auto format = text_at(image, "/format"), digest = text_at(image, "/digest");
    std::string facts = fact("File", escaped(file_name(text_at(image, "/path")) + (format.empty() ? "" : ", " + format)));
    const bool known = !voxels_text(image).empty();
    facts += fact("Size", known ? unbroken(voxels_text(image)) : "") + fact("Part of the file", escaped(crop_text(image)));
    facts += fact("Voxel", !known ? "" : voxel_text(image).empty() ? "size not known" : escaped(voxel_text(image)));
    facts += fact("Segmentation", escaped(segmentation_text(image)));
    facts += fact("Pores", pores_text(image)) + fact("Boundary", boundary_text(run.result));
    facts += fact("Run", run_text(run)) + fact("Program", program_text(run.result));
    facts += fact("Digest of the image", digest.empty() ? "" : fmt::format("<code>{}</code>", escaped(digest)));
    return section("image", "Image and run", "", "<dl class=\"facts\">\n" + facts + "</dl>\n");
}

} // namespace lapilli::report::html
