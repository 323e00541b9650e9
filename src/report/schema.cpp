// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/schema.hpp"

#include "property/drainage.hpp"
#include "property/percolation.hpp"
#include "property/pore_size.hpp"
#include "property/resolution.hpp"
#include "property/rev.hpp"
#include "report/pore_size.hpp"
#include "report/schema_parts.hpp"
#include "report/summary.hpp"

namespace lapilli::report {

namespace {

using namespace schema;
using property::Where;

Json all_three(const Json& along) { return Object().of_all_axes(along).json(); }

/// Two cells per voxel edge: a value or a tensor in each of its forms.
/// @param key  of a form
Object two_grid(const ValueForms& forms, std::string ValueForm::*key, const Json& value)
{
    Object pair;
    for (const auto& form : forms) {
        pair.has(form.*key + "_2", measured(or_null(value), "by two cells per voxel edge", form.unit));
        pair.may_have(form.*key + "_extrapolated", measured(or_null(value), "to infinitely small cells", form.unit));
    }
    return pair;
}

/// Adds what stands beside an axis, or beside a solve, when the grid was studied, too.
void add_grid(Object& to, const ValueForms& forms)
{
    auto pair = two_grid(forms, &ValueForm::axis, of_type("number"));
    add_quantities<property::TwoGrid>(pair);
    auto blocks = object_of<property::GridCorrection>();
    for (const auto& form : forms)
        blocks.may_have(form.axis + "_corrected",
                        measured(or_null(of_type("number")), "the image's value times the ratio", form.unit));
    to.may_have("mean_chord_voxels", measured(of_type("number"), "of all pores along the axis", "voxel"))
        .may_have("two_grid", pair.json())
        .may_have("correction", blocks.json());
}

Json boundary(const char* word) { return {{"const", word}}; }

template <class Along>
Json sealed(const ValueForms& forms, Object all)
{
    Object along;
    add_quantities<Along>(along, forms);
    add_grid(along, forms);
    return all.has("boundary", boundary("sealed")).of_axes(along.json()).json();
}

/// @param principal  what its values are called
template <class Along>
Json periodic(const ValueForms& forms, Object all, const char* principal)
{
    all.has("boundary", boundary("periodic"))
        .has("percolates", described(of_type("boolean"), "along any axis"))
        .has("converged", described(of_type("boolean"), "along all axes"));
    for (const auto& form : forms) all.has(form.tensor, measured(or_null(tensor()), "rows x, y, z", form.unit));
    all.has("principal", schema::principal(principal));
    property::for_each_quantity<Along>([&](const auto& quantity) {
        if (quantity.where == Where::key)
            all.has(quantity.key, measured(all_three(or_null(of_type("number"))), quantity.help, quantity.unit));
    });
    Object solve;
    add_quantities<Along>(solve, forms, [](Where where) { return where == Where::solve; });
    add_grid(solve, forms);
    return all.has("solves", all_three(solve.json()))
        .may_have("two_grid", two_grid(forms, &ValueForm::tensor, tensor()).json())
        .json();
}

Json diffusivity()
{
    using Along = property::AxisDiffusivity;
    const auto forms = diffusivity_forms();
    const auto tensors = Object().has("effective_tensor", measured(tensor(), "rows x, y, z", "of the conductivities"));
    return {{"anyOf", {sealed<Along>(forms, {}), periodic<Along>(forms, tensors, "values")}}};
}

Json permeability()
{
    using Along = property::AxisPermeability;
    const auto forms = permeability_forms({});
    const auto common = Object()
                            .has("dimensions", {{"enum", {2, 3}}})
                            .has("walls", one_of({"weighted", "plain"}))
                            .has("grid", Object().has("cells_per_voxel", {{"const", 1}}).json())
                            .may_have("voxel_units_note", of_type("string"));
    return {{"anyOf", {sealed<Along>(forms, common), periodic<Along>(forms, common, "values_voxel2")}}};
}

Json porosity()
{
    return Object()
        .has("boundary", one_of({"sealed", "periodic"}))
        .has("total", measured(of_type("number"), "pores in all voxels", "1"))
        .has("connected", measured(all_three(of_type("number")), "of pores that percolate along the axis", "1"))
        .json();
}

Json percolation()
{
    return Object()
        .of_all_axes(object_of<property::Percolation::AlongAxis>().json())
        .has("boundary", one_of({"sealed", "periodic"}))
        .has("components", of_type("integer"))
        .has("largest_voxels", described(array_of(of_type("integer")), "of the largest components, at most ten"))
        .json();
}

Json pore_size()
{
    const auto numbers = [](const std::string& help, const std::string& unit) {
        return measured(array_of(of_type("number")), help, unit);
    };
    const auto counts = [](const std::string& help) { return described(array_of(of_type("integer")), help); };
    const auto chords = Object()
                            .has("length", counts("of the runs of voxels that do not reach a face of the image [voxel]"))
                            .has("number", counts("of each length"))
                            .has("cut", described(of_type("integer"), "runs that reach one"));
    const auto two_point = Object()
                               .has("lag", counts("between two voxels along the axis [voxel]"))
                               .has("share", numbers("of such pairs are both inside", "1"));
    const auto classes = Object()
                             .has("radius_voxels", numbers("upper end of each class", "voxel"))
                             .has("radius_m", or_null(numbers("the same", "m")))
                             .has("volume", numbers("share of each class", "1"))
                             .has("cumulative", numbers("of all classes up to it", "1"));
    Object along, all;
    add_forms<property::PoreSize::AlongAxis>(along);
    along.has("chords", chords.json()).has("two_point", two_point.json());
    all.has("boundary", one_of({"sealed", "periodic"}))
        .has("of", one_of({"pores", "solid"}))
        .has("convention", one_of({"lapilli", "porespy", "imagej"}));
    add_forms<property::PoreSize>(all);
    const auto fabric =
        Object()
            .has("tensor", measured(tensor(), "rows x, y, z: second moment of the normals of the surface, trace 1", "1"))
            .has("principal", schema::principal("values"));
    return all.has("fabric", or_null(fabric.json())).has("distribution", classes.json()).of_all_axes(along.json()).json();
}

Json drainage()
{
    Object curve, points, relative, fluids;
    add_forms<property::Drainage::Curve>(curve);
    for (const char* key : {"entry_pressure_pa", "breakthrough_pressure_pa"})
        curve.has(key, measured(or_null(of_type("number")), "of the interface of that radius", "Pa"));
    points.has("radius_voxels", measured(array_of(of_type("number")), "of the interface, falling", "voxel"))
        .has("pressure_pa", measured(array_of(or_null(of_type("number"))), "capillary pressure", "Pa"))
        .has("saturation", measured(array_of(of_type("number")), "of the fluid that comes in", "1"))
        .may_have("saturation_with_trapping",
                  measured(array_of(of_type("number")), "where the other one may be shut in", "1"));
    curve.has("curve", points.json()).may_have("relative", relative.json());
    relative.has("radius_voxels", measured(array_of(of_type("number")), "of the interface, falling", "voxel"))
        .has("pressure_pa", measured(array_of(or_null(of_type("number"))), "capillary pressure", "Pa"))
        .has("saturation", measured(array_of(of_type("number")), "of the fluid that comes in, where some is trapped", "1"));
    for (const char* key :
         {"diffusivity_non_wetting", "diffusivity_wetting", "permeability_non_wetting", "permeability_wetting"})
        relative.has(key, measured(array_of(or_null(of_type("number"))), "of that fluid, over that of all pores", "1"));
    fluids.has("name", of_type("string"))
        .has("tension_n_per_m", measured(of_type("number"), "of the interface", "N/m"))
        .has("contact_angle_degrees", measured(of_type("number"), "between interface and solid", "degree"));
    return Object()
        .has("boundary", one_of({"sealed", "periodic"}))
        .has("from", described(of_type("string"), "lower, upper, all, or faces such as x-,z+"))
        .has("to", described(or_null(of_type("string")), "faces by which the other fluid leaves, if they were chosen"))
        .has("fluids", fluids.json())
        .may_have("all", curve.json())
        .of_axes(curve.json())
        .json();
}

Json interfaces()
{
    const auto labels = [](std::size_t many) { return array_of(of_type("integer"), many); };
    const auto with = [&](const char* key, std::size_t many, const char* unit, const char* help) {
        Object found;
        found.has("labels", labels(many));
        for (const auto& form : forms_of(unit, {}))
            found.has(key + form.suffix, measured(or_null(of_type("number")), help, form.unit));
        return array_of(found.json());
    };
    const auto material =
        Object().has("label", of_type("integer")).has("fraction", measured(of_type("number"), "of the voxels", "1"));
    return Object()
        .has("boundary", one_of({"sealed", "periodic"}))
        .has("materials", array_of(material.json()))
        .has("contacts", with("area", 2, "1/length", "that both share, per volume of the image"))
        .has("lines", with("length", 3, "1/length2", "along which all three meet, per volume of the image"))
        .json();
}

Json rev()
{
    const auto numbers = [](const std::string& help) { return described(array_of(of_type("number")), help); };
    const auto sizes = Object()
                           .has("edge_voxels", described(array_of(of_type("integer")), "of the cubes [voxel]"))
                           .has("edge_m", described(array_of(or_null(of_type("number"))), "the same [m]"))
                           .has("cubes", described(array_of(of_type("integer")), "that were looked at"))
                           .has("mean", numbers("of the quantity, in its unit"))
                           .has("spread", numbers("relative standard deviation between cubes [1]"));
    Object series;
    series.has("unit", of_type("string"))
        .has("representative",
             described(or_null(of_type("boolean")), "the image is within 5 % of the material; null: too small to tell"));
    add_forms<property::Rev::Series>(series);
    series.has("sizes", sizes.json());
    const auto along = Object().of_axes(series.json()).json();
    return Object()
        .has("porosity", series.json())
        .may_have("specific_surface", series.json())
        .may_have("mean_radius", series.json())
        .may_have("diffusivity", along)
        .may_have("permeability", along)
        .json();
}

/// @param quote  with what follows from a value
Json summary(Object quote)
{
    quote.has("value", described(of_type("number"), "to quote: corrected for the grid where that was measured"))
        .has("unit", of_type("string"))
        .has("parts", described(object_of<Parts>().json(), "how far it may be off by source, relative"));
    add_quantities<Quote>(quote);
    return Object()
        .of_axes(quote.json())
        .may_have("tensor", Object().has("value", tensor()).has("unit", of_type("string")).json())
        .may_have("voxel_units_note", of_type("string"))
        .json();
}

Json summaries()
{
    const auto d =
        Object().has("formation_factor", or_null(of_type("number"))).has("tortuosity", or_null(of_type("number")));
    Object k;
    for (const auto& form : permeability_forms({}))
        k.has(form.quote, measured(or_null(of_type("number")), "the same", form.unit));
    return Object().may_have("diffusivity", summary(d)).may_have("permeability", summary(k)).json();
}

} // namespace

Json result_schema()
{
    Json json{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
              {"title", "result.json of lapilli"},
              {"description", "What docs/files.md says in words. Units stand in brackets; 1 is a ratio."}};
    json.update(schema::run_parts()
                    .has("summary", summaries())
                    .has("result", Object()
                                       .may_have("porosity", porosity())
                                       .may_have("percolation", percolation())
                                       .may_have("interfaces", interfaces())
                                       .may_have("pore_size", pore_size())
                                       .may_have("drainage", drainage())
                                       .may_have("diffusivity", diffusivity())
                                       .may_have("permeability", permeability())
                                       .may_have("rev", rev())
                                       .may_have("plan", schema::plan())
                                       .json())
                    .json());
    return json;
}

} // namespace lapilli::report
