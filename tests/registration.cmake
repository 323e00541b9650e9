# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# How test files become ctest tests.

set(mpi_environment ${mpirun_settings}
  OMPI_MCA_mpi_yield_when_idle=1 # there are often more ranks than cores
  OMPI_MCA_pml=ob1 OMPI_MCA_btl=^tcp,openib,ofi,uct,usnic # as in cli/mpi_environment: each run ends two seconds earlier
  OMPI_MCA_btl_vader_single_copy_mechanism=none # containers forbid it, with a warning a message
  "RES_OPTIONS=timeout:1 attempts:1"            # Open MPI asks for the name of this machine; bare containers have no answer
  ASAN_OPTIONS=detect_leaks=0)                  # Open MPI keeps memory until the end

# Of one process without mpirun, as there, too: it needs no daemon, nor a file in common with the others.
set(alone_environment ${mpi_environment} OMPI_MCA_ess_singleton_isolated=1 OMPI_MCA_orte_create_session_dirs=0
  OMPI_MCA_sharedfp=individual)

set(plain_text --use-colour no)
if(Catch2_VERSION VERSION_GREATER_EQUAL 3)
  set(plain_text --colour-mode none)
  set(allow_no_case --allow-running-no-tests) # a file may have only slow cases
endif()

# Run as a plain process, not under mpirun.
set(rooms_without_launcher kernels io cli)

# One program `<room>_tests` of all files of tests/<room>; none if there are no files.
function(add_test_room room)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "RUNNER" "LIBRARIES")
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${room}/*_test.cpp)
  if(NOT sources)
    return()
  endif()
  file(GLOB helpers CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${room}/*.cpp)
  add_executable(${room}_tests ${helpers})
  target_link_libraries(${room}_tests PRIVATE ${arg_RUNNER} ${arg_LIBRARIES} lapilli_warnings)
  compile_together(${room}_tests 3)
  if(room MATCHES "^(cli|io)$")
    target_compile_options(${room}_tests PRIVATE ${seldom_run})
  endif()
  if(NOT room STREQUAL "kernels")
    target_include_directories(${room}_tests SYSTEM PRIVATE ${HDF5_C_INCLUDE_DIRS})
  endif()
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${sources}) # their tags decide what is registered
  set(${room}_sources ${sources} PARENT_SCOPE)
endfunction()

function(add_room_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "ROOM;RANKS;TIMEOUT" "SELECT;LABELS")
  set(launch ${MPIEXEC_EXECUTABLE} ${MPIEXEC_NUMPROC_FLAG} ${arg_RANKS})
  if(arg_ROOM IN_LIST rooms_without_launcher)
    set(launch)
  endif()
  add_test(NAME ${name} COMMAND ${launch} $<TARGET_FILE:${arg_ROOM}_tests> ${plain_text} --filenames-as-tags ${arg_SELECT})
  set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}" PROCESSORS ${arg_RANKS} TIMEOUT ${arg_TIMEOUT})
  if(arg_ROOM IN_LIST rooms_without_launcher)
    set_tests_properties(${name} PROPERTIES ENVIRONMENT "${alone_environment}")
  else()
    set_tests_properties(${name} PROPERTIES ENVIRONMENT "${mpi_environment}")
  endif()
endfunction()

# Each file of a room as `room.file` or `room.file.npN`; its slow cases apart, once, as `room.file.slow`.
function(register_room room)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "RANKS" "LABELS")
  foreach(source IN LISTS ${room}_sources)
    cmake_path(GET source STEM stem)
    string(REGEX REPLACE "_test$" "" noun ${stem})
    set(name ${room}.${noun})
    if(NOT room IN_LIST rooms_without_launcher)
      string(APPEND name .np${arg_RANKS})
    endif()
    add_room_test(${name} ROOM ${room} RANKS ${arg_RANKS} TIMEOUT 600 LABELS ${arg_LABELS}
      SELECT "[#${stem}]~[slow]" ${allow_no_case})
    file(READ ${source} text)
    if(text MATCHES "\\[slow\\]")
      add_room_test(${name}.slow ROOM ${room} RANKS ${arg_RANKS} TIMEOUT 1500 LABELS slow SELECT "[#${stem}][slow]")
    endif()
  endforeach()
endfunction()

# The cases of a room with a tag, as `room.tag`.
function(register_tag room tag)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "RANKS" "LABELS")
  if(${room}_sources)
    add_room_test(${room}.${tag} ROOM ${room} RANKS ${arg_RANKS} TIMEOUT 600 LABELS ${arg_LABELS}
      SELECT "[${tag}]~[slow]" ${allow_no_case})
  endif()
endfunction()

# tests/<room>/*_test.sh and *_test.py as `room.script`, each in an empty folder of its own, with the program as it is installed:
# LAPILLI is its path, MPIEXEC the launcher, LAPILLI_SOURCE_DIR the source tree, LAPILLI_BUILD_DIR that of the build. They
# run side by side: most of their time they wait.
function(register_scripts room)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT" "LABELS")
  file(GLOB scripts CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${room}/*_test.sh
    ${CMAKE_CURRENT_SOURCE_DIR}/${room}/*_test.py)
  if(NOT scripts)
    return()
  endif()
  set(prefix ${CMAKE_CURRENT_BINARY_DIR}/installed)
  if(NOT TEST install)
    add_test(NAME install COMMAND ${CMAKE_COMMAND} --install ${PROJECT_BINARY_DIR} --prefix ${prefix})
    set_tests_properties(install PROPERTIES FIXTURES_SETUP installed LABELS "${arg_LABELS}" TIMEOUT 60)
  endif()
  set(${room}_scripts)
  foreach(script IN LISTS scripts)
    cmake_path(GET script STEM stem)
    string(REGEX REPLACE "_test$" "" noun ${stem})
    cmake_path(GET script EXTENSION LAST_ONLY extension)
    set(interpreter bash)
    if(extension STREQUAL ".py")
      set(interpreter python3)
    endif()
    list(APPEND ${room}_scripts ${noun})
    set(scratch ${CMAKE_CURRENT_BINARY_DIR}/${room}/${noun})
    add_test(NAME ${room}.${noun} COMMAND bash -c [[rm -rf "$1" && mkdir -p "$1" && cd "$1" && exec "$2" "$3"]]
      ${noun} ${scratch} ${interpreter} ${script})
    set_tests_properties(${room}.${noun} PROPERTIES
      FIXTURES_REQUIRED installed LABELS "${arg_LABELS}" TIMEOUT ${arg_TIMEOUT} SKIP_RETURN_CODE 77
      ENVIRONMENT "${mpi_environment};LAPILLI=${prefix}/bin/lapilli;MPIEXEC=${MPIEXEC_EXECUTABLE};LAPILLI_SOURCE_DIR=${PROJECT_SOURCE_DIR};LAPILLI_BUILD_DIR=${PROJECT_BINARY_DIR}")
  endforeach()
  set(${room}_scripts ${${room}_scripts} PARENT_SCOPE)
endfunction()
