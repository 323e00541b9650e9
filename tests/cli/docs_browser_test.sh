#!/usr/bin/env bash
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# The site of the documentation in a real browser, from a folder: it asks nobody for anything, and its search finds.
set -uo pipefail
# shellcheck source=tests/browser/lib.sh
. "$LAPILLI_SOURCE_DIR/tests/browser/lib.sh"

[ -x "$LAPILLI_SOURCE_DIR/build/docs/bin/mkdocs" ] || { echo "skipped: there is no build/docs; scripts/install_packages --docs makes it"; exit 77; }
"$LAPILLI_SOURCE_DIR/docs/site/build" site || fail "the site cannot be made"
run timeout 100 node "$LAPILLI_SOURCE_DIR/tests/browser/docs.mjs" "$modules" "$chromium" "$PWD/site"
expect_code 0
[ "$code" -eq 0 ] || echo "$out"
finish
