# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# The wheel is small and for the systems that its name says, needs no library but those of C and MPI, has the licences of what is in it,
# and what pip installs of it gives the bits of this build on one and on two ranks. LAPILLI_WHEEL names one that is there already.
. "$(dirname "$0")/../cli/lib.sh"
skip() { echo "skipped: $*" >&2; exit 77; }

wheel=${LAPILLI_WHEEL:-}
if [ -z "$wheel" ]; then
  command -v pyproject-build >/dev/null || skip 'there is no pyproject-build (scripts/install_packages --wheel), and LAPILLI_WHEEL names no wheel'
  command -v ccache >/dev/null || skip 'without ccache it would take minutes to compile, and LAPILLI_WHEEL names no wheel'
  export CMAKE_C_COMPILER_LAUNCHER=ccache CMAKE_CXX_COMPILER_LAUNCHER=ccache
  run "$LAPILLI_SOURCE_DIR/scripts/owner/build_wheel.sh" --here --out .
  expect_code 0
  wheel=$(compgen -G './lapilli-*.whl') || { fail "there is no wheel: $err"; finish; }
  [ "$(echo "$out" | sort | xargs)" = "$(ls ./lapilli-* | xargs)" ] || fail "prints other paths: $out"
fi
version=$(sed -n 's/^project(lapilli VERSION \([0-9.]*\).*/\1/p' "$LAPILLI_SOURCE_DIR/CMakeLists.txt")
name=${wheel##*/}
[[ $name =~ ^lapilli-${version//./\\.}-py3-none-manylinux_2_([0-9]+)_$(uname -m)\.whl$ ]] || { fail "has another name: $name"; finish; }
glibc=2.${BASH_REMATCH[1]}
size=$(stat -c %s "$wheel")
printf 'the wheel has %s bytes\n' "$size"
[ "$size" -le 5000000 ] || fail "has $size bytes; expected 5 MB at most"

python3 -m zipfile -e "$wheel" unpacked
program=unpacked/lapilli-$version.data/data/bin/lapilli
needed=$(readelf -d "$program" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | sed 's/^ld-linux.*/ld-linux/' | LC_ALL=C sort | xargs)
[ "$needed" = 'ld-linux libc.so.6 libm.so.6 libmpi.so.40' ] || fail "needs other libraries: $needed"
readelf -d "$program" | grep -q 'RUNPATH.*\[$ORIGIN/../lib\]' || fail 'looks elsewhere for the library of MPI'
newest=$(readelf -V "$program" | grep -o 'GLIBC_[0-9.]*' | sed 's/GLIBC_//' | sort -V | tail -n 1)
[ "$(printf '%s\n' "$newest" "$glibc" | sort -V | tail -n 1)" = "$glibc" ] || fail "needs glibc $newest, but its name says $glibc"
for library in libhdf5-dev libtiff-dev zlib1g-dev libzstd-dev libblosc-dev liblz4-dev libsnappy-dev liblzma-dev libpng-dev libfmt-dev gcc-*-base; do
  compgen -G "unpacked/lapilli-$version.data/data/share/lapilli/licenses/$library.txt" >/dev/null || fail "has no licence of $library"
done

unset EVENT_NOEPOLL # for Debian's Open MPI; that of the wheel knows nothing else
run "$LAPILLI_SOURCE_DIR/scripts/owner/pipeline/try_wheel" "$wheel" environment
expect_code 0
pip=environment/bin/lapilli
share=environment/share/lapilli # of lapilli.submit
[ -x $share/scripts/user/submit.sh ] && [ -f $share/k8s/mpijob/mpijob.yaml ] || fail 'has nothing to submit jobs with'
sample() { # PROGRAM RANKS: the numbers of a result
  "$1" analyze "$LAPILLI_SOURCE_DIR/data/spheres.tif" --voxel 2um --crop 0:48,0:48,0:48 --blocks 0 --ranks "$2" --out "$2.lapilli" --resume never --replace --json --quiet |
    python3 -c 'import json, sys; whole = json.load(sys.stdin); print(json.dumps([whole[part] for part in ("image", "result", "summary")], indent=1))'
}
sample "$LAPILLI" 1 >here
for ranks in 1 2; do
  sample "$pip" $ranks >there
  [ -s there ] && cmp -s here there || fail "has other numbers on $ranks ranks: $(diff here there | sed -n 1,9p)"
done
run "$pip" info "$LAPILLI_SOURCE_DIR/data/spheres.tif"
expect_code 0
finish
