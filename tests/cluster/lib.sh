# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# For tests on a cluster of three nodes, each with one slot. The test runs in it as on a fourth machine, from which it starts jobs.
here=$(cd "$(dirname "$0")" && pwd)
[ -n "${CLUSTER:-}" ] || exec "$here/in_cluster" "$PWD/cluster" bash "$0"
. "$here/../cli/lib.sh"

node() { "$here/node" "$@"; }
for n in 1 2 3; do node start "$n" & done
wait

# lapilli-launch on the nodes; its stdout, stderr and exit code are then in $out, $err and $code, and the seconds it took in $took.
launch() {
  since=$SECONDS
  run "$(dirname "$LAPILLI")/lapilli-launch" --hostfile "$CLUSTER/hostfile" --ssh "ssh -F $CLUSTER/ssh_config" "$@"
  took=$((SECONDS - since))
}

# Starts a job that ends only when something happens to it, waits until it iterates, and takes $pid for that of lapilli-launch.
begin_endless() { # options of lapilli-launch
  rm -rf endless
  ( # whoever is killed here is not to spoil the output
    "$(dirname "$LAPILLI")/lapilli-launch" --hostfile "$CLUSTER/hostfile" --ssh "ssh -F $CLUSTER/ssh_config" "$@" \
      diffusivity "$PWD/rock.tif" --axis x --accuracy 1e-300 --max-iterations 100000000 --out "$PWD/endless"
  ) >.out 2>.err &
  pid=$!
  await '[ "$(grep -c iteration endless/progress.jsonl)" -ge 3 ]'
}
await() { # a condition, at most 60 s
  for _ in $(seq 600); do eval "$1" 2>/dev/null && return; sleep 0.1; done
  fail "waited in vain for: $1; $(cat .err)"
}
expect_end() { # exit code, most seconds
  since=$SECONDS
  wait "$pid"
  code=$? took=$((SECONDS - since)) err=$(cat .err) ran=lapilli-launch
  expect_code "$1"
  [ "$took" -le "$2" ] || fail "ended after $took s instead of $2: $err"
  printf 'ended after %s s\n' "$took"
}
