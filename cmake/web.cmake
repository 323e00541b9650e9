# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# The files of pages become string literals, so that the program needs none beside itself.

# Writes a source that defines lapilli::web::files() with the styles and scripts of a folder.
function(embed_web_files folder source)
  file(GLOB names CONFIGURE_DEPENDS RELATIVE ${folder} ${folder}/*.css ${folder}/*.html ${folder}/*.js)
  set(entries "")
  foreach(name IN LISTS names)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${folder}/${name})
    file(READ ${folder}/${name} text)
    file(SHA256 ${folder}/${name} digest)
    string(APPEND entries "    {\"${name}\", R\"lapilli(${text})lapilli\", \"${digest}\"},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT [[
// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "web/files.hpp"

#include <array>

namespace lapilli::web {

namespace {

constexpr std::array all = std::to_array<File>({
@entries@});

} // namespace

std::span<const File> files() { return all; }

} // namespace lapilli::web
]])
endfunction()
