# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# What somebody is told who calls pip, which compiles where there is no wheel. pip shows it when that fails.
if(NOT CMAKE_HOST_SYSTEM_NAME STREQUAL "Linux")
  message(FATAL_ERROR "Lapilli runs on Linux alone, and this is ${CMAKE_HOST_SYSTEM_NAME}: take its container image, or on Windows the WSL.")
endif()
if(LAPILLI_WHEEL)
  return()
endif()
execute_process(COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/scripts/install_packages --list --build
  OUTPUT_VARIABLE packages COMMAND_ERROR_IS_FATAL ANY OUTPUT_STRIP_TRAILING_WHITESPACE)
string(REPLACE "\n" " " packages "${packages}")
message(NOTICE "There is no wheel of Lapilli for this system, so it is compiled; that needs what these packages of Debian or Ubuntu have: ${packages}")
