// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "synthetic/blobs.hpp"
#include "synthetic/channel.hpp"
#include "synthetic/layers.hpp"
#include "synthetic/random_spheres.hpp"
#include "synthetic/sphere_array.hpp"

#include <nlohmann/json.hpp>

#include <variant>

namespace lapilli::image {

/// All that a generated image depends on.
using Recipe = std::variant<synthetic::Open, synthetic::Layers, synthetic::Slit, synthetic::Tube, synthetic::RectangularDuct,
                            synthetic::TriangularDuct, synthetic::SphereArray, synthetic::RandomSpheres, synthetic::Blobs>;

Shape shape_of(const Recipe& recipe);

/// @throws Error with exit code 2 and a sentence, when the recipe makes no sense
void check(const Recipe& recipe);

/// A recipe in words; lengths in voxels.
struct Description {
    std::string kind;
    nlohmann::ordered_json parameters; ///< all but the shape, under the names of their options
    nlohmann::ordered_json derived = nlohmann::ordered_json::object(); ///< what follows from them
};
Description describe(const Recipe& recipe);

} // namespace lapilli::image
