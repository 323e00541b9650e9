# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Run by cpack before it packs: what Debian wants in usr/share of each package.
set(share ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share)
set(documents ${share}/doc/lapilli)
set(source ${CMAKE_CURRENT_LIST_DIR}/..)

# The licence, in Debian's form: an empty line is a dot.
file(READ ${source}/LICENSE license)
string(REGEX REPLACE "\n+$" "" license "${license}")
string(REPLACE "\n\n" "\n.\n" license "${license}")
string(REPLACE "\n" "\n " license "${license}")
file(WRITE ${documents}/copyright "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: lapilli

Files: *
Copyright: the Lapilli authors
License: BSD-3-Clause
 ${license}
")

# The changelog of the package has one entry and points to that of the program.
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)
file(WRITE ${documents}/changelog.Debian "lapilli (${CPACK_DEBIAN_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}) unstable; urgency=medium

  * Version ${CPACK_DEBIAN_PACKAGE_VERSION}; changelog.gz says what is new.

 -- ${CPACK_PACKAGE_CONTACT}  ${date}
")
file(COPY_FILE ${source}/CHANGELOG.md ${documents}/changelog)
file(GLOB manuals ${share}/man/man1/*.1) # none of a program for another processor, if nothing runs it here
execute_process(COMMAND gzip -9n ${documents}/changelog.Debian ${documents}/changelog ${manuals} COMMAND_ERROR_IS_FATAL ANY)

# The place of a package's own completions; site-functions is that of the administrator.
file(RENAME ${share}/zsh/site-functions ${share}/zsh/vendor-completions)
