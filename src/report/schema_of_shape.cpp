// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/drainage.hpp"
#include "property/interfaces.hpp"
#include "property/network.hpp"
#include "property/pore_size.hpp"
#include "property/rev.hpp"
#include "report/schema_parts.hpp"

namespace lapilli::report::schema {

namespace {

Json pore_size()
{
    const auto numbers = [](const std::string& help, const std::string& unit) {
        return measured(array_of(of_type("number")), help, unit);
    };
    const auto counts = [](const std::string& help) { return described(array_of(of_type("integer")), help); };
    const auto chords = Object()
                            .has("length", counts("of the runs of voxels that do not reach a face of the image, or what is "
                                                  "outside the sample [voxel]"))
                            .has("number", counts("of each length"))
                            .has("cut", described(of_type("integer"), "runs that reach one"));
    const auto two_point = Object()
                               .has("lag", counts("between two voxels along the axis [voxel]"))
                               .has("share", measured(array_of(or_null(of_type("number"))),
                                                      "of such pairs are both inside; null: the sample has none", "1"));
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

Json network()
{
    Object along, all;
    add_forms<property::PoreNetwork::AlongAxis>(along);
    along.may_have("formation_factor_difference",
                   measured(or_null(of_type("number")), "to that of the solution for the image, relative", "1"));
    along.may_have("permeability_difference",
                   measured(or_null(of_type("number")), "to that of the solution for the image, relative", "1"));
    all.has("boundary", one_of({"sealed", "periodic"}));
    add_forms<property::PoreNetwork>(all);
    return all.of_all_axes(along.json()).json();
}

} // namespace

void add_shape(Object& result)
{
    result.may_have("interfaces", interfaces())
        .may_have("pore_size", pore_size())
        .may_have("drainage", drainage())
        .may_have("network", network())
        .may_have("rev", rev());
}

} // namespace lapilli::report::schema
