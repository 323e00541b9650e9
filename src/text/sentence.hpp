// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"
#include "core/voxel_edges.hpp"

#include <cstdint>
#include <string>

namespace lapilli::text {

/// 63999000 as "63 999 000".
std::string grouped(std::int64_t number);

/// "1.2 GB": bytes in the unit that keeps the number short (kB, MB, GB, TB of powers of ten).
std::string bytes_text(std::int64_t bytes);

/// "< 1 s", "38 s", "12 min", "2.5 h".
std::string duration_text(double seconds);

/// The same of what is only roughly known: "less than 1 s", "about 12 min".
std::string about_text(double seconds);

/// "5.345 µm": nm, µm or mm, whatever keeps the number short.
std::string length_text(double metres);

/// "5.345 µm", or "2 µm x 2 µm x 4 µm (x, y, z)" where they are no cube's.
std::string edges_text(const VoxelEdges& metres);

/// "400x300x200": nz, ny, nx, as on the command line.
std::string shape_text(const Shape& shape);

} // namespace lapilli::text
