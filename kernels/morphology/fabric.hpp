// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "morphology/configurations.hpp"
#include "tensor/tensor.hpp"

#include <optional>

namespace lapilli::morphology {

/// How the surface between pores and solid lies: the symmetric tensor B, of trace 1, whose quadratic form n·B n is in
/// proportion to the squared number of crossings per length of lines along n, in the mean over the 13 directions of lattice
/// lines (least squares, weighted by their shares of the sphere). That is the fabric of the mean intercept length, whose
/// ellipsoid is n·B n = constant (Harrigan and Mann, J. Mater. Sci. 19 (1984) 761). It is exact, and the second moment of
/// the normals of the surface, for layers (ν νᵀ), parallel fibres ((1 - p pᵀ) / 2) and isotropic surfaces (1 / 3).
/// @param edges  of a voxel
/// @return nothing where no line crosses a surface
std::optional<Tensor> fabric(const Configurations& cells, const PerAxis<double>& edges = {1, 1, 1});

/// Longest over shortest mean intercept of a fabric; nothing where the longest has no end, as along layers and fibres.
std::optional<double> degree_of_anisotropy(const Tensor& fabric);

} // namespace lapilli::morphology
