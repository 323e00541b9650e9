# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# An image goes through every format that is written and loses nothing; what is done on the way is what the options say.
. "$(dirname "$0")/lib.sh"

# All files of a folder as one text; of a file its bytes.
bytes_of() { find "$1" -type f | sort | while read -r file; do echo "${file#"$1"}"; cat "$file"; done; }

run "$LAPILLI" generate spheres --ranks 1 --shape 36x24x28 --radius 5 --porosity 0.5 --seed 3 --voxel x=2um,y=2um,z=4um -o rock.tif
expect_code 0

# the same bytes on any number of ranks, and the voxel size in what says it
for ending in tif raw h5 mha nrrd npy vti zarr; do
  for ranks in 1 3; do
    run "$LAPILLI" convert rock.tif "$ranks.$ending" --ranks $ranks --as u16
    expect_code 0
    expect_silence
    expect_contains stdout "$out" 'u16, 36 x 24 x 28 voxels (z, y, x) of 2 µm x 2 µm x 4 µm (x, y, z)'
    expect_contains stdout "$out" "go on with: lapilli info $ranks.$ending"
  done
  [ "$(bytes_of 3.$ending | sed 's/"name": "[0-9]"//' | cksum)" = "$(bytes_of 1.$ending | sed 's/"name": "[0-9]"//' | cksum)" ] ||
    fail "$ending has other bytes on 3 ranks"
  case $ending in raw | npy) [ -f 1.$ending.json ] ;; *) [ ! -e 1.$ending.json ] ;; esac || fail "a record beside 1.$ending"
done

# through formats and back, nothing is lost
start_alone info rock.tif --json
cp .out rock.json
before=rock.tif
for step in step.raw step.h5 step.mha step.nrrd step.npy step.vti step.zarr step.tif; do
  start_alone convert $before $step --as f64
  expect_code 0
  before=$step
  start_alone info $step --json
  expect_code 0
  [ "$(json .out image digest)" = "$(json rock.json image digest)" ] || fail "other labels in $step"
  [ "$(json .out image voxel_size_m)" = "$(json rock.json image voxel_size_m)" ] || fail "another voxel size in $step"
done

# what is done on the way, in the order that the help has, whatever is typed first
start_by_mpirun convert rock.tif part.raw --pad 1:7 --rotate90 z --permute xyz --mirror y --downsample 2 --relabel 0=1,1=0 \
  --crop 0:33,:,4:28 --as i16
expect_code 0
expect_contains stderr "$err" 'leaves out'
expect_contains stdout "$out" 'raw i16, 14 x 18 x 14 voxels (z, y, x) of 4 µm x 8 µm x 4 µm (x, y, z)'
expect_contains stdout "$out" 'its shape, type and voxel size: part.raw.json'
start_alone convert rock.tif one.h5 --crop 0:32,:,4:28
for change in '--relabel 0=1,1=0' '--downsample 2' '--mirror y' '--permute xyz' '--rotate90 z' '--pad 1:7'; do
  start_alone convert one.h5 two.h5 $change
  expect_code 0
  mv two.h5 one.h5
done
start_alone info one.h5 --json
cp .out one.json
start_alone info part.raw --json
[ "$(json .out image digest)" = "$(json one.json image digest)" ] || fail 'changes at once are not those one after the other'
[ "$(json .out image voxel_size_m)" = "$(json one.json image voxel_size_m)" ] || fail 'the voxel size differs'

# a case file, grey means, and a stream
printf 'image = "rock.tif"\nout = "small.tif"\ndownsample = "2:mean"\nas = "f32"\n' >case.toml
start_alone convert case.toml
expect_code 0
gzip -k part.raw
cp part.raw.json part.raw.gz.json
start_itself convert part.raw.gz stream.tif
expect_code 0
start_alone info stream.tif --json
[ "$(json .out image digest)" = "$(json one.json image digest)" ] || fail 'a stream is read otherwise'

# names that are taken, and replaced
refuse 'rock.tif is there already' convert one.h5 rock.tif
refuse '1.zarr is there already' convert rock.tif 1.zarr
touch taken.raw.json
refuse 'taken.raw.json is there already' convert rock.tif taken.raw
for name in 1.zarr 1.zarr/ 1.raw; do
  start_alone convert rock.tif $name --force
  expect_code 0
done
mkdir thesis.zarr
refuse 'a folder stands there that has no .zgroup' convert rock.tif thesis.zarr --force

# what makes no sense
refuse 'no OUT is given' convert rock.tif
refuse 'no IMAGE is given' convert -o a.raw
refuse 'name it .tif, .raw, .h5, .mha, .nrrd, .npy, .vti, .zarr' convert rock.tif a.png
refuse 'is one too many' convert rock.tif a.raw b.raw
refuse '--downsample: ' convert rock.tif a.raw --downsample 2:median
refuse 'there are 24 voxels along y' convert rock.tif a.raw --downsample 30
refuse '--permute: ' convert rock.tif a.raw --permute xxz
refuse '--rotate90: ' convert rock.tif a.raw --rotate90 z:4
refuse '--pad: ' convert rock.tif a.raw --pad 1:2:3
refuse 'correct the shape' convert rock.tif a.raw --pad 2000000000
refuse 'to convert this image needs' convert rock.tif a.raw --pad 100000 --ranks 1
refuse 'gives the label 0 two new ones' convert rock.tif a.raw --relabel 0=1,0=2
refuse 'no voxel of type u8 is 300' convert rock.tif a.raw --relabel 300=1
refuse 'no voxel of type u8 can be 300' convert rock.tif a.raw --relabel 0=300
refuse 'but no voxel of type u8 can be' convert small.tif a.raw --as u8
[ -z "$(find . -name 'a.raw*' -o -name '*.tmp-*')" ] || fail 'what was refused left files'
finish
