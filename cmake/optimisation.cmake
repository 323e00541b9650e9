# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# One set of flags for every file of the build: mixed vector widths would differ in Eigen's memory layout, and in bits.
# -ffast-math is never used: sums have a fixed order.
set(default_arch "")
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$")
  set(default_arch x86-64-v3)
endif()
set(LAPILLI_ARCH "${default_arch}" CACHE STRING "processor the program needs, as in -march=; empty for the compiler's default")

if(LAPILLI_ARCH)
  add_compile_options(-march=${LAPILLI_ARCH})
endif()

# -O2, CMake's choice for RelWithDebInfo, does not vectorise with g++ 12.
string(REPLACE "-O2" "-O3" CMAKE_CXX_FLAGS_RELWITHDEBINFO "${CMAKE_CXX_FLAGS_RELWITHDEBINFO}")
# Names and lines are what a stack trace and the sanitizers show; all that -g adds is 40 % of the time to compile.
foreach(kind DEBUG RELWITHDEBINFO)
  string(REGEX REPLACE "-g( |$)" "-g1\\1" CMAKE_CXX_FLAGS_${kind} "${CMAKE_CXX_FLAGS_${kind}}")
endforeach()
# For what runs once and is mostly templates of text and JSON: half the time to compile, nothing to see when it runs.
set(LAPILLI_SELDOM_RUN -O1 CACHE STRING "optimisation of what runs once")
set(seldom_run ${LAPILLI_SELDOM_RUN})

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "kind of build" FORCE)
endif()

# Most of the time goes into headers that every file reads again: Catch2, JSON, the command line. Compiled several at a time, files of
# text and tests take less than half of it; what files that meet name without a namespace must then differ. Where a file goes is told by
# its name, so that a new one moves no other. What computes is compiled file by file, for its bits: across files the compiler would fuse
# other multiplications with additions.
option(LAPILLI_TOGETHER "compile files of text and tests several at a time; OFF shows includes that are missing" ON)
function(compile_together target groups)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ${LAPILLI_TOGETHER} UNITY_BUILD_MODE GROUP)
  get_target_property(sources ${target} SOURCES)
  foreach(source IN LISTS sources)
    cmake_path(GET source FILENAME name)
    string(MD5 hash "${name}")
    string(SUBSTRING ${hash} 0 6 hash)
    math(EXPR group "0x${hash} % ${groups}")
    set_property(SOURCE "${source}" PROPERTY UNITY_GROUP "${group}")
  endforeach()
endfunction()
