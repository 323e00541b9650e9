// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "picture/base64.hpp"
#include "report/html/sections.hpp"

#include "text/sentence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

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
            labels.push_back(label.dump() + (conducts ? fmt::format(" (conducts {})", figures(conducts)) : ""));
        }
    return labels.empty() ? "" : fmt::format("label{} {}", labels.size() == 1 ? "" : "s", escaped(listed(labels)));
}

std::string boundary_text(const Json& result)
{
    const auto boundary = text_at(result, "/result/porosity/boundary");
    if (boundary == "sealed") return "sealed: fixed values on the two faces of the axis, the other four closed";
    if (boundary == "periodic") return "periodic: the image repeats in all directions";
    return "";
}

std::string run_text(const Json& result)
{
    const auto ranks = number_at(result, "/run/ranks"), hosts = number_at(result, "/run/hosts"),
               seconds = number_at(result, "/timing/total_s"), bytes = number_at(result, "/memory/total_bytes");
    if (!ranks) return "";
    std::string text = fmt::format("{} rank{}", whole(ranks), *ranks == 1 ? "" : "s");
    if (hosts) text += fmt::format(" on {} host{}", whole(hosts), *hosts == 1 ? "" : "s");
    if (seconds) text += ", " + duration(*seconds);
    if (bytes && *bytes < 1e18) text += ", " + text::bytes_text(std::llround(*bytes));
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

std::string size_text(const Json& image)
{
    const auto shape = shape_text(image), voxel = voxel_text(image);
    if (shape.empty()) return "";
    if (voxel.empty()) return fmt::format("{} voxels of a size that is not known: lengths are in voxels", shape);
    const auto edge = number_at(image, "/voxel_size_m"), nx = number_at(image, "/shape/2"),
               ny = number_at(image, "/shape/1"), nz = number_at(image, "/shape/0");
    std::string text = fmt::format("{} voxels of {}", shape, voxel);
    if (!edge || !nx || !ny || !nz) return text;
    if (nx == ny && ny == nz) return text + ", a cube of " + text::length_text(*edge * *nx);
    return text + fmt::format(", {} × {} × {} (x, y, z)", text::length_text(*edge * *nx), text::length_text(*edge * *ny),
                              text::length_text(*edge * *nz));
}

/// "3-D", or "2-D" where one edge has a single voxel.
const char* dimensions(const Json& image)
{
    const auto* shape = find(image, "/shape");
    const bool flat = shape != nullptr && shape->is_array() && std::ranges::count(*shape, Json(1)) == 1;
    return flat ? "2-D" : "3-D";
}

/// A picture that stands for the run: the flow, or what there is.
std::string hero(const Run& run)
{
    struct Choice {
        std::string name, words;
    };
    std::vector<Choice> choices;
    for (const char axis : {'x', 'y', 'z'})
        choices.push_back(
            {fmt::format("speed_{}", axis), fmt::format("Flow along {}: the brighter, the faster. Grey is solid.", axis)});
    for (const char axis : {'x', 'y', 'z'})
        choices.push_back(
            {fmt::format("concentration_{}", axis), fmt::format("Concentration driven along {}. Grey is solid.", axis)});
    choices.push_back({"image", "A plane through the middle: pores are dark."});
    for (const auto& [picture, words] : choices)
        for (const char normal : {'z', 'y', 'x'}) {
            const auto* planes = find(run.pictures, fmt::format("/{}/planes/{}", picture, normal));
            if (planes == nullptr || !planes->is_array() || planes->empty()) continue;
            const auto png = text_at((*planes)[planes->size() / 2], "/png");
            if (!picture::is_base64(png)) continue;
            return fmt::format(
                "<figure class=\"hero\"><img alt=\"{0}\" src=\"data:image/png;base64,{1}\"><figcaption>{0} The plane "
                "{2} in the middle.</figcaption></figure>\n",
                words, png,
                normal == 'z'   ? "xy"
                : normal == 'y' ? "xz"
                                : "yz");
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

std::string warnings_list(const Json& result)
{
    const auto* warnings = find(result, "/warnings");
    std::string items;
    if (warnings != nullptr && warnings->is_array())
        for (const auto& warning : *warnings)
            if (warning.is_string()) items += fmt::format("<li>{}</li>", escaped(warning.get<std::string>()));
    return items.empty() ? "" : fmt::format("<ul class=\"warnings\" aria-label=\"Warnings\">{}</ul>\n", items);
}

} // namespace

std::string opening(const Run& run, const Verdict& verdict)
{
    const auto image = image_of(run);
    const auto started = text_at(run.result, "/run/started");
    std::string out = fmt::format(
        "<section class=\"what\" aria-labelledby=\"title\">\n<div class=\"opening\"><div>\n<p class=\"kicker\">Transport "
        "properties of a {} image{}</p>\n<h1 id=\"title\">{}</h1>\n",
        dimensions(image), started.size() >= 10 ? ", " + escaped(started.substr(0, 10)) : "", escaped(run.name));
    const bool known = run.result.is_object();
    out += fmt::format("<p class=\"lede\">{}{}</p>\n",
                       known                      ? question(run.result)
                       : verdict.sentence.empty() ? ""
                                                  : escaped(verdict.sentence),
                       size_text(image).empty()
                           ? ""
                           : fmt::format(" {}{}.", known ? "Computed on " : "The image has ", escaped(size_text(image))));
    out += known ? verdict_line(verdict) : verdict_line({verdict.state, verdict.word, ""});
    out += warnings_list(run.result) + "</div>\n" + hero(run) + "</div>\n<dl class=\"facts\">\n";
    out += fact("Image", escaped(file_name(text_at(image, "/path"))) +
                             (text_at(image, "/format").empty() ? "" : ", " + escaped(text_at(image, "/format"))));
    out += fact("Size", shape_text(image).empty() ? "" : shape_text(image) + " voxels (x, y, z)");
    out += fact("Voxel", shape_text(image).empty()   ? ""
                         : voxel_text(image).empty() ? "size not known"
                                                     : escaped(voxel_text(image)));
    out +=
        fact("Pores", pores_text(image)) + fact("Boundary", boundary_text(run.result)) + fact("Run", run_text(run.result));
    out += fact("Program", program_text(run.result));
    out += fact("Digest of the image",
                text_at(image, "/digest").empty() ? "" : fmt::format("<code>{}</code>", escaped(text_at(image, "/digest"))));
    return out + "</dl>\n</section>\n";
}

} // namespace lapilli::report::html
