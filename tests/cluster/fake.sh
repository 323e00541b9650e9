# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# For tests of what a laptop does to a cluster, with a kubectl that plays one, see fake_kubectl.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../cli/lib.sh"
scripts=$here/../../scripts
BASH_OF_USER=${BASH_OF_USER:-bash} # another one to test with

mkdir bin
cp "$here/fake_kubectl" bin/kubectl
printf '#!/bin/sh\nexec /bin/sleep 0.05\n' >bin/sleep # nobody waits here for anything slower
chmod +x bin/*
export PATH=$PWD/bin:$PATH FAKE=$PWD/fake

# A cluster on which all goes well: the job runs at once and succeeds.
worker='worker|rock-worker-0|u2||Running|0|t||||'
launcher() { # uid, restarts, running since, exit code, last exit code, reason to wait
  printf 'launcher|rock-launcher-x|%s||Running|%s|%s|%s|%s|%s|\n' "$@"
}
fresh() {
  rm -rf fake
  mkdir -p fake/work
  echo Bound >fake/claim
  echo 'Running|True|' >fake/helper.2
  echo 'u1||Created Running' >fake/mpijob.1
  echo 'u1|t|Created Succeeded' >fake/mpijob.4
  { echo "$worker"; launcher u3 0 t '' '' ''; } >fake/pods.1
  { echo "$worker"; launcher u3 0 '' 0 '' ''; } >fake/pods.4
  printf '2026-01-01T00:00:0%s.000000000Z line %s\n' 1 1 2 2 3 3 >fake/log.1
}
submit() { run "$BASH_OF_USER" "$scripts/user/submit.sh" "$@"; }
fetch() { run "$BASH_OF_USER" "$scripts/user/fetch_results.sh" "$@"; }

expect_call() { grep -qF -- "$1" fake/calls || fail "$ran: no kubectl $1, but $(cat fake/calls)"; }
expect_no_call() { if grep -F -- "$1" fake/calls 2>/dev/null; then fail "$ran: called kubectl $1"; fi; }
expect_out() { [ "$out" = "$1" ] || fail "$ran: printed '$out' instead of '$1'; stderr: $err"; }
# One sentence, and the pod for the volume is not left behind.
expect_error() { # program, code, part of the sentence
  expect_code "$2"
  [ "$(grep -c "^$1: error: " .err)" -eq 1 ] || fail "$ran: not one error: $err"
  expect_contains stderr "$err" "$3"
  [ "$(grep -c 'apply -f -' fake/calls 2>/dev/null)" = 0 ] || [ ! -e fake/applied ] || ! grep -q '^kind: Pod' fake/applied ||
    grep -q 'delete pod volume-' fake/calls || fail "$ran: the pod is left"
}
await() { # a condition, at most 20 s
  for _ in $(seq 400); do eval "$1" 2>/dev/null && return; /bin/sleep 0.05; done
  fail "waited in vain for: $1; $(cat .err)"
}
