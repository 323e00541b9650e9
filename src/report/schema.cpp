// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/schema.hpp"

#include "property/percolation.hpp"
#include "property/resolution.hpp"
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
    Object result;
    result.may_have("porosity", porosity()).may_have("percolation", percolation());
    schema::add_shape(result);
    result.may_have("diffusivity", diffusivity()).may_have("permeability", permeability()).may_have("plan", schema::plan());
    json.update(schema::run_parts().has("summary", summaries()).has("result", result.json()).json());
    return json;
}

} // namespace lapilli::report
