# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# What cannot be done is refused with one sentence, whoever starts the program, and leaves nothing behind.
. "$(dirname "$0")/lib.sh"

"$LAPILLI" generate spheres --size 24 --porosity 0.4 --seed 1 -o good.tif --ranks 1 >/dev/null || fail 'no image to test with'
head -c 13824 /dev/zero >good.raw
head -c 13823 /dev/zero >truncated.raw
printf 'II*\0 this is not the rest of a TIFF' >broken.tif
head -c 600 good.tif >truncated.tif
printf '\037\213 this is not the rest of a gzip' >broken.raw.gz
: >empty.raw
mkdir folder.tif
find . -mindepth 1 ! -name .out ! -name .err ! -name before | sort >before

# On one rank, and on two: of its own making and under mpirun in turn.
turn=0
refused() { # part of the sentence, arguments
  sentence=$1
  shift
  starts=(start_itself start_by_mpirun)
  for start in start_alone "${starts[turn++ % 2]}"; do
    $start "$@"
    expect_refusal 2 "$sentence"
  done
}

raw='--shape 24x24x24 --type u8'
refused 'missing.tif' info missing.tif
refused 'missing.tif' diffusivity missing.tif --json
refused 'folder.tif' info folder.tif
refused 'truncated.raw' info truncated.raw $raw
refused 'truncated.raw' analyze truncated.raw $raw --out result
refused 'good.raw' diffusivity good.raw --shape 25x24x24 --type u8
refused '--shape' info good.raw
refused 'empty.raw' info empty.raw $raw
refused 'broken.tif' info broken.tif
refused 'truncated.tif' analyze truncated.tif --out result
refused 'broken.raw.gz' info broken.raw.gz $raw
refused '0um' analyze good.tif --voxel 0um --out result
refused 'nan' analyze good.tif --voxel nan --out result
refused 'nan' analyze good.tif --voxel nanum --out result
refused 'inf' analyze good.tif --voxel infm --out result
refused "--out: ''" analyze good.tif --out ''
refused "--out: ''" info good.tif -o ''
refused "--out: '' is no value" porosity good.tif --out= --pore=0
refused "--pore: '' is no value" porosity good.tif --pore= --out result
refused "--out: '' is no value" sweep porosity good.tif --vary pore=0 --out=
refused 'so nothing of it is in the sample' porosity good.raw $raw --pore 1 --outside 0
refused 'no unit' analyze good.tif --voxel 2 --out result
refused '-1um' analyze good.tif --voxel -1um --out result
refused 'did you mean --voxel?' analyze good.tif --voxle 2um --out result
refused 'put it behind: `lapilli generate spheres --ranks ...`' generate --ranks 1 spheres --shape 8x8x8 -o never.tif
refused 'shape' info good.raw --shape 24x24 --type u8
refused 'shape' info good.raw --shape 0x24x24 --type u8
refused 'shape' info good.raw --shape 2000000x2000000x2000000 --type u8
refused 'type' info good.raw --shape 24x24x24 --type u9
refused 'axis' diffusivity good.tif --axis w
refused 'expected sealed or periodic' diffusivity good.tif --boundary open
refused '--accuracy' diffusivity good.tif --accuracy nan
refused '--accuracy' diffusivity good.tif --accuracy 0
refused '--max-iterations' diffusivity good.tif --max-iterations 0
refused 'crop' info good.tif --crop 0:25,:,:
refused 'crop' info good.tif --crop 3:3,:,:
refused 'leave --pore out' diffusivity good.tif --pore 0 --conductivity 0=1
refused '0 or more' diffusivity good.tif --blocks -1
refused 'needs a value' diffusivity good.tif --axis
refused 'IMAGE' info
refused 'one too many' info good.tif good.raw

run "$LAPILLI" info good.tif --ranks 100000
expect_refusal 2 'too many'
for launch in '' "$MPIEXEC -np 2"; do
  run $launch "$LAPILLI" # whose path may have a blank
  expect_refusal 2 'needs a verb'
  run $launch "$LAPILLI" anlyze good.tif
  expect_refusal 2 'did you mean analyze?'
  run $launch "$LAPILLI" info good.tif --ranks 0
  expect_refusal 2 '--ranks'
done

find . -mindepth 1 ! -name .out ! -name .err ! -name before | sort | diff before - || fail 'a refused run left something behind'
finish
