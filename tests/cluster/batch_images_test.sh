# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Which files of a folder are the images of a batch: not those in which the voxels of another one lie.
. "$(dirname "$0")/../cli/lib.sh"
mkdir -p bin 'a & b|c'
printf '#!/bin/sh\necho "$2"\n' >bin/lapilli && chmod +x bin/lapilli
cd 'a & b|c' || exit 1
touch bare.raw rock.raw felt.raw.gz foam.raw scan.vol one.raw two.raw chalk.tif .hidden.tif notes.txt
printf 'NDims = 3\nElementDataFile = rock.raw\n' >rock.mhd
printf 'NRRD0004\nencoding: gzip\ndata file: ./felt.raw.gz\r\n' >felt.nhdr
printf '{volume1}\n[file1]\nName = foam.raw\n' >foam.vgi
printf 'NRRD0004\ndata file: LIST\none.raw\ntwo.raw\n' >list.nhdr
cd ..
pod() { # FOLDER INDEX
  run env JOB_COMPLETION_INDEX="$2" PATH="$PWD/bin:$PATH" bash "${LAPILLI_SOURCE_DIR:?}/k8s/image/lapilli-pod" batch "$1" out
}
index=0
for name in bare.raw chalk.tif felt.nhdr foam.vgi list.nhdr rock.mhd; do
  pod 'a & b|c' $index
  expect_code 0
  [ "$out" = "a & b|c/$name" ] || fail "number $index is $out instead of $name"
  index=$((index + 1))
done
pod 'a & b|c' $index
expect_code 2
expect_contains stderr "$err" 'has 6 images'
mkdir empty
pod empty 0
expect_code 2
expect_contains stderr "$err" 'has 0 images'
finish
