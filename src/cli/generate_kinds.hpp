// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/recipe.hpp"

#include <functional>
#include <vector>

namespace CLI {
class App;
}

namespace lapilli::cli {

/// What the options of a kind say, once they are parsed and the shape of the image and of its voxels is known.
using MakeRecipe = std::function<image::Recipe(const Shape&, const EdgeRatios&)>;

/// One kind of `lapilli generate KIND`.
struct GeneratedKind {
    const char* name;
    const char* purpose;
    MakeRecipe (*add_options)(CLI::App& command);
};

const std::vector<GeneratedKind>& generated_kinds();

} // namespace lapilli::cli
