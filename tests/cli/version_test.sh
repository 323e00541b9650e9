# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# The version is the same wherever it is said, and asking for it or for help is never an error.
. "$(dirname "$0")/lib.sh"

expected=$(sed -n 's/^project(lapilli VERSION \([0-9.]*\).*/\1/p' "${LAPILLI_SOURCE_DIR:?}/CMakeLists.txt")
for launch in '' "$MPIEXEC -np 2"; do
  run $launch "$LAPILLI" --version # whose path may have a blank
  expect_code 0
  [ "$(printf '%s\n' "$out" | sed -n 1p | cut -d ' ' -f 2)" = "$expected" ] || fail "$ran: not version $expected: $out"
  [ "$(grep -c '^lapilli ' .out)" -eq 1 ] || fail "$ran: said more than once"
  for part in compiler MPI HDF5 Eigen; do expect_contains stdout "$out" "$part "; done
done

"$LAPILLI" generate tube --size 16 -o tube.h5 --ranks 1 >/dev/null || fail 'no image to test with'
[ "$(json tube.h5.json program version)" = "$expected" ] || fail 'the record beside a generated image has another version'
run "$LAPILLI" analyze tube.h5:/image --out tube.lapilli --quiet --ranks 1
expect_code 0
[ "$(json tube.lapilli/result.json program version)" = "$expected" ] || fail 'result.json has another version'

for verb in '' analyze info porosity percolation diffusivity generate 'generate tube'; do
  run "$LAPILLI" $verb --help
  expect_code 0
  expect_contains stdout "$out" 'Usage: lapilli'
  [ -z "$err" ] || fail "$ran: says $err"
done
finish
