# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Images that are one voxel deep: asked about where flow may mean two things, and solved in their plane.
. "$(dirname "$0")/lib.sh"

run "$LAPILLI" generate spheres --shape 150x20x140 --porosity 0.7 --radius 4 -o rock.tif --ranks 1
expect_code 0

start_alone permeability rock.tif --crop :,10:11,: --blocks 0
expect_code 2
expect_contains stderr "$err" 'one voxel deep along y, so flow in it may mean two things; expected --axis x,z'
start_alone analyze rock.tif --crop :,10:11,:
expect_code 2

start_alone permeability rock.tif --crop :,10:11,: --axis x,z --segmentation --out flow
expect_code 0
expect_contains stdout "$out" 'dimensions    2: one voxel deep along y, without walls above and below'
expect_contains stdout "$(tr -s ' \n' ' ' <.out)" 'no slip on the other two'
start_alone diffusivity rock.tif --crop :,10:11,: --out diffusion
expect_code 0
expect_contains stdout "$out" 'dimensions    2: one voxel deep along y'
python3 - <<'PY' || fail 'the results are wrong'
import json
flow, diffusion = (json.load(open(f'{name}/result.json'))['result'] for name in ('flow', 'diffusion'))
k, d = flow['permeability'], diffusion['diffusivity']
assert k['dimensions'] == 2 and 'y' not in k and 'y' not in d, (k, d)
for axis in 'xz':
    assert k[axis]['correction']['edge_voxels'] == 64 and k[axis]['correction']['segmentation'] > 0, k[axis]
    assert 0 < d[axis]['relative'] < 0.7, d[axis]
PY

# what is proposed works, and nothing is said of what lies across the plane
start_alone info rock.tif --crop :,10:11,:
expect_contains stdout "$out" ' rock.tif --crop :,10:11,: --axis x,z'
start_alone analyze rock.tif --crop :,10:11,: --axis x,z --plan
expect_code 0
start_alone network rock.tif --crop :,10:11,:
expect_code 0
case $out in *'axis'*'axis'*'
y '*) fail "$ran: a network across a plane: $out" ;; esac
expect_contains stderr "$err" 'the throats of the network are round tubes'
expect_contains stdout "$out" '
z '
start_alone pore-size rock.tif --crop :,10:11,:
expect_code 0
case $out in *'critical radius'*'
y '*) fail "$ran: sizes across a plane: $out" ;; esac

# a gap that is deeper has walls
start_alone permeability rock.tif --crop :,10:12,: --axis x --blocks 0 --json
expect_code 0
expect_contains stdout "$out" '"dimensions": 3'
finish
