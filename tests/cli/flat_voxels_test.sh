# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Voxels that are no cubes: from the file or from --voxel, solved as such on any number of ranks, and said in all results.
. "$(dirname "$0")/lib.sh"

run "$LAPILLI" generate spheres --shape 24x40x48 --voxel x=2um,y=2um,z=4um --porosity 0.5 --radius 5 -o rock.tif --ranks 1
expect_code 0
python3 - <<'PY' || fail 'the words beside the image are wrong'
import json
made = json.load(open('rock.tif.json'))
assert made['image']['voxel_size_m'] == [4e-06, 2e-06, 2e-06], made
assert '--voxel x=2e-06m,y=2e-06m,z=4e-06m' in made['command'], made
PY

start_alone analyze rock.tif --blocks 0 --out by_file
expect_code 0
expect_contains stdout "$(tr -s ' \n' ' ' <.out)" 'voxel 2 µm x 2 µm x 4 µm (x, y, z) by the description; the image is 96 µm x 80 µm x 96 µm (z, y, x)'
case $out in *'voxel²'*) fail 'a table counts in voxels that are no cubes' ;; esac

# the same bits from the file and from --voxel, and on other numbers of ranks
for ranks in 1 3; do
  run "$LAPILLI" analyze rock.tif --voxel 2x2x4um --blocks 0 --out typed$ranks --ranks $ranks --quiet
  expect_code 0
done
start_alone analyze rock.tif --voxel 2um --blocks 0 --out cubes
expect_code 0
expect_contains stderr "$err" '--voxel says 2 µm, but rock.tif says 2 µm x 2 µm x 4 µm (x, y, z); cubes of 2 µm are taken, as was said'
python3 - <<'PY' || fail 'the results are wrong'
import json
file, one, three, cubes = (json.load(open(f'{name}/result.json')) for name in ('by_file', 'typed1', 'typed3', 'cubes'))
assert file['image']['voxel_size_m'] == [4e-06, 2e-06, 2e-06]
assert cubes['image']['voxel_size_m'] == 2e-06
assert file['result'] == one['result'] == three['result'], 'not the same bits'
assert file['summary'] == one['summary'] == three['summary'], 'not the same bits'
k, of_cubes = file['result']['permeability'], cubes['result']['permeability']
text = json.dumps(k)
assert k['voxel_units_note'], text
def numbers_in_voxels(value):
    return [name for name, v in value.items() if 'voxel2' in name and v is not None] + \
        sum((numbers_in_voxels(v) for v in value.values() if isinstance(v, dict)), [])
assert not numbers_in_voxels(k), numbers_in_voxels(k)
assert numbers_in_voxels(of_cubes)
assert k['x']['permeability_md'] != of_cubes['x']['permeability_md']
PY

# another shape of the voxels is another run
start_alone analyze rock.tif --voxel 2um --blocks 0 --out by_file
expect_code 2
expect_contains stderr "$err" 'voxel'

run "$LAPILLI" collect by_file cubes --out all.csv
expect_code 0
expect_contains stdout "$out" '2 µm x 2 µm x 4 µm (x, y, z)'
grep -q '"4e-06,2e-06,2e-06"' all.csv || fail "all.csv has no edges: $(cat all.csv)"

finish
