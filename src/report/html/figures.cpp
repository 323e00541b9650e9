// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/html/sections.hpp"

#include "picture/base64.hpp"
#include "text/sentence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lapilli::report::html {

namespace {

/// Which fields there are pictures of, and along which axes they were driven.
struct FieldChoice {
    const char* name;
    const char* title;
};
constexpr FieldChoice fields[] = {{"concentration", "Concentration"}, {"pressure", "Pressure"}, {"speed", "Speed"}};

bool has(const Json& pictures, const std::string& name) { return find(pictures, "/" + name + "/planes") != nullptr; }

std::string view(char normal, const std::string& png)
{
    const char* plane = normal == 'z' ? "xy" : normal == 'y' ? "xz" : "yz";
    return fmt::format(
        R"(<figure class="view" data-normal="{0}"><header><h3>{1} plane</h3><span class="quiet where"></span></header>
<div class="pic"><img alt="The middle plane across {0}" src="data:image/png;base64,{2}"><svg aria-hidden="true"></svg></div>
<label class="slide"><span class="axis {0}">{0}</span><input type="range" min="0" max="0" value="0" aria-label="Place of the {1} plane along {0}"></label></figure>
)",
        normal, plane, png);
}

std::string field_buttons(const Json& pictures)
{
    std::string buttons = "<button value=\"image\" aria-pressed=\"true\">Labels</button>";
    std::string axes;
    for (const auto& [name, title] : fields) {
        bool any = false;
        for (const char axis : {'x', 'y', 'z'}) any = any || has(pictures, fmt::format("{}_{}", name, axis));
        if (any) buttons += fmt::format("<button value=\"{}\" aria-pressed=\"false\">{}</button>", name, title);
    }
    for (const char axis : {'x', 'y', 'z'})
        if (std::ranges::any_of(fields, [&](const auto& f) { return has(pictures, fmt::format("{}_{}", f.name, axis)); }))
            axes += fmt::format("<button value=\"{0}\" aria-pressed=\"false\">{0}</button>", axis);
    std::string out = fmt::format(
        "<div class=\"controls\"><div><span id=\"show\">Show</span><div class=\"switch\" id=\"field\" role=\"group\" "
        "aria-labelledby=\"show\">{}</div></div>",
        buttons);
    if (!axes.empty())
        out += fmt::format("<div><span id=\"driven\">driven along</span><div class=\"switch\" id=\"drive\" role=\"group\" "
                           "aria-labelledby=\"driven\">{}</div></div>",
                           axes);
    return out + "</div>\n";
}

} // namespace

std::string pictures(const Run& run)
{
    std::string views;
    int count = 0;
    for (const char normal : {'z', 'y', 'x'}) {
        const auto* planes = find(run.pictures, fmt::format("/image/planes/{}", normal));
        if (planes == nullptr || !planes->is_array() || planes->empty()) continue;
        const auto png = text_at((*planes)[planes->size() / 2], "/png");
        if (!picture::is_base64(png)) continue;
        views += view(normal, png);
        ++count;
    }
    if (views.empty()) return "";
    return section(
        "pictures", "Pictures",
        count > 1 ? "Three planes cross each other where the coloured lines are. What takes no part in a field is grey."
                  : "",
        field_buttons(run.pictures) + fmt::format("<div class=\"views views{}\">\n{}</div>\n", count, views) +
            R"(<div class="legend"><div class="labels"></div><div class="colours" hidden><div class="plot"></div></div><p class="small quiet about"></p></div>
<p class="small read quiet" aria-hidden="true">Point at a picture to read a value.</p>
)");
}

