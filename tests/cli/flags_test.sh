# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# docs/flags.md says what the program says of its flags.
. "$(dirname "$0")/lib.sh"

"$(dirname "$0")/flag_tables.py" "$LAPILLI" >flags.md || fail 'the help cannot be read'
diff -u "${LAPILLI_SOURCE_DIR:?}/docs/flags.md" flags.md ||
  fail "docs/flags.md is not what the program says; run: tests/cli/flag_tables.py LAPILLI >docs/flags.md"
finish
