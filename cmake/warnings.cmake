# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Not -Wnull-dereference: with -O3 g++ follows paths through the standard library that cannot be taken.
# Not -Wmissing-field-initializers: options structs are filled with designated initialisers, the rest are defaults.
# Not -Wshadow where files are compiled together: one may well use a name of another.
add_library(lapilli_warnings INTERFACE)
target_compile_options(lapilli_warnings INTERFACE -Wall -Wextra -Wpedantic $<$<NOT:$<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>>:-Wshadow>
  -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual -Wimplicit-fallthrough -Wno-missing-field-initializers
  $<$<BOOL:${LAPILLI_WERROR}>:-Werror>)
