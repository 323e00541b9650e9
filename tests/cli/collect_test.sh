# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# The results of many runs become one table, whatever else lies in their folders.
. "$(dirname "$0")/lib.sh"

"$LAPILLI" generate spheres --size 24 --porosity 0.4 --seed 1 -o 'a,"1".tif' --ranks 1 >/dev/null || fail 'no image to test with'
measure() { # verb, folder, options
  start_alone "$1" 'a,"1".tif' --out "$2" --quiet "${@:3}"
  expect_code 0
}
measure analyze runs/rock2 --voxel 2um
measure diffusivity runs/rock10 --axis x,z
measure analyze runs/deep/tensor --voxel 2um --boundary periodic --blocks 0
measure percolation other/p
ln -s ../runs runs/deep/loop

# all digits of the results stand in the tables, and nothing that no run has
run "$LAPILLI" collect runs other -o table.csv -o table.json --json
expect_code 0
[ -z "$err" ] || fail "$ran: says $err"
cmp .out table.json || fail "$ran: prints another object than it writes"
python3 - <<'E2' || fail "$ran: the tables are not what the results say"
import csv, json
paths = ['runs/deep/tensor/result.json', 'runs/rock2/result.json', 'runs/rock10/result.json', 'other/p/result.json']
results = [json.load(open(path)) for path in paths]
table = json.load(open('table.json'))
assert table['schema'] == 1 and len(table['results']) == 4
for path, result, entry in zip(paths, results, table['results']):
    assert entry['path'] == path and entry['status'] == 'done'
    assert entry['program']['version'] == result['program']['version']
    assert entry['image'] == result['image'] and entry['result'] == result['result']
    assert entry['summary'] == result['summary']

rows = list(csv.DictReader(open('table.csv', newline='')))
assert [row['result_path'] for row in rows] == paths
for row, result in zip(rows, results):
    assert None not in row and None not in row.values(), 'a row of another length'
    assert row['image_path'] == 'a,"1".tif' and row['image_digest'] == result['image']['digest']
    assert row['program_version'] == result['program']['version'] and row['converged'] == 'true'
    assert [row[n + '_voxels'] for n in ('nz', 'ny', 'nx')] == ['24'] * 3
    assert float(row['porosity']) == result['result']['porosity']['total']
tensor, rock, plain, percolation = rows
assert [row['boundary'] for row in rows] == ['periodic', 'sealed', 'sealed', 'sealed']
assert [row['voxel_size_m'] for row in rows] == ['2e-06', '2e-06', '', '']
k, d = results[1]['result']['permeability'], results[1]['result']['diffusivity']
for axis in 'xyz':
    assert float(rock['permeability_md_' + axis]) == k[axis]['permeability_md']
    assert float(rock['permeability_solver_error_estimate_' + axis]) == k[axis]['solver_error_estimate']
    assert float(rock['permeability_corrected_md_' + axis]) == k[axis]['correction']['permeability_md_corrected']
    summary = results[1]['summary']['permeability'][axis]
    assert float(rock['permeability_summary_md_' + axis]) == summary['value_md'] == summary['value']
    assert float(rock['permeability_summary_solver_' + axis]) == summary['parts']['solver']
    assert rock['permeability_summary_sample_' + axis] == '' and rock['permeability_summary_made_by_' + axis] == 'two_grid'
    assert float(rock['diffusivity_relative_' + axis]) == d[axis]['relative']
    assert float(rock['diffusivity_relative_corrected_' + axis]) == d[axis]['correction']['relative_corrected']
    assert float(rock['tortuosity_' + axis]) == d[axis]['tortuosity'] and rock['diffusivity_converged_' + axis] == 'true'
    assert percolation['tortuosity_' + axis] == '' and percolation['percolates_' + axis] == 'true'
    assert tensor['diffusivity_relative_' + axis] == '' and tensor['diffusivity_correction_ratio_' + axis] == ''
    solve = results[0]['result']['diffusivity']['solves'][axis]
    assert float(tensor['diffusivity_solver_error_estimate_' + axis]) == solve['solver_error_estimate']
    assert float(tensor['formation_factor_' + axis]) == results[0]['result']['diffusivity']['formation_factor'][axis]
