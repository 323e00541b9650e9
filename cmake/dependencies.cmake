# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
set(MPI_CXX_SKIP_MPICXX ON)
find_package(MPI REQUIRED COMPONENTS C CXX)
find_package(PkgConfig REQUIRED)

# By pkg-config, since the compiler script of Debian 12, which CMake asks, takes a path with a blank in it for two; and by that
# script where pkg-config knows of no HDF5 for this MPI.
pkg_search_module(HDF5_OPENMPI IMPORTED_TARGET hdf5-openmpi hdf5-mpi)
if(HDF5_OPENMPI_FOUND)
  set(HDF5_C_LIBRARIES PkgConfig::HDF5_OPENMPI)
  set(HDF5_C_INCLUDE_DIRS ${HDF5_OPENMPI_INCLUDE_DIRS})
else()
  set(HDF5_PREFER_PARALLEL ON)
  find_package(HDF5 REQUIRED COMPONENTS C)
  if(NOT HDF5_IS_PARALLEL)
    message(FATAL_ERROR "The HDF5 found is serial, but Lapilli needs the parallel one: install libhdf5-openmpi-dev.")
  endif()
endif()
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_path(TOMLPLUSPLUS_INCLUDE_DIR toml++/toml.h REQUIRED) # headers only
find_package(fmt REQUIRED)
find_package(TIFF REQUIRED)
find_package(ZLIB REQUIRED)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)
