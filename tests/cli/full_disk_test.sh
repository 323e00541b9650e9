# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# A disk that is full takes no result away from the screen, and gets nothing half written. Only root can make such a disk.
. "$(dirname "$0")/lib.sh"

"$LAPILLI" generate spheres --size 48 --porosity 0.4 --seed 1 -o rock.tif --ranks 1 >/dev/null || fail 'no image to test with'
run "$LAPILLI" diffusivity rock.tif --axis x --blocks 0 --ranks 1
expect_code 0
table=$(grep '^x ' .out)

# A plan of what does not fit is a plan all the same. The limit stands for a machine with little memory.
"$LAPILLI" generate open --size 160 -o open.tif --ranks 1 >/dev/null || fail 'no open image to test with'
if command -v prlimit >/dev/null && [ -w /sys/fs/cgroup/cgroup.procs ] && mkdir "/sys/fs/cgroup/lapilli.$$" 2>/dev/null; then
  group=/sys/fs/cgroup/lapilli.$$
  if echo 300M >$group/memory.max 2>/dev/null; then
    for flag in '' --force; do
      run bash -c 'echo $$ >"$1/cgroup.procs"; shift; exec "$@"' - $group "$LAPILLI" analyze open.tif --plan --ranks 1 --quiet $flag
      expect_code $([ -z "$flag" ] && echo 2 || echo 0)
      expect_contains stdout "$out" 'nothing was solved: --plan'
      [ -n "$flag" ] || expect_contains stderr "$err" 'to solve this needs'
    done
  fi
  rmdir $group
fi

mkdir disk
if ! mount -t tmpfs -o size=1500k none disk 2>/dev/null; then
  [ "$failures" -eq 0 ] || finish
  echo 'skipped: only root can make a full disk'
  exit 77
fi
trap 'umount disk' EXIT

shown() { # part of the last sentence: the results are there, the exit code is 1
  expect_code 1
  [ "$(grep '^x ' .out)" = "$table" ] || fail "$ran: shows other results: $out"
  expect_contains stderr "$(said .err | tail -n 1)" "$1"
  case $(said .err | tail -n 1) in 'lapilli: error: '*) ;; *) fail "$ran: ends with $err" ;; esac
}
nothing_half() { [ -z "$(find disk -name '*.tmp-*')" ] || fail "$ran: left $(find disk -name '*.tmp-*')"; }

# Fields that do not fit are known before the solve; everything else is done.
for ranks in 1 2; do
  run "$LAPILLI" permeability rock.tif --axis x --blocks 0 --fields --out disk/flow --ranks $ranks
  expect_code 1
  expect_contains stderr "$(said .err | sed -n 1p)" 'lapilli: warning: the fields need'
  expect_contains stdout "$out" 'results in disk/flow'
  [ "$(json disk/flow/result.json status)" = done ] || fail "$ran: not done"
  expect_contains result.json "$(json disk/flow/result.json warnings)" 'the fields need'
  [ ! -e disk/flow/fields.h5 ] || fail "$ran: half of the fields are there"
  nothing_half
done

# The rest of the disk is filled while nothing is there, and while a folder of results is.
run "$LAPILLI" diffusivity rock.tif --axis x --blocks 0 --out disk/out --ranks 1 --quiet
expect_code 0
before=$(cksum <disk/out/result.json)
dd if=/dev/zero of=disk/rest bs=4k 2>/dev/null
for folder in disk/out disk/new; do
  for ranks in 1 2; do
    run "$LAPILLI" diffusivity rock.tif --axis x --blocks 0 --out $folder --ranks $ranks
    shown 'No space left on device'
    run "$LAPILLI" diffusivity rock.tif --axis x --blocks 0 --fields --replace --out $folder --ranks $ranks
    expect_code 1
    expect_contains stdout "$out" '0.1'
    expect_contains stderr "$err" 'No space left on device'
    nothing_half
  done
done
run env LAPILLI_RUN=1 "$LAPILLI" diffusivity rock.tif --axis x --out disk/new --ranks 1 # lapilli-launch tries again by itself
expect_code 1
expect_contains stderr "$err" 'error: cannot write disk/new/lease: No space left on device'
[ "$(cksum <disk/out/result.json)" = "$before" ] || fail 'an older result was damaged'

# What generate and collect cannot write they say, and leave nothing.
for name in made.tif made.raw made.h5; do
  run "$LAPILLI" generate blobs --size 64 --porosity 0.4 --seed 1 -o disk/$name --ranks 2
  expect_refusal 1 'No space left on device'
  [ -z "$(find disk -name 'made*')" ] || fail "$ran: left $(find disk -name 'made*')"
done
run "$LAPILLI" collect disk/out -o disk/table.csv
expect_code 1
expect_contains stderr "$err" 'No space left on device'
expect_contains stdout "$out" 'rock.tif'
[ ! -e disk/table.csv ] || fail 'half a table is there'
finish
