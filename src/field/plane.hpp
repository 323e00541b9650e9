// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/axis.hpp"
#include "core/shape.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace lapilli::field {

/// A field of a fields.h5 that is there.
struct StoredField {
    std::string name, unit, description;
    int components = 1;                 ///< 1, or 3: x, y, z
    std::vector<double> min, max, mean; ///< of each component, in the pores that take part; empty: not written
};

/// Whose fields a fields.h5 has, in the words of who wrote it; empty: not said.
struct FieldsOf {
    std::string image_digest;
    std::string boundary; ///< "sealed" or "periodic"
};

/// Which plane: that of a voxel's index along an axis.
struct PlaneOf {
    std::string field = {};
    Axis across = Axis::z;
    std::int64_t index = 0;
    int component = -1; ///< of a vector; -1: its length
};

/// Rows and columns of a plane: across z they are y and x, across y z and x, across x z and y.
struct Plane {
    std::int64_t rows = 0, columns = 0;
    std::vector<float> values;       ///< shape (rows, columns)
    std::vector<std::uint8_t> pores; ///< the same shape, 1 where the values mean something; empty: not known
};

/// Shares of pores in cubes of `factor` voxels, as bytes.
struct PoreShares {
    Shape shape;
    int factor = 1;
    std::vector<std::uint8_t> shares; ///< 255: all pores
};

} // namespace lapilli::field
