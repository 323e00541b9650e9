// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "synthetic/layers.hpp"

#include "core/error.hpp"
#include "synthetic/check.hpp"
#include "synthetic/fill.hpp"
#include "synthetic/labels.hpp"

namespace lapilli::synthetic {

void check(const Open& recipe) { check_shape(recipe.shape); }

void check(const Layers& recipe)
{
    check_shape(recipe.shape);
    check_length("thickness of a layer", static_cast<double>(recipe.thickness), 1,
                 static_cast<double>(recipe.shape.along(recipe.axis)));
    if (recipe.labels.empty()) throw input_error("no labels for the layers; expected at least one; give for example 0,1");
}

void fill(const Open&, PlaneRange, std::span<std::uint8_t> labels) { std::ranges::fill(labels, pore); }

void fill(const Layers& recipe, PlaneRange planes, std::span<std::uint8_t> labels)
{
    const auto kinds = std::ssize(recipe.labels);
    fill_along(recipe.shape, planes, recipe.axis, labels,
               [&](std::int64_t i) { return recipe.labels[i / recipe.thickness % kinds]; });
}

} // namespace lapilli::synthetic
