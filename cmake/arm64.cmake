# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# For the preset arm64: a program for 64-bit ARM, built on another processor, with the libraries of scripts/owner/make_arm64_root.sh.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)

cmake_path(SET CMAKE_SYSROOT NORMALIZE ${CMAKE_CURRENT_LIST_DIR}/../build/arm64-root)
if(NOT EXISTS ${CMAKE_SYSROOT})
  message(FATAL_ERROR "There are no libraries for ARM in build/arm64-root: run scripts/owner/make_arm64_root.sh.")
endif()
foreach(kind LIBRARY INCLUDE PACKAGE)
  set(CMAKE_FIND_ROOT_PATH_MODE_${kind} ONLY)
endforeach()
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)

set(libraries ${CMAKE_SYSROOT}/usr/lib/aarch64-linux-gnu)
set(ENV{PKG_CONFIG_SYSROOT_DIR} ${CMAKE_SYSROOT})
set(ENV{PKG_CONFIG_LIBDIR} ${libraries}/pkgconfig:${CMAKE_SYSROOT}/usr/share/pkgconfig)

# The compiler script that CMake asks would tell it of this machine's MPI.
set(MPI_mpi_LIBRARY ${libraries}/openmpi/lib/libmpi.so)
foreach(language C CXX)
  set(MPI_${language}_LIB_NAMES mpi)
  set(MPI_${language}_COMPILER_INCLUDE_DIRS ${libraries}/openmpi/include)
endforeach()

# What runs here to print the manual page; without it the package has none.
find_program(qemu qemu-aarch64)
if(qemu)
  set(CMAKE_CROSSCOMPILING_EMULATOR ${qemu} -L ${CMAKE_SYSROOT})
endif()

# The package, whose libraries are found in that folder.
set(CPACK_DEBIAN_PACKAGE_ARCHITECTURE arm64)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${libraries} ${CMAKE_SYSROOT}/lib/aarch64-linux-gnu)
