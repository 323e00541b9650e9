# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# systemd understands the unit and the timer of the node guard, and finds hardly any right that the guard could do without.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../cli/lib.sh"
guard=$here/../../scripts/owner/guard
command -v systemd-analyze >/dev/null || { echo 'skipped: there is no systemd-analyze' && exit 77; }

for folder in /usr/lib/systemd/system /lib/systemd/system; do [ ! -e "$folder/sysinit.target" ] || targets=$folder; done
mkdir -p root/etc/systemd root/usr/local/sbin
cp -R "${targets:?}" root/etc/systemd/system
cp "$guard"/node-guard.* root/etc/systemd/system
install -m 0755 "$guard/node-guard" root/usr/local/sbin

run systemd-analyze verify --root="$PWD/root" node-guard.service node-guard.timer
expect_code 0
if grep node-guard .err; then fail 'systemd does not understand all'; fi
run systemd-analyze security --offline=true --root="$PWD/root" --threshold=15 --no-pager node-guard.service
expect_code 0
finish
