# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Started without mpirun, the program starts itself on several ranks: the same results, and an orderly end whatever happens.
. "$(dirname "$0")/lib.sh"

"$LAPILLI" generate spheres --size 48 --porosity 0.4 --seed 1 -o rock.tif --ranks 1 >/dev/null || fail 'no image to test with'

# The same table on any number of ranks, nothing of the launcher in it.
run "$LAPILLI" diffusivity rock.tif --voxel 2um --ranks 1
expect_code 0
expect_contains stdout "$out" 'D/D0'
expect_silence
one=$out
run env OMPI_MCA_btl_sm_backing_directory="$PWD" "$LAPILLI" info rock.tif --quiet --ranks 1
[ -z "$(find . -name '*segment*')" ] || fail 'one rank leaves shared memory behind'
for ranks in 2 3 5; do
  run "$LAPILLI" diffusivity rock.tif --voxel 2um --ranks $ranks
  expect_code 0
  [ "$out" = "$one" ] || fail "$ran: another table: $out"
  expect_silence
done
run "$LAPILLI" diffusivity rock.tif --voxel 2um
[ "$out" = "$one" ] || fail "$ran: another table: $out"
run "$MPIEXEC" -np 2 "$LAPILLI" diffusivity rock.tif --voxel 2um
[ "$out" = "$one" ] || fail "$ran: another table: $out"

# As root without the variables that allow it, and with nothing else in the environment.
run env -i "PATH=$PATH" "$LAPILLI" diffusivity rock.tif --voxel 2um --ranks 2
expect_code 0
[ "$out" = "$one" ] || fail "$ran: another table: $out"
expect_silence

# Long results arrive whole and in order.
run "$LAPILLI" analyze rock.tif --voxel 2um --out rock.lapilli --json --ranks 2
expect_code 0
cmp -s .out rock.lapilli/result.json || fail 'what --json prints is not result.json'
[ "$(json rock.lapilli/result.json run ranks)" = 2 ] || fail 'result.json does not say two ranks'

# Exit codes of the ranks pass through, without a banner.
for start in start_alone start_itself start_by_mpirun; do
  $start diffusivity rock.tif --quiet --axis x --accuracy 1e-9 --max-iterations 1
  expect_code 3
  [ -z "$err" ] || fail "$ran: says $err"
done

# Promises are checked.
run "$LAPILLI" info rock.tif --ranks 2 --expect-ranks 3
expect_refusal 75 'expect-ranks'
run "$MPIEXEC" -np 2 "$LAPILLI" info rock.tif --expect-ranks 3
expect_refusal 75 'expect-ranks'
run "$MPIEXEC" -np 2 "$LAPILLI" info rock.tif --expect-hosts 2
expect_refusal 75 'expect-hosts'
run "$MPIEXEC" -np 2 "$LAPILLI" info rock.tif --expect-ranks 2 --expect-hosts 1 --quiet
expect_code 0

# A disk that is full.
if [ -e /dev/full ]; then
  "$LAPILLI" --version >/dev/full 2>.err
  [ $? -eq 1 ] || fail '--version does not see that the disk is full'
  for ranks in 1 2; do
    "$LAPILLI" info rock.tif --quiet --ranks $ranks >/dev/full 2>.err
    [ $? -eq 1 ] || fail "info on $ranks ranks does not see that the disk is full"
    [ "$(wc -l <.err)" -eq 1 ] || fail "a full disk is reported so: $(cat .err)"
    expect_contains stderr "$(cat .err)" 'could not be written to the standard output'
  done
fi
finish
