# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Three machines find what one process finds, to the last bit, and a launcher that starts fewer is found out.
. "$(dirname "$0")/lib.sh"

"$LAPILLI" generate blobs --size 40 --porosity 0.45 --seed 1 -o rock.tif --ranks 1 >/dev/null || fail 'no image to test with'
"$LAPILLI" analyze rock.tif --voxel 2um --blocks 0 --out one --quiet --ranks 1 >/dev/null || fail 'one process failed'
launch analyze "$PWD/rock.tif" --voxel 2um --blocks 0 --out "$PWD/three" --quiet
expect_code 0
[ "$(json three/result.json run hosts)" = 3 ] || fail 'did not run on three hosts'
run "$LAPILLI" compare --bits one three
expect_code 0

# Fewer than promised.
sed -i 2d "$CLUSTER/hostfile"
launch --retries 0 info "$PWD/rock.tif" --expect-hosts 3
expect_code 75
expect_contains stderr "$err" '--expect-hosts'
launch --retries 0 info "$PWD/rock.tif" --expect-ranks 3
expect_code 75
expect_contains stderr "$err" '--expect-ranks'
launch info "$PWD/rock.tif" --quiet
expect_code 0
finish
