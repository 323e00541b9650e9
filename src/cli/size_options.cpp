// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/size_options.hpp"

#include "cli/option.hpp"
#include "core/error.hpp"
#include "text/axes.hpp"
#include "text/words.hpp"

#include <CLI/CLI.hpp>

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

bool parse_from_upper(const std::string& text)
{
    if (text != "lower" && text != "upper") throw input_error("'{}' is no face of an axis; expected lower or upper", text);
    return text == "upper";
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
    const Group method(command, "Method");
    method.add("--axis", {"AXIS", "list x y z all"},
               "along which the fluid comes in: x, y, z, all, or a list such as x,z (default: all)",
               [&](const std::string& text) {
                   options.axes = text::parse_axes(text);
                   options.axes_given = true;
               });
    const Group drainage(command, "Drainage");
    drainage.add("--from", {"FACE", "words lower upper"}, "face of the axis by which the fluid comes in (default: lower)",
                 [&](const std::string& text) { options.from_upper = parse_from_upper(text); });
    drainage.add_flag("--mercury", options.mercury, "mercury intrusion: from all faces at once, nothing is trapped");
    drainage.add("--fluids", {"PAIR", "words mercury-air oil-water air-water"},
                 "tension and angle of the interface: mercury-air: 0.485 N/m, 140 degrees; oil-water: 0.03, 0; air-water: "
                 "0.072, 0; or others, e.g. 0.025,30 (default: oil-water; with --mercury: mercury-air)",
                 [&](const std::string& text) { options.fluids = parse_fluids(text); });
}

void add_drainage_flag(CLI::App& command, study::Options& options)
{
    Group(command, "Drainage")
        .add_flag("--drainage", options.properties.drainage,
                  "also capillary pressure and saturation as oil fills the pores from the lower face of each axis");
}

} // namespace lapilli::cli
