# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Labels of a grey scan: in a file and in passing they are the same; the record says how; what does not go together is refused.
. "$(dirname "$0")/lib.sh"

python3 - <<'PY'
import math, random, struct
random.seed(8)
n = (20, 40, 40)
balls = [[random.uniform(0, extent) for extent in n] for _ in range(90)]
def grey(z, y, x):
    if math.hypot(x - 19.5, y - 19.5) > 18: return 500 + random.gauss(0, 100)
    pore = any((z - c) ** 2 + (y - b) ** 2 + (x - a) ** 2 < 25 for c, b, a in balls)
    return (20000 if pore else 30000) + random.gauss(0, 2500)
values = [max(0, round(grey(z, y, x))) for z in range(n[0]) for y in range(n[1]) for x in range(n[2])]
open('scan.raw', 'wb').write(struct.pack(f'<{len(values)}H', *values))
open('floats.raw', 'wb').write(struct.pack(f'<{len(values)}f', *(v / 65536 for v in values)))
open('one.raw', 'wb').write(b'\7' * 64)
spread = [(i % 1000) / 1000 for i in range(32000)]
write = lambda name, kind, voxels: open(name, 'wb').write(struct.pack(f'<{len(voxels)}{kind}', *voxels))
write('far.raw', 'f', [1e6] + spread[1:])
write('flat.raw', 'f', [0.25] * 64)
write('holes.raw', 'f', [float('nan'), float('inf')] + spread[2:64])
write('point.raw', 'd', [2.5])
PY
raw='--shape 20x40x40 --type u16'
core='--cylinder 20,20,18'

# the same bytes of one rank and of two, and the record beside them
start_alone segment scan.raw $raw $core -o labels.tif --voxel 2um
expect_code 0
expect_contains stdout "$out" 'threshold     2'
expect_contains stdout "$out" '0  pores'
expect_contains stdout "$out" 'next          lapilli analyze labels.tif --outside 255'
[ "$(json labels.tif.json kind)" = segmentation ] || fail 'the record is of another kind'
[ "$(json labels.tif.json segmentation recipe denoise)" = median7 ] || fail 'the record has another filter'
[ "$(json labels.tif.json image labels | grep -c "'255'")" = 1 ] || fail 'nothing is outside'
cp labels.tif alone.tif
start_itself segment scan.raw $raw $core -o labels.tif --voxel 2um --force
expect_code 0
cmp alone.tif labels.tif || fail "$ran: other labels than one rank made"
start_alone segment scan.raw $raw -o labels.tif
expect_refusal 2 'labels.tif is there already'
start_alone segment scan.raw $raw -o labels.png
expect_refusal 2 '.png'
[ ! -e labels.png.json ] || fail 'a refused run left a record behind'

# in passing they are the same image, and what is outside does not count
start_alone porosity labels.tif --outside 255 --out file
expect_code 0
start_itself porosity scan.raw $raw $core --segment --voxel 2um --out passing
expect_code 0
expect_contains stdout "$out" 'times the noise'
python3 - <<'PY' || fail 'the labels in a file and in passing differ'
import json
made, file, passing = (json.load(open(p)) for p in ('labels.tif.json', 'file/result.json', 'passing/result.json'))
assert file['image']['digest'] == passing['image']['digest']
assert file['image']['labels'] == passing['image']['labels'] == made['image']['labels']
assert file['result']['porosity']['total'] == passing['result']['porosity']['total'] == made['image']['porosity']
assert passing['image']['outside'] == file['image']['outside'] == 255
s = passing['image']['segmentation']
assert s == made['segmentation']
assert sum(s['histogram']['voxels']) + s['outside_voxels'] == 32000 and len(s['histogram']['voxels']) <= 256
assert 22000 < s['thresholds'][0] < 28000 and abs(s['noise'] / 2500 - 1) < 0.15
assert 0 < s['porosity_change'] < 0.05, s
PY

