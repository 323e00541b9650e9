# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# A run that started itself can be stopped: all its processes end, soon, and the exit code says why.
. "$(dirname "$0")/lib.sh"

cp "$LAPILLI" lapilli-stopped # a name of its own, to find its processes by
"$LAPILLI" generate blobs --size 240 --porosity 0.5 --seed 1 -o rock.tif >/dev/null || fail 'no image to test with'

ranks_of() { # the ranks that stand two levels below a process, by mpirun
  for launcher in $(pgrep -P "$1"); do pgrep -P "$launcher" -f lapilli-stopped; done
}

# Starts a run that would take long, and waits until its two ranks are there: $parent, $ranks.
start_long_run() {
  set -m # as from a terminal: a shell in a script would have it ignore SIGINT
  ./lapilli-stopped diffusivity rock.tif --accuracy 1e-300 --max-iterations 100000000 --ranks 2 >.out 2>.err &
  parent=$!
  set +m
  for _ in $(seq 600); do
    ranks=$(ranks_of "$parent")
    [ "$(printf '%s\n' $ranks | wc -l)" -eq 2 ] && break
    sleep 0.05
  done
  [ "$(printf '%s\n' $ranks | wc -l)" -eq 2 ] || fail "no two ranks, but: $ranks"
  sleep 0.5
}

# A process that has ended is listed until its parent asks for it, which the first process of a container may never do.
runs() { grep -qs '^State:[[:space:]]*[^ZX[:space:]]' "/proc/$1/status"; }

expect_all_gone() { # what was done
  for _ in $(seq 100); do
    left=$(for rank in $ranks; do runs "$rank" && echo "$rank"; done)
    [ -z "$left" ] && return
    sleep 0.1
  done
  fail "$1: processes are left: $left"
  kill -9 $left
}

for case in INT:130 TERM:143 HUP:129; do
  signal=${case%:*}
  start_long_run
  kill -"$signal" "$parent"
  wait "$parent"
  code=$?
  [ "$code" -eq "${case#*:}" ] || fail "SIG$signal: exit code $code instead of ${case#*:}"
  [ -z "$(said .err)" ] || fail "SIG$signal: says $(said .err)"
  expect_all_gone "SIG$signal"
done

# What a verb has begun to write is gone with it, whether that is a file or a folder.
expect_nothing_half() { # words of the command
  for case in INT:2 TERM:1; do
    signal=${case%:*}
    set -m
    ./lapilli-stopped "$@" --ranks "${case#*:}" >.out 2>.err &
    parent=$!
    set +m
    for _ in $(seq 600); do
      [ -n "$(find . -name 'half*.tmp-*')" ] && break
      sleep 0.02
    done
    kill -"$signal" "$parent"
    wait "$parent"
    code=$?
    [ "$code" -ge 129 ] || fail "SIG$signal: $* had ended before with $code, says $(cat .err)"
    for _ in $(seq 50); do
      [ -z "$(find . -name 'half*')" ] && break
      sleep 0.1
    done
    [ -z "$(find . -name 'half*')" ] || fail "SIG$signal: $* left $(find . -name 'half*')"
    rm -rf half*
  done
}
expect_nothing_half generate blobs --size 400 --porosity 0.5 --seed 1 -o half.tif
expect_nothing_half generate blobs --size 400 --porosity 0.5 --seed 1 -o half.zarr
expect_nothing_half segment rock.tif --denoise non-local-means -o half.tif
expect_nothing_half convert rock.tif half.zarr --pad 200

# A rank that is killed, as by the kernel when memory runs out.
start_long_run
kill -9 ${ranks##*[[:space:]]}
wait "$parent"
code=$?
[ "$code" -eq 1 ] || fail "a killed rank: exit code $code instead of 1"
grep -q '^lapilli: error: .*signal 9' .err || fail "a killed rank: says $(cat .err)"
expect_all_gone 'a killed rank'

# The starting process is killed itself.
start_long_run
kill -9 "$parent"
wait "$parent" 2>/dev/null
expect_all_gone 'a killed start'
finish
