# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# What lies beside a headerless image, or stands in its name, does for --shape and --type, is told, and gives way to options.
. "$(dirname "$0")/lib.sh"

run "$LAPILLI" generate spheres --ranks 1 --shape 20x24x28 --radius 5 --porosity 0.5 --seed 3 --voxel 2um -o rock.raw
expect_code 0
raw='--shape 20x24x28 --type u8'
start_alone porosity rock.raw --quiet --json
expect_code 0
cp .out plain.json

# the record of generate: every start and verb, packed, and in a case file
mkdir packed named
gzip -c rock.raw >packed/rock.raw.gz
cp rock.raw.json packed
echo 'image = "rock.raw"' >case.toml
for start in start_alone start_by_mpirun; do
  for arguments in 'info rock.raw' 'porosity packed/rock.raw.gz' 'percolation case.toml' 'diffusivity rock.raw --plan --axis x'; do
    $start $arguments
    expect_code 0
    expect_contains stderr "$err" "is read with $raw, as rock.raw.json says"
    expect_contains stderr "$err" 'the voxel size, 2 µm, is taken from rock.raw.json'
    expect_contains stdout "$out" '20 x 24 x 28 voxels'
  done
done
grep -q "is read with $raw" plain.json || fail 'the result does not say where its shape is from'

# all given: nothing to tell but the size; contradicted: named and not used
start_alone info rock.raw $raw --voxel 2um
expect_code 0
expect_silence
start_alone info rock.raw --shape 24x20x28 --type u8
expect_contains stderr "$err" '--shape 24x20x28 was given, but rock.raw.json says 20x24x28'
expect_contains stdout "$out" '24 x 20 x 28 voxels'
start_alone info rock.raw --voxel 3um
expect_contains stderr "$err" '--voxel says 3 µm, but rock.raw says 2 µm'

# by its name: x by y by z, and an order that the voxels contradict is doubted
cp rock.raw named/rock_28x24x20_u8.raw
cp rock.raw named/wrong_20x24x28_u8.raw
start_by_mpirun porosity named/rock_28x24x20_u8.raw
expect_code 0
expect_contains stderr "$err" 'lengths are taken as 28 (x) by 24 (y) by 20 (z)'
case $err in *agree*) fail "$ran: doubts a right order: $err" ;; esac
start_alone porosity named/wrong_20x24x28_u8.raw
expect_code 0
expect_contains stderr "$err" 'if the shape is 20x24x28 than with --shape 28x24x20'

# what was read without a file beside it goes on with one
start_alone porosity rock.raw --out first.lapilli --quiet
mv rock.raw.json elsewhere
start_alone diffusivity rock.raw $raw --voxel 2um --axis x --blocks 0 --out first.lapilli --quiet
expect_code 0
mv elsewhere rock.raw.json

# numpy's names of types, with their order of bytes
python3 -c 'import sys; sys.stdout.buffer.write(bytes(b for v in open("rock.raw", "rb").read() for b in (0, v)))' >big.raw
for type in '>u2' '>i2'; do
  start_alone porosity big.raw --shape 20x24x28 --type "$type" --json --quiet
  expect_code 0
  [ "$(json .out image digest)" = "$(json plain.json image digest)" ] || fail "$ran: other labels"
done
python3 -c 'import struct; open("wide.raw", "wb").write(b"".join(struct.pack("<d", v) for v in open("rock.raw", "rb").read()))'
for type in f64 float64 '<f8'; do
  start_alone porosity wide.raw --shape 20x24x28 --type "$type" --json --quiet
  expect_code 0
  [ "$(json .out image digest)" = "$(json plain.json image digest)" ] || fail "$ran: other labels"
done
start_alone porosity rock.raw --shape 20x24x28 --type '|u1' --json --quiet
expect_code 0
start_alone info big.raw --shape 20x24x28 --type '>u2' --endian little
expect_refusal 2 'two orders of bytes'
start_alone info big.raw --shape 20x24x28 --type '>'
expect_refusal 2 'is not a type of voxels'
finish
