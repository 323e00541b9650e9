// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace lapilli::synthetic {

/// The two axes across `axis`, the faster one of the memory order first.
constexpr std::pair<Axis, Axis> across(Axis axis)
{
    if (axis == Axis::x) return {Axis::y, Axis::z};
    if (axis == Axis::y) return {Axis::x, Axis::z};
    return {Axis::x, Axis::y};
}

/// Labels that depend on the position along one axis only.
/// @param labels    shape (planes.count(), ny, nx)
/// @param label_at  global index along `axis` -> label
template <class LabelAt>
void fill_along(const Shape& shape, PlaneRange planes, Axis axis, std::span<std::uint8_t> labels, LabelAt label_at)
{
    auto row = labels.begin();
    for (auto z = planes.first; z < planes.last; ++z)
        for (std::int64_t y = 0; y < shape.ny; ++y, row += shape.nx) {
            if (axis == Axis::x)
                for (std::int64_t x = 0; x < shape.nx; ++x) row[x] = label_at(x);
            else
                std::fill_n(row, shape.nx, label_at(axis == Axis::y ? y : z));
        }
}

/// Labels that are the same all along one axis.
/// @param labels    shape (planes.count(), ny, nx)
/// @param label_at  global indices along the two axes of across(axis) -> label
template <class LabelAt>
void fill_across(const Shape& shape, PlaneRange planes, Axis axis, std::span<std::uint8_t> labels, LabelAt label_at)
{
    auto row = labels.begin();
    for (auto z = planes.first; z < planes.last; ++z)
        for (std::int64_t y = 0; y < shape.ny; ++y, row += shape.nx) {
            if (axis == Axis::x)
                std::fill_n(row, shape.nx, label_at(y, z));
            else
                for (std::int64_t x = 0; x < shape.nx; ++x) row[x] = label_at(x, axis == Axis::y ? z : y);
        }
}

} // namespace lapilli::synthetic