assert plain['diffusivity_relative_y'] == '' and plain['diffusivity_relative_x'] != '' and plain['permeability_md_x'] == ''
for i, row in enumerate('xyz'):
    for j in range(i, 3):
        entry = row + 'xyz'[j]
        assert float(tensor['permeability_md_' + entry]) == results[0]['result']['permeability']['tensor_md'][i][j]
        assert float(tensor['diffusivity_relative_' + entry]) == results[0]['result']['diffusivity']['tensor'][i][j]
        assert rock['diffusivity_relative_' + entry] == ''
assert 'conductivity' not in rock and 'crop' not in rock
E2

# for people: the same result is there once, whichever way it is named
run "$LAPILLI" collect runs/rock10 runs/rock10/result.json runs -o t.csv
expect_code 0
[ "$(grep -c 'runs/rock10$' .out)" = 1 ] || fail "$ran: rock10 is there more than once: $out"
[ "$(grep -o 'runs/[a-z0-9/]*$' .out | tr '\n' ' ')" = 'runs/rock10 runs/deep/tensor runs/rock2 ' ] || fail "$ran: another order: $out"
for part in 'k [mD]' tortuosity converged 'diagonals of their tensors' 'table in t.csv'; do expect_contains stdout "$out" "$part"; done

# under mpirun one process does it
run "$MPIEXEC" -np 2 "$LAPILLI" collect runs --json
expect_code 0
python3 -c 'import json; assert len(json.load(open(".out"))["results"]) == 3' || fail "$ran: not one object"

# what cannot be used is named and left out, and the rest is written
mkdir -p runs/bad1 runs/bad2 runs/bad3 runs/bad4
head -c 1000 runs/rock2/result.json >runs/bad1/result.json
sed 's/"schema": 1/"schema": 2/' runs/rock2/result.json >runs/bad2/result.json
sed 's/"status": "done"/"status": "planned"/' runs/rock2/result.json >runs/bad3/result.json
head -c 3000000 /dev/zero | tr '\0' '[' >runs/bad4/result.json
sed 's/"status": "done"/"status": "not converged"/' runs/rock2/result.json >flagged.json
run "$LAPILLI" collect runs flagged.json -o rest.csv
expect_code 1
for part in '1/result.json is damaged' '2/result.json has schema 2' '3/result.json is not' '4/result.json is damaged' flagged.json; do
  expect_contains stderr "$err" "$part"
done
[ "$(grep -c '^lapilli: warning: ' .err)" = 5 ] || fail "$ran: not one warning each: $err"
[ "$(wc -l <.err)" = 5 ] || fail "$ran: more than warnings: $err"
[ "$(wc -l <rest.csv)" = 5 ] || fail "$ran: not a head and four results: $(cat rest.csv)"
[ "$(grep -c '^flagged.json,false,' rest.csv)" = 1 ] || fail "$ran: not flagged as not converged"

# what is wrong is said, and nothing is written
mkdir empty
cp flagged.json kept.json
find . -mindepth 1 ! -name .out ! -name .err ! -name before | sort >before
refused() { # part of the sentence, arguments
  run "$LAPILLI" collect "${@:2}"
  expect_refusal 2 "$1"
}
refused 'no results are given'
refused 'missing' missing -o t2.csv
refused 'in empty' runs/rock2 empty -o t2.csv
refused 't2.txt' runs/rock2 -o t2.txt
refused 'name of a single result' runs -o runs/result.json
refused 'is one of the results' flagged.json -o flagged.json
refused 'did you mean --json?' runs --jsn
refused 'no option --ranks' runs --ranks 2
cmp flagged.json kept.json || fail 'a result was written over'
run "$LAPILLI" collect runs/bad1 runs/bad2
expect_code 2
expect_contains stderr "$err" 'there is no table'
[ ! -s .out ] || fail "$ran: printed $out"
find . -mindepth 1 ! -name .out ! -name .err ! -name before | sort | diff before - || fail 'a refused run left something behind'
finish
