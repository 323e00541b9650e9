// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"
#include "field/plane.hpp"
#include "format/hdf5/hdf5_handle.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace lapilli::field {

struct Box;

/// Reads planes of a fields.h5, whoever has written it. What could read other files in its stead (links, external and
/// virtual storage) is refused, and so is what cannot be unpacked by HDF5 itself. HDF5 crashes on some damaged files: for a
/// process apart. All members throw an Error.
class StoredFields {
public:
    explicit StoredFields(const std::string& path);

    const Shape& shape() const { return shape_; }
    const std::vector<StoredField>& fields() const { return fields_; }
    FieldsOf of() const;
    Plane plane(const PlaneOf& of) const;
    /// @param most  cubes along the longest edge
    PoreShares pore_shares(int most) const;

private:
    const StoredField& find(const std::string& name) const;
    std::vector<float> read(const StoredField& field, const Box& box) const;

    format::Hdf5Handle file_;
    Shape shape_{};
    std::vector<StoredField> fields_;
};

} // namespace lapilli::field
