// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/boundary.hpp"
#include "core/shape.hpp"
#include "format/image_reader.hpp"
#include "image/read.hpp"
#include "property/drainage.hpp"
#include "property/pore_size.hpp"
#include "property/resolution.hpp"
#include "scan/recipe.hpp"
#include "stokes/faces.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lapilli::study {

/// Which image, and what only the user knows of it.
struct ImageOptions {
    std::string path;
    format::RawFormat raw;
    std::optional<VoxelEdges> voxel_edges_m; ///< by the user; else the file may say it
    std::vector<std::int32_t> pore{0};
    std::vector<std::int32_t> below_threshold; ///< the pores of grey values that are labels; empty: `pore`
    bool pore_given = false;                   ///< by the user
    std::optional<std::int32_t> outside;       ///< label of what is neither pore nor solid
    PerAxis<Crop> crop{};                      ///< by axis
    bool segment = false;                      ///< make labels of grey values first
    bool values = false;                       ///< only what they are, of whatever type: no labels
    scan::Recipe recipe;                       ///< to segment
    std::string needs_segment;                 ///< an option that was given and says how; empty: none

    const std::vector<std::int32_t>& pores() const { return segment || below_threshold.empty() ? pore : below_threshold; }
};

/// What a study measures besides labels; all but the first need percolation.
struct Properties {
    bool interfaces = false; ///< of all labels; without the others
    bool percolation = false;
    bool pore_size = false;
    bool drainage = false;
    bool network = false;
    bool rev = false; ///< of these and of what is solved
    bool diffusivity = false;
    bool permeability = false;
};

/// What to find out of an image, and how.
struct Options {
    ImageOptions image;
    Properties properties;
    bool plan = false;   ///< say what the solves would take, and stop
    bool force = false;  ///< solve also what does not fit the memory
    bool fields = false; ///< also write fields.h5 and fields.xdmf
    Boundary boundary = Boundary::sealed;
    std::vector<Axis> axes{all_axes.begin(), all_axes.end()};
    bool axes_given = false;        ///< by the user
    std::optional<double> accuracy; ///< relative; absent: what is usual for the property
    stokes::Walls walls = stokes::Walls::weighted;
    property::ResolutionOptions resolution; ///< what is to be known of the grid's error
    int max_iterations = 500;
    property::Part sizes_of = property::Part::pores;
    property::Convention convention = property::Convention::lapilli; ///< of sizes
    bool from_upper = false;                                         ///< drainage: by the upper face
    bool mercury = false;                                            ///< drainage: by all faces
    property::ImageFaces from, to;                                   ///< drainage: by chosen faces
    std::vector<std::int32_t> materials;                             ///< labels whose interfaces are measured; empty: all
    int relative = 0;   ///< drainage: saturations at which transport through both fluids is solved
    double alpha = 0.8; ///< of the network: see property::NetworkOptions
    bool rev_diffusivity = true, rev_permeability = true; ///< of cubes, for the rev
    std::optional<property::Fluids> fluids;               ///< of drainage; absent: what is usual
    std::map<std::int32_t, double> conductivity;          ///< of labels, any unit; empty: the pores conduct 1
    std::string command;                                  ///< as typed, for the record

    /// Conductivities say what conducts, not what flows.
    bool flow() const { return properties.permeability && conductivity.empty(); }
    property::ImageFaces drained_from() const { return mercury ? property::all_faces() : from; }
    property::Fluids drained_by() const
    {
        const auto known = property::Fluids::known();
        return fluids.value_or(mercury ? known[0] : known[1]);
    }
    bool solves() const { return properties.diffusivity || flow(); }
};

} // namespace lapilli::study
