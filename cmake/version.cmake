# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# The version stands in project(); here it gets the revision it was built from, if this is a git checkout or somebody says it.
set(LAPILLI_GIT_REVISION "" CACHE STRING "revision of the sources, where they are no git checkout")
find_package(Git QUIET)
if(NOT LAPILLI_GIT_REVISION AND GIT_FOUND AND EXISTS ${PROJECT_SOURCE_DIR}/.git) # not the repository of a folder above an unpacked archive
  execute_process(COMMAND ${GIT_EXECUTABLE} rev-parse --short=12 HEAD
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} OUTPUT_VARIABLE revision OUTPUT_STRIP_TRAILING_WHITESPACE
    RESULT_VARIABLE no_revision ERROR_QUIET)
  execute_process(COMMAND ${GIT_EXECUTABLE} rev-parse --git-path logs/HEAD
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} OUTPUT_VARIABLE commit_log OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(no_revision EQUAL 0)
    set(LAPILLI_GIT_REVISION ${revision})
    cmake_path(ABSOLUTE_PATH commit_log BASE_DIRECTORY ${PROJECT_SOURCE_DIR})
    if(EXISTS ${commit_log})
      set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${commit_log}) # so a commit changes it
    endif()
  endif()
endif()
set(LAPILLI_COMPILER "${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}")
