# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# What a run will take is known before it solves, and what does not fit is refused.
. "$(dirname "$0")/lib.sh"

"$LAPILLI" generate spheres --size 80 --porosity 0.35 --seed 1 -o open.tif --ranks 1 >/dev/null || fail 'no image to test with'
"$LAPILLI" generate spheres --size 88 --porosity 0.2 --seed 2 -o tight.tif --ranks 1 >/dev/null || fail 'no image to test with'

# The memory of a plan is at least what the run then takes, and at most 1.6 times that.
estimated() { # ranks, arguments
  run "$LAPILLI" "${@:2}" --ranks "$1" --json --quiet --plan
  expect_code 0
  cp .out plan.json
  run "$LAPILLI" "${@:2}" --ranks "$1" --json --quiet
  expect_code 0
  python3 - plan.json .out <<'PY' || fail "$ran: the plan is wrong"
import json, sys
plan, run = (json.load(open(path)) for path in sys.argv[1:])
promised, taken = plan['result']['plan']['memory_bytes'], run['memory']['total_bytes']
print(f'{promised / taken:.2f} of what was taken,', ' '.join(run['run']['command'].split()[1:]))
assert plan['status'] == 'planned' and 'diffusivity' not in plan['result'] and 'permeability' not in plan['result']
assert len(plan['result']['plan']['ranks']) == run['run']['ranks']
assert taken <= promised <= 1.6 * taken
PY
}
estimated 1 diffusivity open.tif --axis x
estimated 2 diffusivity tight.tif --axis z
estimated 1 diffusivity open.tif --boundary periodic
estimated 1 diffusivity open.tif --axis x --conductivity 0=1 --conductivity 1=0.1
estimated 1 permeability tight.tif --axis x --blocks 0
estimated 2 permeability open.tif --axis x --blocks 0
estimated 1 permeability open.tif --crop :,0:48,0:64 --axis x --blocks 0 --refine 2
estimated 1 permeability open.tif --axis x --blocks 0 --accuracy 1e-5

# A plan is a table for people, and writes nothing.
run "$LAPILLI" analyze open.tif --plan --ranks 2
expect_code 0
expect_contains stdout "$out" 'memory'
expect_contains stdout "$out" 'rank        bricks         pores      memory'
[ ! -e open.lapilli ] || fail 'a plan made a result folder'

# An image too large for any machine is refused before it is read, whoever starts the program; its file needs no room on the disk.
if truncate -s 2000000000000 huge.raw 2>/dev/null; then
  ulimit -S -t 30 # less is needed; else it would be read for an hour
  for start in start_alone start_itself start_by_mpirun; do
    $start diffusivity huge.raw --shape 20000x10000x10000 --type u8
    expect_refusal 2 '--force'
  done
  # What is cut out of it is read plane by plane.
  estimated 1 diffusivity huge.raw --shape 20000x10000x10000 --type u8 --crop 0:16,0:16,0:16
  python3 -c 'import json; assert json.load(open(".out"))["memory"]["total_bytes"] < 2e9' || fail 'a crop takes too much memory'
  rm huge.raw
fi
finish
