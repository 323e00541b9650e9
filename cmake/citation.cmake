# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# How the program is cited stands in CITATION.cff; here it gets into the program, which prints it for others to copy.

# The value of a key at the begin of a line, without quotes. Authors are entities, which have a name.
function(citation_values key file values)
  file(STRINGS ${file} lines REGEX "^[ -]*${key}: ")
  list(TRANSFORM lines REPLACE "^[ -]*${key}: *\"?([^\"]*)\"? *$" "\\1")
  if(NOT lines)
    message(FATAL_ERROR "${file} has no ${key}; expected a line such as ${key}: ...")
  endif()
  set(${values} "${lines}" PARENT_SCOPE)
endfunction()

# Writes a header with the type, title, authors and licence of a citation.
function(embed_citation file header)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  foreach(key type title name license)
    citation_values(${key} ${file} citation_${key})
  endforeach()
  list(TRANSFORM citation_name REPLACE "^.+$" "\"\\0\"")
  list(JOIN citation_name ", " citation_authors)
  file(CONFIGURE OUTPUT ${header} @ONLY CONTENT [[
// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

/// What CITATION.cff says.
namespace lapilli::citation {

inline constexpr const char* type = "@citation_type@";
inline constexpr const char* title = "@citation_title@";
inline constexpr const char* authors[] = {@citation_authors@};
inline constexpr const char* license = "@citation_license@";

} // namespace lapilli::citation
]])
endfunction()
