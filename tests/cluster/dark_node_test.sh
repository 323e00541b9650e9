# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# A node that falls silent, with nobody closing its connections, ends the run soon; so do two at once, after which mpirun itself
# would wait for ever.
. "$(dirname "$0")/lib.sh"

"$LAPILLI" generate blobs --size 96 --porosity 0.5 --seed 1 -o rock.tif --ranks 1 >/dev/null || fail 'no image to test with'

ranks() { node pids "$1" 'endless$\|expect-ranks'; }
expect_no_ranks() { # NODE...
  for n in "$@"; do
    for _ in $(seq 100); do [ -z "$(ranks "$n")" ] && break; sleep 0.1; done
    [ -z "$(ranks "$n")" ] || fail "processes are left on node$n"
  done
}

begin_endless --retries 0
[ -n "$(ranks 2)" ] || fail 'no rank on node2'
node unplug 2
expect_end 1 25
expect_no_ranks 1 2 3
node plug 2

# The kernel of a frozen node still answers for it, and an ssh that does not ask waits for ever: only lapilli-launch finds out.
begin_endless --retries 0 --ssh "ssh -F $CLUSTER/ssh_config -o ServerAliveInterval=0"
node freeze 3
expect_end 1 40
expect_contains stderr "$err" 'no answer from 10.77.0.13'
node thaw 3
expect_no_ranks 1 2 3

begin_endless --retries 0
node unplug 2
node unplug 3
expect_end 1 40
expect_no_ranks 1 2 3
node plug 2
node plug 3
finish
