# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# pore-size and drainage as people use them: tables, files, what is refused.
. "$(dirname "$0")/lib.sh"

# A tube of radius 5 in a block of solid.
"$LAPILLI" generate tube --size 24 --radius 5 -o tube.tif --ranks 1 >/dev/null || fail 'no image to test with'

run "$LAPILLI" pore-size tube.tif --voxel 2um --out tube.lapilli
expect_code 0
expect_contains stdout "$out" 'pore radius'
expect_contains stdout "$out" 'critical radius [µm]'
[ "$(sed -n 1p tube.lapilli/pore_size.csv)" = 'radius_voxels,radius_m,voxels,cumulative' ] || fail 'another head of pore_size.csv'
[ "$(tail -n 1 tube.lapilli/pore_size.csv | cut -d , -f 4)" = 1 ] || fail 'the radii are not those of all pores'
z=$(json tube.lapilli/result.json result pore_size z critical_radius_voxels)
[ "$z" = "$(json tube.lapilli/result.json result pore_size largest_radius_voxels)" ] || fail "the tube is not open: $z"
[ "$(json tube.lapilli/result.json result pore_size x critical_radius_voxels)" = 0.0 ] || fail 'there is a way through the wall'
python3 - "$z" <<'END' || fail "a tube of radius 5 drains at the radius $z"
import sys
assert 4 <= float(sys.argv[1]) < 6
END

# drainage adds to the same folder, and so does another run; other settings are refused.
run "$LAPILLI" drainage tube.tif --voxel 2um --axis z --out tube.lapilli
expect_code 0
expect_contains stdout "$out" 'drainage by oil-water'
[ "$(json tube.lapilli/result.json result drainage z breakthrough_radius_voxels)" = "$z" ] || fail 'the tube drains at another radius'
[ "$(json tube.lapilli/result.json result pore_size of)" = pores ] || fail 'the pore sizes are gone'
grep -q '^z,' tube.lapilli/drainage.csv || fail 'no curve in drainage.csv'
run "$LAPILLI" drainage tube.tif --voxel 2um --axis z --from upper --out tube.lapilli
expect_code 2
expect_contains stderr "$err" '--from is "lower" there and "upper" here of the drainage'
run "$LAPILLI" drainage tube.tif --voxel 2um --mercury --json
expect_code 0
[ "$(printf %s "$out" | json /dev/stdin result drainage fluids name)" = mercury-air ] || fail 'mercury is another fluid'

# The same on any number of ranks.
for verb in pore-size drainage; do
  run "$LAPILLI" $verb tube.tif --ranks 1
  one=$out
  run "$LAPILLI" $verb tube.tif --ranks 3
  [ "$out" = "$one" ] || fail "$verb: another table on three ranks"
done

# Both fluids conduct the less the less there is of them, and together less than dry pores.
"$LAPILLI" generate blobs --size 32 --porosity 0.6 --seed 2 -o blobs.tif --ranks 1 >/dev/null
run "$LAPILLI" drainage blobs.tif --axis z --relative 3 --fields --out relative.lapilli --ranks 2
expect_code 0
expect_contains stdout "$out" 'radius [voxels] along z'
python3 - <<'END' || fail "relative transport: $(cat relative.lapilli/relative.csv)"
import csv
lines = list(csv.DictReader(open('relative.lapilli/relative.csv')))
assert len(lines) >= 2, 'too few lines'
last = dict.fromkeys(('diffusivity', 'permeability'), 0)
for line in lines:
    for what in last:
        mine, rest = (float(line[f'{what}_{fluid}']) for fluid in ('non_wetting', 'wetting'))
        assert last[what] <= mine <= 1 and 0 <= rest < 1 and mine + rest < 1.001, line
        last[what] = mine
END
refuse_relative() { run "$LAPILLI" drainage tube.tif --relative 2 "$@"; expect_code 2; expect_contains stderr "$err" 'leave one of them out'; }
refuse_relative --mercury
refuse_relative --boundary periodic

# Distances, radii and the radius of invasion are fields.
run "$LAPILLI" pore-size tube.tif --fields --out sizes.lapilli --ranks 2
expect_code 0
for field in distance thickness; do
  grep -q "Name=\"$field\"" sizes.lapilli/fields.xdmf || fail "no field $field"
done
grep -q 'Name="invaded_radius_z"' relative.lapilli/fields.xdmf || fail 'no radius of invasion'

# Grains, conventions, and what cannot be.
run "$LAPILLI" pore-size tube.tif --of solid --convention imagej
expect_code 0
expect_contains stdout "$out" 'grain radius'
expect_contains stdout "$out" 'by the convention of imagej'
"$LAPILLI" generate open --size 8 -o open.tif --ranks 1 >/dev/null
run "$LAPILLI" pore-size open.tif
expect_code 0
expect_contains stderr "$err" 'the image is all pores, so that no ball ever ends'
refuse 'expected edges whose squares are in ratios of whole numbers' pore-size tube.tif --voxel 1um,1um,2.1um
refuse 'expected mercury-air, oil-water, air-water' drainage tube.tif --fluids beer
refuse 'expected mercury-air, oil-water, air-water' drainage tube.tif --fluids 0.03,90
refuse 'leave one of them out' drainage tube.tif --mercury --boundary periodic
refuse 'expected lower or upper' drainage tube.tif --from above
refuse 'expected lapilli, porespy or imagej' pore-size tube.tif --convention openpnm
refuse 'leave one of them out' drainage tube.tif --from x- --axis z
refuse 'expected other faces in --to than in --from' drainage tube.tif --from x- --to x-

# Surfaces between labels.
run "$LAPILLI" interfaces tube.tif --voxel 2um
expect_code 0
expect_contains stdout "$out" '0 | 1'
refuse 'here is one' interfaces tube.tif --labels 0
refuse 'name some of these with --labels' interfaces tube.tif --labels 0,7
mkdir mine && echo 'my,own,table' >mine/drainage.csv
refuse 'mine/drainage.csv was not written by lapilli' drainage tube.tif --out mine
[ "$(cat mine/drainage.csv)" = my,own,table ] || fail 'a file of others was lost'
finish