# what goes through a core is related to its own cross-section
start_alone diffusivity labels.tif --outside 255 --axis z --blocks 0 --out core
start_alone diffusivity labels.tif --axis z --blocks 0 --out box
python3 - <<'PY' || fail 'the cross-section of the core does not count for itself'
import json
core, box = (json.load(open(f'{p}/result.json')) for p in ('core', 'box'))
share = 1 - core['image']['labels']['255'] / 32000
of = lambda run: run['result']['diffusivity']['z']['relative']
assert abs(of(core) * share / of(box) - 1) < 1e-12, (of(core), of(box), share)
PY

# sizes, chords and correlation are of the core alone, from a file and in passing, on any number of ranks
start_alone pore-size labels.tif --outside 255 --out core_sizes
expect_code 0
case $err in *outside*) fail "$ran: a warning of what is outside" ;; esac
start_itself pore-size scan.raw $raw $core --segment --voxel 2um --out passing_sizes
expect_code 0
start_alone pore-size labels.tif --outside 255 --of solid --out grains_sizes
expect_code 0
start_alone pore-size labels.tif --out box_sizes
start_itself analyze labels.tif --outside 255 --axis z --blocks 0 --force --out page
expect_code 0
python3 - <<'PY' || fail 'sizes are not those of the core'
import json
core, passing, grains, box = (json.load(open(f'{p}_sizes/result.json')) for p in ('core', 'passing', 'grains', 'box'))
of = lambda run: run['result']['pore_size']
assert of(core) == of(passing)
porosity = core['result']['porosity']['total']
assert abs(of(core)['x']['two_point']['share'][0] - porosity) < 1e-14
assert abs(of(grains)['x']['two_point']['share'][0] - (1 - porosity)) < 1e-14
assert of(core)['x']['chords']['cut'] > of(box)['x']['chords']['cut']
assert of(core)['mean_radius_voxels'] > of(box)['mean_radius_voxels'] # its edge is no wall
surfaces = of(core)['specific_surface_per_voxel'], of(grains)['specific_surface_per_voxel']
assert abs(surfaces[0] / surfaces[1] - 1) < 1e-12, surfaces
pictures = json.load(open('page/pictures.json'))['pictures']['image']
assert pictures['profile']['x'][0] is None and abs(sum(pictures['profile']['z']) / 20 - porosity) < 1e-12
PY

# sure by thresholds a step away, on blocks
start_alone diffusivity scan.raw $raw --crop :,8:28,8:28 --segment --blocks 1 --segmentation --axis z --out sure
expect_code 0

# floats are read as well, and refused without --segment
start_alone porosity floats.raw --shape 20x40x40 --type f32 $core --segment --out floats
expect_code 0
python3 -c "
import json
a, b = (json.load(open(f'{p}/result.json'))['result']['porosity']['total'] for p in ('floats', 'passing'))
assert abs(a / b - 1) < 2e-3, (a, b)" || fail 'floats give another porosity'
start_alone porosity floats.raw --shape 20x40x40 --type f32
expect_refusal 2 'add --segment'

# a threshold of labels stays one, in whatever order
printf 'threshold = 25000\nsegment = true\nimage = "scan.raw"\nshape = "20x40x40"\ntype = "u16"\ncylinder = [20, 20, 18]\n' >case.toml
start_alone porosity case.toml --out case
expect_code 0
[ "$(json case/result.json image segmentation thresholds 0)" = 25000.0 ] || fail 'the threshold of the case is another'

for options in '--denoise gauss' '--threshold otsu' '--threshold 90,180' '--watershed' '--cylinder auto'; do
  start_alone porosity scan.raw $raw $options
  expect_refusal 2 'add --segment'
done
start_alone permeability labels.tif --axis z --blocks 0 --out core
expect_refusal 2 '--outside is 255 there and not given here'
for whole in 'diffusivity labels.tif --boundary periodic' 'rev labels.tif'; do
  start_alone $whole --outside 255
  expect_refusal 2 'is of a whole image, and --outside leaves a part of it out'
