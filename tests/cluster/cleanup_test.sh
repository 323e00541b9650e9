# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Two clusters live side by side, and of one that is ended in any way nothing is left.
. "$(dirname "$0")/../cli/lib.sh"
here=$(cd "$(dirname "$0")" && pwd)

"$here/in_cluster" "$PWD/probe" true
[ $? -eq 77 ] && exit 77

start() { # folder
  set -m # a process group of its own, as from a terminal
  "$here/in_cluster" "$PWD/$1" bash -c '"$1/node" start 1 && "$1/node" start 2 && touch "$CLUSTER/ready" && sleep 600' _ "$here" &
  started=$!
  set +m
  for _ in $(seq 300); do [ -e "$1/ready" ] && return; sleep 0.1; done
  fail "the cluster in $1 did not start"
}
servers() { pgrep -f "sshd.*$PWD/$1/host"; }

start other
other=$started
for signal in INT TERM HUP KILL; do
  start $signal
  [ "$(servers $signal | wc -l)" -eq 2 ] || fail "not two nodes, but: $(servers $signal)"
  if [ $signal = INT ]; then kill -INT -- "-$started"; else kill -$signal "$started"; fi # Ctrl-C reaches the whole group
  wait "$started" 2>/dev/null
  for _ in $(seq 50); do pgrep -f "$PWD/$signal" >/dev/null || break; sleep 0.1; done
  pgrep -af "$PWD/$signal" && fail "processes are left after SIG$signal"
done
[ "$(servers other | wc -l)" -eq 2 ] || fail 'another cluster was harmed'
kill -KILL "$other"
wait "$other" 2>/dev/null
finish
