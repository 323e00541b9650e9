// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/property_json.hpp"

#include "property/record.hpp"

namespace lapilli::report {

namespace {

using property::for_each_quantity;
using property::value_or_null;
using property::Where;

std::string key_of(Axis axis) { return {name(axis)}; }

/// All of an axis of a sealed image.
template <class Along>
Json axis_json(const Along& along, const ValueForms& forms)
{
    Json json = Json::object();
    for_each_quantity<Along>([&](const auto& quantity) {
        if (quantity.where == Where::value)
            add_value(json, forms, value_of(along));
        else
            json[quantity.key] = value_or_null(quantity.of(along));
    });
    return json;
}

/// Adds to a periodic image what it has beside its tensor: of each axis, and of the solves for them.
template <class Along>
void add_solves(Json& to, const PerAxis<std::optional<Along>>& axes)
{
    Json solves = Json::object();
    for (const Axis axis : all_axes)
        for_each_quantity<Along>([&](const auto& quantity) {
            if (quantity.where == Where::key) to[quantity.key][key_of(axis)] = value_or_null(quantity.of(*axes[axis]));
            if (quantity.where == Where::solve) solves[key_of(axis)][quantity.key] = value_or_null(quantity.of(*axes[axis]));
        });
    to["solves"] = solves;
}

/// Adds what was found along the axes.
/// @param add_more  of a periodic image: what follows from its tensor
template <class Property, class AddMore>
void add_found(Json& to, const Property& property, const Tensor* tensor, const ValueForms& forms, AddMore&& add_more)
{
    if (tensor) {
        to["percolates"] = property.percolates();
        to["converged"] = property.converged();
        add_tensor(to, forms, *tensor);
        add_more(*property.tensor);
        add_solves(to, property.axes);
        return;
    }
    for (const Axis axis : all_axes)
        if (const auto& along = property.axes[axis]) to[key_of(axis)] = axis_json(*along, forms);
}

} // namespace

Json principal_json(const Principal& principal, const char* values)
{
    return {{values, principal.values}, {"directions", rows(principal.directions)}};
}

Json porosity_json(const property::Percolation& p)
{
    Json connected = Json::object();
    for (const Axis axis : all_axes) connected[key_of(axis)] = p.connected_porosity(axis);
    return {{"boundary", name(p.boundary)}, {"total", p.porosity()}, {"connected", connected}};
}

Json percolation_json(const property::Percolation& p)
{
    Json json = Json::object();
    for (const Axis axis : all_axes) json[key_of(axis)] = property::record_of(p.axes[axis]);
    json["boundary"] = name(p.boundary);
    json["components"] = p.components;
    json["largest_voxels"] = p.largest;
    return json;
}

Json diffusivity_json(const property::Diffusivity& d)
{
    Json json{{"boundary", name(d.boundary)}};
    add_found(json, d, d.tensor ? &d.tensor->relative : nullptr, diffusivity_forms(),
              [&](const property::DiffusivityTensor& tensor) {
                  json["effective_tensor"] = rows(tensor.effective);
                  json["principal"] = principal_json(tensor.principal, "values");
              });
    return json;
}

Json permeability_json(const property::Permeability& k, const std::optional<double>& edge_m)
{
    Json json{{"boundary", name(k.boundary)},
              {"dimensions", k.normal ? 2 : 3},
              {"walls", k.walls == stokes::Walls::weighted ? "weighted" : "plain"},
              {"grid", {{"cells_per_voxel", 1}}}};
    add_found(json, k, k.tensor ? &k.tensor->voxel2 : nullptr, permeability_forms(edge_m),
              [&](const property::PermeabilityTensor& tensor) {
                  json["principal"] = principal_json(tensor.principal, "values_voxel2");
              });
    return json;
}

} // namespace lapilli::report