done
start_alone porosity labels.tif --outside 255 --pore 0,255
expect_refusal 2 'label 255 is outside the sample'
start_alone porosity labels.tif --outside 77
expect_contains stderr "$err" 'has label 77, so nothing of it is outside the sample'
start_alone porosity scan.raw $raw --segment --outside 3
expect_refusal 2 '--segment makes the labels'
for options in '--threshold multi-otsu:1' '--threshold 5,5' '--threshold hysteresis:9' '--denoise blur' '--islands -1' '--cylinder 3,4'; do
  start_alone segment scan.raw $raw $options -o no.tif
  expect_refusal 2 'expected'
done
start_alone segment scan.raw $raw --watershed --threshold hysteresis:9,10 -o no.tif
expect_refusal 2 'expected one of them'
start_alone segment one.raw --shape 4x4x4 --type u8 -o no.tif
expect_refusal 2 'too few for 2 classes'
start_alone segment scan.raw $raw --cylinder 500,500,3 -o no.tif
expect_refusal 2 'no voxel is inside the cylinder'

# one value far from all others: what is given is taken to the last bit, and what is found is found among the others
for start in start_alone start_itself; do
  $start segment far.raw --shape 20x40x40 --type f32 --threshold 0.3 --denoise none --islands 0 -o far.tif --force
  expect_code 0
  [ "$(json far.tif.json image porosity)" = 0.29996875 ] || fail "$ran: another porosity: $(json far.tif.json image porosity)"
done
start_alone segment far.raw --shape 20x40x40 --type f32 --denoise none --islands 0 -o far.tif --force
python3 -c "
import json
assert abs(json.load(open('far.tif.json'))['segmentation']['thresholds'][0] - 0.5) < 0.01" || fail 'the far value moves the threshold'
start_alone porosity scan.raw $raw --segment --threshold 99999
expect_contains stderr "$err" 'no voxel is at or above the threshold 99999: the grey values are from '
start_alone segment scan.raw $raw --threshold -5 -o far.tif --force
expect_contains stderr "$err" 'no voxel is below the threshold -5'

# pores are the labels that are named
start_alone porosity scan.raw $raw --segment --pore 1
expect_contains stdout "$out" '1  pores'
case $out in *'0  pores'*) fail "$ran: takes label 0 for pores: $out" ;; esac

# what is neither label nor grey image is described, by its own digest
for start in start_alone start_itself; do
  $start info flat.raw --shape 4x4x4 --type f32
  expect_code 0
  expect_contains stdout "$out" 'values        f32, all 0.25'
  $start info holes.raw --shape 4x4x4 --type f32
  expect_code 0
  expect_contains stdout "$out" 'values        f32 from 0.002 to 0.063'
  expect_contains stdout "$out" '; 2 voxels are infinite or no number'
  $start info point.raw --shape 1x1x1 --type f64
  expect_code 0
  expect_contains stdout "$out" 'values        f64, all 2.5'
done
digest() { "$LAPILLI" info "$1" --shape 20x40x40 --type f32 --ranks 1 | sed -n 's/^digest *//p'; }
[ -n "$(digest far.raw)" ] && [ "$(digest far.raw)" != "$(digest floats.raw)" ] || fail "the digest of floats is not theirs"
start_alone info floats.raw --shape 20x40x40 --type f32
expect_contains stdout "$out" 'threshold     0.'
start_alone porosity holes.raw --shape 4x4x4 --type f32
expect_refusal 2 'leave it out with --crop'
start_alone convert point.raw point.tif --shape 1x1x1 --type f64 --as u8
expect_code 2
expect_contains stderr "$err" 'such as f64, or leave it out with --crop'
[ ! -e no.tif ] && [ ! -e no.tif.json ] || fail 'a refused run left files behind'
finish
