// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/generate_kinds.hpp"

#include "cli/option.hpp"
#include "core/error.hpp"
#include "synthetic/check.hpp"
#include "text/axes.hpp"

#include <CLI/CLI.hpp>

#include <charconv>
#include <memory>
#include <optional>

namespace lapilli::cli {

namespace {

constexpr const char* heading = "Geometry";

/// A place for a value that the parser fills later, for as long as somebody asks for it.
template <class T>
using Later = std::shared_ptr<T>;

std::uint64_t parse_seed(const std::string& text)
{
    std::uint64_t seed = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
    if (error != std::errc{} || end != text.data() + text.size())
        throw input_error("'{}' is not a seed; expected a whole number from 0 to 2^64 - 1, such as 1", text);
    return seed;
}

std::vector<std::uint8_t> parse_layer_labels(const std::string& text)
{
    std::vector<std::uint8_t> labels;
    for (std::size_t at = 0; at <= text.size();) { // as typed: the order counts, and a label may come again
        const auto comma = std::min(text.find(',', at), text.size());
        std::uint8_t label = 0;
        const auto [end, error] = std::from_chars(text.data() + at, text.data() + comma, label);
        if (error != std::errc{} || end != text.data() + comma)
            throw input_error("'{}' is not a list of labels; expected whole numbers from 0 to 255, such as 0,1", text);
        labels.push_back(label);
        at = comma + 1;
    }
    return labels;
}

/// An option with a fixed default.
template <class T, class Parse>
Later<T> add(CLI::App& command, const char* name, const Value& value, const char* help, T start, Parse parse)
{
    auto place = std::make_shared<T>(std::move(start));
    Group(command, heading).add(name, value, help, [place, parse](const std::string& text) { *place = parse(text); });
    return place;
}

/// A number whose default follows from the shape.
Later<std::optional<double>> add_length(CLI::App& command, const char* name, const char* help)
{
    return add(command, name, "VOXELS", help, std::optional<double>(), parse_number<double>);
}

Later<std::optional<int>> add_count(CLI::App& command, const char* name, const char* help)
{
    return add(command, name, "VOXELS", help, std::optional<int>(), parse_count);
}

Later<Axis> add_axis(CLI::App& command, const char* help)
{
    return add(command, "--axis", {"AXIS", "words x y z"}, help, Axis::z, [](const std::string& text) {
        const auto axes = text::parse_axes(text);
        if (axes.size() != 1) throw input_error("'{}' is more than one axis; expected x, y or z", text);
        return axes.front();
    });
}

Later<double> add_porosity(CLI::App& command)
{
    return add(command, "--porosity", "FRACTION", "pores in all voxels, between 0 and 1 (default: 0.4)", 0.4,
               parse_number<double>);
}

Later<std::uint64_t> add_seed(CLI::App& command)
{
    return add(command, "--seed", "N", "another one gives another image of the same kind (default: 1)", std::uint64_t{1},
               parse_seed);
}

MakeRecipe open_options(CLI::App&)
{
    return [](const Shape& shape, const EdgeRatios&) -> image::Recipe { return synthetic::Open{shape}; };
}

MakeRecipe layers_options(CLI::App& command)
{
    const auto axis = add_axis(command, "across the layers: x, y or z (default: z)");
    const auto thickness = add(command, "--thickness", "VOXELS", "of each layer (default: 4)", 4, parse_count);
    const auto labels = add(command, "--labels", "LABELS", "of the layers, in turn, e.g. 0,1,2 (default: 0,1)",
                            std::vector<std::uint8_t>{0, 1}, parse_layer_labels);
    return [=](const Shape& shape, const EdgeRatios&) -> image::Recipe {
        return synthetic::Layers{.shape = shape, .axis = *axis, .thickness = *thickness, .labels = *labels};
    };
}

MakeRecipe slit_options(CLI::App& command)
{
    const auto axis = add_axis(command, "across the slit, the normal of its walls: x, y or z (default: z)");
    const auto height = add_count(command, "--height", "between the walls (default: half the side along the axis)");
    return [=](const Shape& shape, const EdgeRatios&) -> image::Recipe {
        return synthetic::Slit{
            .shape = shape, .axis = *axis, .height = height->value_or(synthetic::default_opening(shape, *axis))};
    };
}

MakeRecipe tube_options(CLI::App& command)
{
    const auto axis = add_axis(command, "of the tube: x, y or z (default: z)");
    const auto radius = add_length(command, "--radius", "of the tube, e.g. 10.5 (default: half the shorter side across)");
    return [=](const Shape& shape, const EdgeRatios& edges) -> image::Recipe {
        return synthetic::Tube{.shape = shape,
                               .axis = *axis,
                               .radius = radius->value_or(synthetic::default_radius(shape, edges, *axis)),
                               .edges = edges};
    };
}

MakeRecipe duct_options(CLI::App& command)
{
    const auto section = add(command, "--section", {"FORM", "words rectangle triangle"},
                             "rectangle or triangle, equilateral (default: rectangle)", std::string("rectangle"),
                             [](const std::string& text) {
                                 if (text == "rectangle" || text == "triangle") return text;
                                 throw input_error("'{}' is no section; expected rectangle or triangle", text);
                             });
    const auto axis = add_axis(command, "of the duct: x, y or z (default: z)");
    const auto width =
        add_count(command, "--width", "of the rectangle, along the first of x, y, z across (default: half that side)");
    const auto height = add_count(command, "--height", "of the rectangle, along the second (default: half that side)");
    const auto side = add_length(command, "--side", "of the triangle, e.g. 40 (default: the largest that fits)");
    return [=](const Shape& shape, const EdgeRatios& edges) -> image::Recipe {
        if (*section == "triangle") {
            if (*width || *height) throw input_error("a triangle has no --width or --height; expected --side; give that");
            return synthetic::TriangularDuct{.shape = shape,
                                             .axis = *axis,
                                             .side = side->value_or(synthetic::largest_triangle(shape, edges, *axis)),
                                             .edges = edges};
        }
        if (*side)
            throw input_error("a rectangle has no --side; expected --width and --height; give these or --section triangle");
        const Axis first = *axis == Axis::x ? Axis::y : Axis::x;
        const Axis second = *axis == Axis::z ? Axis::y : Axis::z;
        return synthetic::RectangularDuct{.shape = shape,
                                          .axis = *axis,
                                          .width = width->value_or(synthetic::default_opening(shape, first)),
                                          .height = height->value_or(synthetic::default_opening(shape, second))};
    };
}

MakeRecipe spheres_options(CLI::App& command)
{
    const auto porosity = add_porosity(command);
    const auto radius =
        add_length(command, "--radius", "of the spheres, e.g. 6.5 (default: a tenth of the shortest side, but at least 3)");
    const auto seed = add_seed(command);
    const auto invert = std::make_shared<bool>(false);
    command
        .add_flag_callback(
            "--invert", [invert] { *invert = true; }, "the spheres are pores in solid, not grains in pore")
        ->group(heading);
    return [=](const Shape& shape, const EdgeRatios& edges) -> image::Recipe {
        return synthetic::RandomSpheres{.shape = shape,
                                        .porosity = *porosity,
                                        .radius = radius->value_or(synthetic::default_grain(shape, edges)),
                                        .seed = *seed,
                                        .invert = *invert,
                                        .edges = edges};
    };
}

MakeRecipe array_options(CLI::App& command)
{
    const auto lattice = add(command, "--lattice", {"LATTICE", "words sc bcc fcc"},
                             "sc, bcc or fcc: simple, body or face centred (default: sc)", synthetic::Lattice::simple_cubic,
                             synthetic::lattice_from);
    const auto solid = add(command, "--solid-fraction", "FRACTION", "solid in all voxels, between 0 and 1 (default: 0.5)",
                           0.5, parse_number<double>);
    const auto cells =
        add(command, "--cells", "N", "cubic cells along x; they must tile the image (default: 1)", 1, parse_count);
    return [=](const Shape& shape, const EdgeRatios& edges) -> image::Recipe {
        return synthetic::SphereArray{
            .shape = shape, .lattice = *lattice, .solid_fraction = *solid, .cells = *cells, .edges = edges};
    };
}

MakeRecipe blobs_options(CLI::App& command)
{
    const auto porosity = add_porosity(command);
    const auto correlation = add_length(command, "--correlation",
                                        "distance at which the field's autocorrelation is 1/e, e.g. 8 (default: a tenth of "
                                        "the shortest side, but at least 3)");
    const auto seed = add_seed(command);
    return [=](const Shape& shape, const EdgeRatios& edges) -> image::Recipe {
        return synthetic::Blobs{.shape = shape,
                                .porosity = *porosity,
                                .correlation = correlation->value_or(synthetic::default_grain(shape, edges)),
                                .seed = *seed,
                                .edges = edges};
    };
}

} // namespace

const std::vector<GeneratedKind>& generated_kinds()
{
    static const std::vector<GeneratedKind> kinds{
        {"open", "Nothing but pore", open_options},
        {"layers", "Flat layers of labels in turn", layers_options},
        {"slit", "A pore between two parallel walls", slit_options},
        {"tube", "A circular pore", tube_options},
        {"duct", "A rectangular or triangular pore", duct_options},
        {"spheres", "Random solid spheres that may overlap, to a porosity", spheres_options},
        {"array", "A periodic lattice of solid spheres", array_options},
        {"blobs", "A Gaussian random field, cut at the value that gives a porosity", blobs_options}};
    return kinds;
}

} // namespace lapilli::cli
