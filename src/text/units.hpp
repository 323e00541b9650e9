// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// What people type, as numbers: every function throws an Error (exit code 2) whose sentence names the text.
#pragma once

#include "core/crop.hpp"
#include "core/shape.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace lapilli::text {

/// A length with its unit (nm, um, µm, mm, cm, m), e.g. "5.345um", "2e-6 m", in metres: finite and positive. A number as
/// small as 2e-6 means metres.
double parse_length(const std::string& text);
/// A length [m] for people, in the unit that keeps the number short: "5.345 um".
std::string format_length(double metres);

/// "0,001" as "0.001", where the comma cannot be anything else than a decimal point: the only one, between two digits, and
/// no point is there.
std::string with_decimal_point(const std::string& text);

/// A time with its unit (ms, s, min, h), e.g. "60s", "1.5 h", in seconds: finite, not negative.
double parse_duration(const std::string& text);

/// "NZxNYxNX", "NZ,NY,NX", or "nx=400,ny=400,nz=400" in any order. All extents positive and at most 2^21, the product below
/// 2^62.
Shape parse_shape(const std::string& text);

/// Bytes before the first voxel of a raw file: a count from 0 on; nothing for "auto".
std::optional<std::int64_t> parse_header(const std::string& text);

/// "0" or "0,1,7": sorted, each once.
std::vector<std::int32_t> parse_labels(const std::string& text);

/// "x", "y", "z", "all" or a list like "x,z", in letters of any size: in the order x, y, z, each once.
std::vector<Axis> parse_axes(const std::string& text);

/// "z0:z1,y0:y1,x0:x1", half-open; an end that is left out is the end of the image: ":,:,10:20". By axis: x, y, z.
PerAxis<Crop> parse_crop(const std::string& text);

/// "LABEL=SIGMA" each, e.g. {"0=1", "85=0.05"}; sigma finite and positive, each label once.
std::map<std::int32_t, double> parse_conductivities(std::span<const std::string> texts);

} // namespace lapilli::text
