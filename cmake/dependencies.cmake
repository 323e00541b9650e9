# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
set(MPI_CXX_SKIP_MPICXX ON)
find_package(MPI REQUIRED COMPONENTS C CXX)
find_package(PkgConfig REQUIRED)
if(LAPILLI_WHEEL) # what follows becomes a part of the program
  set(CMAKE_FIND_LIBRARY_SUFFIXES .a)
endif()

# Nothing parallel is asked of HDF5, so the serial one goes before those for an MPI, which do as well. By pkg-config, since the
# compiler script of Debian 12, which CMake asks, takes a path with a blank in it for two; and by that script where pkg-config
# knows of none.
pkg_search_module(ANY_HDF5 IMPORTED_TARGET hdf5-serial hdf5 hdf5-openmpi hdf5-mpi)
if(ANY_HDF5_FOUND)
  set(HDF5_C_LIBRARIES PkgConfig::ANY_HDF5)
  set(HDF5_C_INCLUDE_DIRS ${ANY_HDF5_INCLUDE_DIRS})
else()
  find_package(HDF5 REQUIRED COMPONENTS C)
endif()
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_path(TOMLPLUSPLUS_INCLUDE_DIR toml++/toml.h REQUIRED) # headers only
find_package(fmt REQUIRED)
set(fmt $<IF:$<BOOL:${LAPILLI_WHEEL}>,fmt::fmt-header-only,fmt::fmt>)
find_package(Boost 1.74 REQUIRED) # headers only: Beast and Asio
find_package(Threads REQUIRED)
find_package(TIFF REQUIRED)
find_package(PNG REQUIRED)
find_package(ZLIB REQUIRED)
find_package(BZip2 REQUIRED)
find_package(pugixml REQUIRED)
set(pugixml $<IF:$<BOOL:${LAPILLI_WHEEL}>,pugixml::static,pugixml::pugixml>)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(BLOSC REQUIRED IMPORTED_TARGET blosc)
pkg_check_modules(OPENJPEG IMPORTED_TARGET libopenjp2>=2.5)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(DEFLATE REQUIRED IMPORTED_TARGET libdeflate)
