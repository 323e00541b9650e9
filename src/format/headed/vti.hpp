// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/formats.hpp"
#include "format/type_words.hpp"

namespace lapilli::format {

inline constexpr TypeWords vtk_types{
    {"UInt8", "Int8", "UInt16", "Int16", "UInt32", "Int32", "UInt64", "Int64", "Float32", "Float64"}};

/// Whether it begins as XML of VTK does.
bool is_vtk_xml(const Candidate& candidate);

/// An array of a .vti of VTK and ParaView: one piece, appended (raw or base64) or inline base64, packed by zlib or not.
/// Axes are x, y, z. Its Spacing has no unit: it is taken for metres only where it can be nothing else (below 0.1 mm).
/// @throws Error also what is not read, by its name: other data sets of VTK, several pieces, words, LZ4, LZMA
std::unique_ptr<ImageReader> open_vti(Candidate candidate);

} // namespace lapilli::format
