#!/usr/bin/env bash
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Builds the wheel of Lapilli, which 'pip install' takes, and the archive of its sources.
# shellcheck disable=SC2034 # limits.sh shares its variables
set -euo pipefail

usage="usage: scripts/owner/build_wheel.sh [--here [--architecture A]] [--build FOLDER] [--revision WORD] [--out FOLDER]
Builds lapilli-VERSION-py3-none-manylinux_2_36_x86_64.whl, for every Python and for every Linux that is not older than Debian 12, and
lapilli-VERSION.tar.gz; prints their paths. Compiles in a bare Debian 12 of make_debian.sh, which needs root.

  --here           compiles on this machine, without root: the wheel is then for no Linux that is older, and says so in its name
  --architecture A arm64 is compiled on other processors, too, on Debian only, and the wheel alone (default: this machine's)
  --build FOLDER   with --here: where it is compiled (default: build/wheel, of another processor build/wheel-arm64)
  --revision WORD  of the sources, for 'lapilli --version' where they are no git checkout
  --out FOLDER     where both go (default: build/package)"

program=build_wheel
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=/dev/null
. "$root/scripts/limits.sh"
# shellcheck source=/dev/null
. "$root/scripts/owner/bare_debian.sh"

here='' architecture='' build='' revision='' out=$root/build/package
while [[ $# -gt 0 ]]; do
    case $1 in
        --help | -h) echo "$usage" && exit 0 ;;
        --here) here=yes && shift && continue ;;
        --architecture | --build | --revision | --out) [[ -n ${2:-} ]] || stop 2 "$1 needs a value; see scripts/owner/build_wheel.sh --help" ;;
        *) stop 2 "$1 is unknown; expected --here, --architecture, --build, --revision or --out; see scripts/owner/build_wheel.sh --help" ;;
    esac
    printf -v "${1#--}" %s "$2"
    shift 2
done
own=$(dpkg --print-architecture 2>/dev/null || true)
case ${architecture:-$own} in
    "$own") machine=$(uname -m) parts=(--build --wheel) made=(--sdist --wheel) ;;
    arm64) machine=aarch64 parts=(--build --wheel --arm64) made=(--wheel --config-setting=cmake.define.CMAKE_TOOLCHAIN_FILE="$root/cmake/arm64.cmake") ;;
    *) stop 2 "--architecture $architecture is not possible here; expected ${own:+$own or }arm64; build it on a machine with that processor" ;;
esac
[[ -z $architecture || -n $here ]] || stop 2 '--architecture needs --here; give both'
build=${build:-$root/build/wheel$([[ $machine == "$(uname -m)" ]] || echo -arm64)}
revision=${revision:-$(git -C "$root" rev-parse HEAD 2>/dev/null || true)}

# The same sources give the same bytes.
since=$(git -C "$root" log -1 --format=%ct 2>/dev/null || true)
if [[ -n $since ]]; then export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$since}; fi
mkdir -p "$out"
scratch=$(mktemp -d "$(realpath "$out")/.wheel.XXXXXX")
trap 'rm -rf "$scratch"' EXIT

if [[ -n $here ]]; then
    "$root/scripts/install_packages" "${parts[@]}" >&2
    [[ $machine == "$(uname -m)" ]] || "$root/scripts/owner/make_arm64_root.sh" >&2
    read -r _ glibc < <(getconf GNU_LIBC_VERSION) # nothing newer is linked
    platform=manylinux_${glibc/./_}_$machine
    pyproject-build "${made[@]}" --outdir "$scratch" --config-setting=build-dir="$build" \
        --config-setting=wheel.tags="py3-none-$platform" --config-setting=cmake.define.LAPILLI_WHEEL=ON \
        --config-setting=cmake.define.LAPILLI_GIT_REVISION="${revision:0:12}" "$root" >&2
    advzip --quiet --recompress --shrink-normal "$scratch"/*.whl # a thirtieth less
else
    [[ $(id -u) -eq 0 ]] || stop 1 'a bare Debian needs root; become root, or take --here'
    command -v mmdebstrap >/dev/null || stop 1 'there is no mmdebstrap; scripts/install_packages --image brings it, or take --here'
    debian=$scratch/debian
    unpack_debian "$debian" bookworm
    mkdir "$debian/lapilli" "$debian/wheel"
    tar -cf - -C "$root" --exclude=./build --exclude=./.git . | tar -xf - -C "$debian/lapilli"
    enter_debian "$debian" 0 env ${SOURCE_DATE_EPOCH:+SOURCE_DATE_EPOCH="$SOURCE_DATE_EPOCH"} \
        /lapilli/scripts/owner/build_wheel.sh --here ${revision:+--revision "$revision"} --out /wheel >&2
    mv "$debian/wheel/"*.{whl,tar.gz} "$scratch/"
fi
for file in "$scratch/"lapilli-*; do
    mv "$file" "$out/"
    echo "$out/${file##*/}"
done
