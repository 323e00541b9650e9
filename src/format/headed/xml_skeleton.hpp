// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "file/input_file.hpp"

#include <pugixml.hpp>

namespace lapilli::format {

/// The tags of an XML file of VTK without the numbers between them, however large these are. Each tag has one attribute
/// more, `content`: the byte at which what stands in it begins. What follows <AppendedData> is not looked at.
/// @throws Error it is no such XML, or has more than a megabyte of tags
pugi::xml_document skeleton_of(const file::InputFile& file);

} // namespace lapilli::format
