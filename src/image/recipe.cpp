// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/recipe.hpp"

#include <nlohmann/json.hpp>

namespace lapilli::image {

namespace {

std::string letter(Axis axis) { return std::string(1, name(axis)); }

Description words(const synthetic::Open&) { return {"open", nlohmann::ordered_json::object()}; }

Description words(const synthetic::Layers& r)
{
    return {"layers", {{"axis", letter(r.axis)}, {"thickness", r.thickness}, {"labels", r.labels}}};
}

Description words(const synthetic::Slit& r) { return {"slit", {{"axis", letter(r.axis)}, {"height", r.height}}}; }

Description words(const synthetic::Tube& r) { return {"tube", {{"axis", letter(r.axis)}, {"radius", r.radius}}}; }

Description words(const synthetic::RectangularDuct& r)
{
    return {"duct", {{"axis", letter(r.axis)}, {"section", "rectangle"}, {"width", r.width}, {"height", r.height}}};
}

Description words(const synthetic::TriangularDuct& r)
{
    return {"duct", {{"axis", letter(r.axis)}, {"section", "triangle"}, {"side", r.side}}};
}

Description words(const synthetic::SphereArray& r)
{
    return {"array",
            {{"lattice", synthetic::letters(r.lattice)}, {"solid-fraction", r.solid_fraction}, {"cells", r.cells}},
            {{"radius", synthetic::sphere_radius(r)}}};
}

Description words(const synthetic::RandomSpheres& r)
{
    return {"spheres", {{"porosity", r.porosity}, {"radius", r.radius}, {"seed", r.seed}, {"invert", r.invert}}};
}

Description words(const synthetic::Blobs& r)
{
    return {"blobs", {{"porosity", r.porosity}, {"correlation", r.correlation}, {"seed", r.seed}}};
}

} // namespace

Shape shape_of(const Recipe& recipe)
{
    return std::visit([](const auto& r) { return r.shape; }, recipe);
}

void check(const Recipe& recipe)
{
    std::visit([](const auto& r) { synthetic::check(r); }, recipe);
}

Description describe(const Recipe& recipe)
{
    return std::visit([](const auto& r) { return words(r); }, recipe);
}

} // namespace lapilli::image
