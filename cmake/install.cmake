# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# What is installed besides the program. Manifests and scripts for clusters lie in share/lapilli as in the sources, by which they find
# each other; what works with the sources alone stays there. What pip installs is the component program.
include(GNUInstallDirs)
set(share ${CMAKE_INSTALL_DATADIR}/lapilli)
install(PROGRAMS src/launch/lapilli-launch TYPE BIN COMPONENT program)
install(FILES src/cli/shell/lapilli.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME lapilli COMPONENT program)
install(FILES src/cli/shell/lapilli.zsh DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions RENAME _lapilli COMPONENT program)
install(FILES src/cli/shell/lapilli.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT program)
install(FILES src/launch/mpirun.env DESTINATION ${share} COMPONENT program)
install(DIRECTORY src/launch/parts DESTINATION ${share} COMPONENT program)
install(DIRECTORY k8s DESTINATION ${share} COMPONENT program PATTERN k8s/image EXCLUDE)
install(FILES scripts/limits.sh DESTINATION ${share}/scripts COMPONENT program)
install(DIRECTORY scripts/user DESTINATION ${share}/scripts USE_SOURCE_PERMISSIONS COMPONENT program)
install(DIRECTORY data DESTINATION ${share})
install(PROGRAMS scripts/install_k3s.sh DESTINATION ${share}/scripts)
install(DIRECTORY scripts/owner DESTINATION ${share}/scripts USE_SOURCE_PERMISSIONS
  REGEX "/owner/(bare_|build_|make_|pipeline)" EXCLUDE)
