# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# rev as people use it: the table, its files, the same on any number of ranks, what is refused, and that a run goes on.
. "$(dirname "$0")/lib.sh"

"$LAPILLI" generate blobs --size 96 --porosity 0.4 --seed 3 -o blobs.tif --ranks 1 >/dev/null || fail 'no image to test with'

run "$LAPILLI" rev blobs.tif --voxel 2um --axis z --out blobs.lapilli --ranks 2 --quiet
expect_code 0
expect_contains stdout "$out" '± 5 % from [µm]'
two=$out
for key in porosity specific_surface mean_radius; do
  [ "$(json blobs.lapilli/result.json result rev $key sizes edge_voxels)" = '[16, 32, 48]' ] || fail "$key: other cubes"
done
[ "$(json blobs.lapilli/result.json result rev permeability z sizes edge_voxels)" = '[32, 48]' ] || fail 'other cubes are solved'
[ "$(sed -n 1p blobs.lapilli/rev.csv)" = 'quantity,axis,edge_voxels,edge_m,cubes,mean,unit,spread' ] || fail 'another head of rev.csv'
grep -q '^permeability,z,48,9.6e-05,8,' blobs.lapilli/rev.csv || fail "not all cubes: $(cat blobs.lapilli/rev.csv)"

# The same on one rank, and without the solves.
run "$LAPILLI" rev blobs.tif --voxel 2um --axis z --out one.lapilli --ranks 1 --quiet
expect_code 0
[ "${out/one.lapilli/blobs.lapilli}" = "$two" ] || fail "another table on one rank: $out"
run "$LAPILLI" rev blobs.tif --solve none --json --quiet
expect_code 0
[ "$(printf %s "$out" | json /dev/stdin result rev porosity sizes spread)" = \
  "$(json blobs.lapilli/result.json result rev porosity sizes spread)" ] || fail 'another spread without the solves'

# What is there with its solves does not go for less.
run "$LAPILLI" rev blobs.tif --voxel 2um --axis z --solve none --out blobs.lapilli
expect_refusal 2 'of the rev'

# collect has its columns.
run "$LAPILLI" collect blobs.lapilli --out table.csv
expect_code 0
grep -q 'rev_porosity_image_error' table.csv || fail 'collect leaves it out'

"$LAPILLI" generate open --size 48 -o small.tif --ranks 1 >/dev/null
refuse 'expected 64 voxels or more along each axis' rev small.tif
refuse 'expected diffusivity, permeability, both with a comma between, or none' rev blobs.tif --solve flow
finish
