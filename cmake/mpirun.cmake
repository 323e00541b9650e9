# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# The settings of src/launch/mpirun.env, NAME=VALUE each, for the program and the tests.
set(mpirun_env ${PROJECT_SOURCE_DIR}/src/launch/mpirun.env)
file(STRINGS ${mpirun_env} mpirun_settings REGEX "^[A-Z]")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${mpirun_env})
