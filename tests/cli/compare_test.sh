# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Two results are compared number by number: what differs is named, and the exit code says whether it matters.
. "$(dirname "$0")/lib.sh"

"$LAPILLI" generate spheres --size 32 --porosity 0.4 --seed 1 -o rock.tif --ranks 1 >/dev/null || fail 'no image to test with'
measure() { # folder, options
  start_alone diffusivity rock.tif --axis x --blocks 0 --quiet --out "$@"
  expect_code 0
}
measure 'folder one' --voxel 2um
run "$LAPILLI" diffusivity rock.tif --axis x --blocks 0 --quiet --voxel 2um --out two --ranks 2
expect_code 0
measure fine --voxel 2um --accuracy 1e-8
measure other --voxel 3um
start_alone diffusivity rock.tif --blocks 0 --quiet --out both
expect_code 0
compare() { run "$LAPILLI" compare "$@"; }

# the same bits, whatever the ranks
compare 'folder one' two/result.json
expect_code 0
expect_contains stdout "$out" 'the same bits: all '
compare 'folder one' two --bits
expect_code 0
case $out in *ranks*) fail "$ran: says what is no result: $out" ;; esac
compare 'folder one' two --all
expect_code 0
for part in run/ranks timing/ 'the same bits'; do expect_contains stdout "$out" "$part"; done

# another accuracy: within what both solvers leave, but not within less
compare two fine
expect_code 0
expect_contains stdout "$out" 'equal within their errors'
expect_contains stdout "$out" result/diffusivity/x/tortuosity
case $out in *iterations*) fail "$ran: iterations are no result: $out" ;; esac
compare two fine --bits
expect_code 1
expect_contains stdout "$out" result/diffusivity/x/iterations
compare two fine --tolerance 1e-12
expect_code 1
expect_contains stdout "$out" different
compare two fine --tolerance 0.01 --tolerance tortuosity=1e-12 --json
expect_code 1
python3 - <<'END' || fail "$ran: $out"
import json
found = json.load(open('.out'))
assert not found['equal'] and not found['same_bits'] and found['values'] > found['values_with_same_bits'] > 10
verdicts = {one['place']: one for one in found['differences']}
assert verdicts['result/diffusivity/x/tortuosity']['verdict'] == 'apart'
value = verdicts['result/diffusivity/x/relative']
assert value['verdict'] == 'within tolerance' and value['allowed'] == 0.01 and 0 < value['relative'] < 1e-3
assert abs(value['a'] - value['b']) == value['difference']
assert any('iterations' in one['place'] for one in found['asides'])
END

# what they are of comes first, and what only one has
compare two other
expect_code 0
expect_contains stdout "$out" 'the voxel size [m] is 2e-06 in A and 3e-06 in B'
compare two other --bits
expect_code 1
compare two both
expect_code 1
expect_contains stdout "$out" 'only B has '

# wrong use
refused() { # part of the sentence, arguments
  compare "${@:2}"
  expect_refusal 2 "$1"
}
refused 'two results are compared' two
refused 'missing' two missing
refused 'has 5 results' . two
refused 'did you mean tortuosity?' two fine --tolerance tortuousity=1
refused 'is not a tolerance' two fine --tolerance=-1
refused '--tolerance' two fine --tolerance much
refused 'leave one out' two fine --bits --tolerance 1
refused 'one too many' two fine other
head -c 300 two/result.json >cut.json
refused 'cut.json is damaged' two cut.json
finish
