# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# The Debian package of a build, as scripts/owner/build_package.sh makes it: `cpack` in the folder of the build.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME lapilli)
set(CPACK_PACKAGE_CONTACT "the Lapilli authors <lapilli@lapilli.invalid>") # Debian wants an address
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/cmake/package_documents.cmake)

# A package is for one release of one distribution, whose libraries it loads; a later release upgrades it.
cmake_host_system_information(RESULT system QUERY DISTRIB_ID)
cmake_host_system_information(RESULT system_version QUERY DISTRIB_VERSION_ID)
set(CPACK_DEBIAN_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_DEBIAN_PACKAGE_RELEASE 1~${system}${system_version})
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "Porosity, connectivity, effective diffusivity, formation factor, tortuosity
and permeability along each axis, solved on the voxels of a segmented image,
on a laptop or with MPI on many machines; each number with how far it may be
off, and with the same bits on any number of processes.")

# Libraries are found by dpkg-shlibdeps; these are started as programs: mpirun, and ssh to other hosts.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS openmpi-bin)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS openssh-client)
include(CPack)
