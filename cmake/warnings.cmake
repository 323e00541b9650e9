# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
add_library(lapilli_warnings INTERFACE)
target_compile_options(lapilli_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Wimplicit-fallthrough $<$<BOOL:${LAPILLI_WERROR}>:-Werror>)