std::string surface(const Run& run)
{
    if (find(run.pictures, "/image/volume") == nullptr) return "";
    return section(
        "surface", "Surface of the pores",
        "Drag to turn it; after a click the wheel zooms. Arrow keys, + and − do the same. Dark faces are where the image "
        "cuts "
        "a pore.",
        R"(<div class="space"><div class="stage"><canvas id="volume" tabindex="0" role="img" aria-label="The surface of the pores in three dimensions"></canvas><img id="still" alt="The surface of the pores in three dimensions"><p class="small quiet" id="no-volume" hidden></p></div>
<div class="side noprint"><div class="switch" id="inside" role="group" aria-label="What is shown"><button value="pores" aria-pressed="true">Pores</button><button value="solid" aria-pressed="false">Solid</button></div>
<label><span>Cut along <span class="axis z">z</span></span><input type="range" id="cut" min="2" max="100" value="100" aria-label="How much of z is shown"></label>
<p class="small quiet" id="cells"></p></div></div>
)");
}

std::string pores(const Run& run)
{
    std::string body;
    if (find(run.result, "/image/segmentation") != nullptr)
        body +=
            figure({"grey", "Grey values",
                    "Of all voxels after the filter; upright lines: the thresholds between labels. A deep valley at a line "
                    "means that little depends on where it is."});
    if (find(run.pictures, "/image/chords") != nullptr)
        body += figure({"chords", "Chords of the pores",
                        "How far a straight line along an axis stays in a pore, on the planes that this page has. Curves "
                        "that coincide mean "
                        "that no direction is preferred."});
    if (find(run.pictures, "/image/profile") != nullptr)
        body += figure({"profile", "Porosity along each axis",
                        "Of the planes across the axis; dashed: of the whole sample. A trend means that it is not "
                        "uniform."});
    if (find(run.result, "/result/pore_size") != nullptr)
        body +=
            figure({"radii", "Radii by volume",
                    "How much of the volume has no larger radius. The radius of a voxel is that of the largest ball that "
                    "covers it."});
    if (find(run.result, "/result/drainage") != nullptr)
        body +=
            figure({"drained", "Drainage",
                    "How much of the pores a fluid that does not wet them has filled; dashed: where the other one can be "
                    "shut in."});
    const auto solved = [&](Axis axis) {
        return find(run.result, fmt::format("/result/drainage/{}/relative", name(axis))) != nullptr;
    };
    if (std::ranges::any_of(all_axes, solved))
        body += figure({"relative", "Relative permeability",
                        "Of the fluid that comes in (line) and of the other one (dashed), over that of dry pores."});
    if (find(run.result, "/result/rev") != nullptr)
        body += figure({"rev", "Spread of cubes",
                        "Relative standard deviation between cubes of one size. Where it falls in a straight line, with the "
                        "power 3/2 of the edge, cubes are large enough to be independent."});
    if (body.empty()) return "";
    return section("pores", "Inside the pores", "", "<div class=\"grid2\">\n" + body + "</div>\n");
}

std::string convergence(const Run& run)
{
    const auto found = convergence_of(run);
    std::string body;
    if (found.contains("diffusivity"))
        body += figure({"converge-diffusivity", "Diffusivity D/D₀",
                        "The value after each iteration, with a bar for how far the solver then held it to be off; hollow "
                        "where that was more than 20\u00a0%. The last one is the value as solved."});
    if (found.contains("permeability"))
        body += figure({"converge-permeability", "Permeability <i>k</i>", "The same for the flow."});
    if (body.empty()) return "";
    return section("convergence", "Convergence", "How each solve closed in on its value.",
                   "<div class=\"grid2\">\n" + body + "</div>\n");
}

std::string cost(const Run& run)
{
    const auto seconds = number_at(run.result, "/timing/total_s"), bytes = number_at(run.result, "/memory/total_bytes");
    if (!seconds) return "";
    auto words = fmt::format("{} in all", duration(*seconds));
    if (bytes && *bytes < 1e18) words += fmt::format(", {} of memory", text::bytes_text(std::llround(*bytes)));
    return section(
        "cost", "Time and memory", words + ".",
        "<div class=\"grid2\">\n" + figure({"stages", "Time of each stage", "Of the slowest rank."}) +
            figure({"memory", "Peak memory of each rank", "Bars of equal length mean that the work was divided well."}) +
            "</div>\n");
}

} // namespace lapilli::report::html
