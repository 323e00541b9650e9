// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/size_options.hpp"

#include "cli/common_options.hpp"
#include "cli/option.hpp"
#include "core/error.hpp"
#include "text/axes.hpp"
#include "text/labels.hpp"
#include "text/words.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <string>

namespace lapilli::cli {

namespace {

property::Part parse_part(const std::string& text)
{
    for (const auto part : {property::Part::pores, property::Part::solid})
        if (text == name(part)) return part;
    throw input_error("'{}' is no part of an image that is known; expected pores or solid", text);
}

property::Convention parse_convention(const std::string& text)
{
    using property::Convention;
    for (const auto convention : {Convention::lapilli, Convention::porespy, Convention::imagej})
        if (text == name(convention)) return convention;
    throw input_error("'{}' is no convention of pore sizes that is known; expected lapilli, porespy or imagej", text);
}

/// "x-,z+"
property::ImageFaces parse_faces(const std::string& text)
{
    property::ImageFaces faces;
    for (const auto& word : text::split(text, ',')) {
        const bool face = word.size() == 2 && (word[1] == '-' || word[1] == '+');
        const auto axis = std::ranges::find_if(all_axes, [&](Axis a) { return face && name(a) == word[0]; });
        if (axis == all_axes.end())
            throw input_error("'{}' is no face of an image; expected lower or upper, or faces such as x- or y-,z+", text);
        faces.push_back({*axis, word[1] == '+'});
    }
    return faces;
}

void parse_from(const std::string& text, study::Options& options)
{
    options.from_upper = text == "upper";
    options.from = text == "lower" || text == "upper" ? property::ImageFaces{} : parse_faces(text);
}

void parse_solves(const std::string& text, study::Options& options)
{
    options.rev_diffusivity = options.rev_permeability = false;
    for (const auto& word : text::split(text, ',')) {
        if (word == "diffusivity")
            options.rev_diffusivity = true;
        else if (word == "permeability")
            options.rev_permeability = true;
        else if (word != "none" || text != "none")
            throw input_error(
                "'{}' is nothing that cubes are solved for; expected diffusivity, permeability, both with a comma "
                "between, or none",
                text);
    }
}

/// A pair of fluids that is known by name, or "0.03,20": tension [N/m], angle [degrees].
property::Fluids parse_fluids(const std::string& text)
{
    for (const auto& known : property::Fluids::known())
        if (text == known.name) return known;
    const auto comma = text.find(',');
    const auto refused = [&] {
        return input_error(
            "'{}' are no fluids that are known; expected mercury-air, oil-water, air-water, or the tension of "
            "their interface in N/m and its angle in degrees, e.g. 0.03,20",
            text);
    };
    if (comma == std::string::npos) throw refused();
    const double tension = parse_number<double>(text.substr(0, comma)), angle = parse_number<double>(text.substr(comma + 1));
    if (!(tension > 0 && angle >= 0 && angle <= 180 && angle != 90)) throw refused();
    return {text, tension, angle};
}

void add_relative(const Group& group, study::Options& options)
{
    group.add(
        "--relative", "N",
        "solve for the diffusivity and the permeability of both fluids at so many saturations, over those of all pores, "
        "e.g. 8 (default: 0)",
        [&](const std::string& text) {
            constexpr int most = 100;
            options.relative = parse_number<int>(text);
            if (options.relative < 0 || options.relative > most)
                throw input_error("{} saturations are not possible; expected 0 to {}", text, most);
        });
}

double parse_alpha(const std::string& text)
{
    const double alpha = parse_number<double>(text);
    if (!(alpha > 0 && alpha <= 1))
        throw input_error("'{}' is no share of a radius; expected a number above 0 and up to 1", text);
    return alpha;
}

std::vector<results::NetworkFormat> parse_formats(const std::string& text)
{
    std::vector<results::NetworkFormat> formats;
    for (std::size_t first = 0; first <= text.size();) {
        const auto comma = std::min(text.find(',', first), text.size());
        const auto word = text.substr(first, comma - first);
        const auto known = std::ranges::find(results::network_formats, word, &results::name);
        if (known == results::network_formats.end())
            throw input_error("'{}' is no format of pore networks that is known; expected openpnm, statoil, vtp, or several "
                              "with commas between",
                              word);
        formats.push_back(*known);
        first = comma + 1;
    }
    return formats;
}

} // namespace

void add_size_options(CLI::App& command, study::Options& options)
{
    const Group sizes(command, "Pore sizes");
    sizes.add("--of", {"PART", "words pores solid"}, "whose sizes: of the pores (default), or of the solid: grains",
              [&](const std::string& text) { options.sizes_of = parse_part(text); });
    sizes.add("--convention", {"NAME", "words lapilli porespy imagej"},
              "which balls count: lapilli: of all radii (default); porespy: of 1, 2, 3, ... voxels; imagej: with their rim",
              [&](const std::string& text) { options.convention = parse_convention(text); });
}

void add_drainage_options(CLI::App& command, study::Options& options)
{
    add_axis_option(command, options, "along which the fluid comes in: x, y, z, all, or a list such as x,z (default: all)");
    const Group drainage(command, "Drainage");
    drainage.add(
        "--from", {"FACE", "words lower upper"},
        "face of each axis by which the fluid comes in, lower or upper; or faces of the image, all at once, e.g. x- or "
        "y-,z+: the lower face of y and the upper one of z (default: lower)",
        [&](const std::string& text) { parse_from(text, options); });
    drainage.add(
        "--to", "FACES",
        "faces by which the other fluid leaves, with faces in --from, e.g. x+ (default: from anywhere, so that nothing "
        "is shut in; without faces in --from: the opposite one)",
        [&](const std::string& text) { options.to = parse_faces(text); });
    drainage.add_flag("--mercury", options.mercury, "mercury intrusion: from all faces at once, nothing is trapped");
    drainage.add("--fluids", {"PAIR", "words mercury-air oil-water air-water"},
                 "tension and angle of the interface: mercury-air: 0.485 N/m, 140 degrees; oil-water: 0.03, 0; air-water: "
                 "0.072, 0; or others, e.g. 0.025,30 (default: oil-water; with --mercury: mercury-air)",
                 [&](const std::string& text) { options.fluids = parse_fluids(text); });
    add_relative(drainage, options);
}

void add_interface_options(CLI::App& command, study::Options& options)
{
    Group(command, "Image")
        .add("--labels", "LABELS", "that count, 16 at most, e.g. 0,1,2 (default: all that the image has)",
             [&](const std::string& text) { options.materials = text::parse_labels(text); });
    add_boundary_option(command, options,
                        "sealed: what lies beyond the faces is not looked at (default); periodic: the image repeats in all "
                        "directions");
}

void add_rev_options(CLI::App& command, study::Options& options)
{
    const Group method(command, "Method");
    method.add("--solve", {"LIST", "list diffusivity permeability none"},
               "what is solved on cubes, beside porosity, surface and radius: diffusivity, permeability, both with a comma "
               "between, or none (default: diffusivity,permeability)",
               [&](const std::string& text) { parse_solves(text, options); });
    add_axis_option(command, options, "along which cubes are solved: x, y, z, all, or a list such as x,z (default: all)");
}

void add_on_request(CLI::App& command, study::Options& options)
{
    const Group more(command, "On request");
    more.add_flag("--drainage", options.properties.drainage,
                  "also capillary pressure and saturation as oil fills the pores from the lower face of each axis");
    add_relative(more, options);
    more.add_flag("--network", options.properties.network,
                  "also a network of pores and throats, and how far its F and k are from those of the image");
    more.add_flag("--rev", options.properties.rev,
                  "also whether the image stands for its material: the spread of cubes of several sizes");
}

void add_network_options(CLI::App& command, study::Options& options, results::Options& output)
{
    const Group network(command, "Pore network");
    network.add("--alpha", {"A"},
                "pores are merged where the way between them has at least this share of the narrower one's radius (default: "
                "0.8); less: fewer pores",
                [&](const std::string& text) { options.alpha = parse_alpha(text); });
    const Group files(command, "Output");
    files.add("--export", {"FORMAT", "list openpnm statoil vtp"},
              "other files of the network, in --out: openpnm: arrays for OpenPNM; statoil: four .dat files; vtp: for "
              "ParaView; or several with commas between",
              [&](const std::string& text) { output.network_formats = parse_formats(text); });
}

} // namespace lapilli::cli
