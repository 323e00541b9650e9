# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash
# For tests of pages in a real browser: $chromium, and $modules with what package.json lists; or the test is skipped. They need
# chromium, node, and those modules: scripts/install_packages --browser.
# shellcheck source=tests/cli/lib.sh
. "$LAPILLI_SOURCE_DIR/tests/cli/lib.sh"

skip() {
  echo "skipped: $1; run scripts/install_packages --browser"
  exit 77
}
chromium=$(command -v chromium || command -v chromium-browser) || skip "there is no chromium"
command -v node >/dev/null || skip "there is no node"
modules=${LAPILLI_BROWSER:-$LAPILLI_SOURCE_DIR/build/browser}
[ -d "$modules/node_modules/playwright-core" ] || skip "there is no playwright-core in $modules"
