// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string_view>

namespace lapilli {

/// What lies beyond the faces of an image. sealed: nothing, but the two faces of the axis in question may hold fixed values.
/// periodic: the same image again, in all three directions.
enum class Boundary { sealed, periodic };

constexpr std::string_view name(Boundary boundary) { return boundary == Boundary::sealed ? "sealed" : "periodic"; }

} // namespace lapilli
