// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <cstddef>

namespace lapilli {

enum class Axis : int { x = 0, y = 1, z = 2 };
inline constexpr std::array<Axis, 3> all_axes{Axis::x, Axis::y, Axis::z};
constexpr int index(Axis axis) { return static_cast<int>(axis); }
constexpr char name(Axis axis) { return "xyz"[index(axis)]; }

/// A value for each axis, in the order x, y, z.
template <class T>
struct PerAxis {
    std::array<T, 3> values{};

    constexpr T& operator[](Axis axis) { return values[index(axis)]; }
    constexpr const T& operator[](Axis axis) const { return values[index(axis)]; }
    constexpr auto begin() { return values.begin(); }
    constexpr auto begin() const { return values.begin(); }
    constexpr auto end() { return values.end(); }
    constexpr auto end() const { return values.end(); }
    friend constexpr bool operator==(const PerAxis&, const PerAxis&) = default;
};

} // namespace lapilli
