#!/usr/bin/env bash
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Builds the Debian package of Lapilli for the Debian or Ubuntu that this machine runs.
# shellcheck disable=SC2034 # limits.sh shares its variables
set -euo pipefail

usage="usage: scripts/owner/build_package.sh [--build FOLDER | [--architecture A] [--revision WORD]] [--out FOLDER]
Builds lapilli_VERSION-1~SYSTEM_ARCHITECTURE.deb, which 'apt install ./lapilli_*.deb' installs with all that it needs, and prints its path.

  --build FOLDER    packs this build as it is (default: build/release, which is built first, with the packages that it needs)
  --architecture A  arm64 is compiled on other processors, too, on Debian only, in build/arm64 (default: this machine's)
  --revision WORD   of the sources, for 'lapilli --version' where they are no git checkout
  --out FOLDER      where the package goes (default: build/package)"

program=build_package
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=/dev/null
. "$root/scripts/limits.sh"

build='' architecture='' revision='' out=$root/build/package
while [[ $# -gt 0 ]]; do
    case $1 in
        --help | -h) echo "$usage" && exit 0 ;;
        --build | --architecture | --revision | --out) [[ -n ${2:-} ]] || stop 2 "$1 needs a value; see scripts/owner/build_package.sh --help" ;;
        *) stop 2 "$1 is unknown; expected --build, --architecture, --revision or --out; see scripts/owner/build_package.sh --help" ;;
    esac
    printf -v "${1#--}" %s "$2"
    shift 2
done

own=$(dpkg --print-architecture)
case ${architecture:-$own} in
    "$own") preset=release parts=(--run) ;;
    arm64) preset=arm64 parts=(--arm64) ;;
    *) stop 2 "--architecture $architecture is not possible here; expected $own or arm64; build it on a machine with that processor" ;;
esac
if [[ -z $build ]]; then
    build=$root/build/$preset
    "$root/scripts/install_packages" "${parts[@]}" --build --package
    [[ $preset == release ]] || "$root/scripts/owner/make_arm64_root.sh" >&2
    (cd "$root" && cmake --preset "$preset" -DLAPILLI_GIT_REVISION="${revision:0:12}" && cmake --build --preset "$preset") >&2
fi
[[ -x $build/src/lapilli ]] || stop 2 "there is no program in $build; expected a folder of CMake in which lapilli is built; build it there"
for tool in dpkg-shlibdeps file; do
    command -v "$tool" >/dev/null || stop 1 "there is no $tool, which finds the libraries that are needed; scripts/install_packages --package brings it"
done

# Built for another processor (the preset arm64): dpkg-shlibdeps looks at the libraries of that one.
architecture=$(sed -n 's/^set(CPACK_DEBIAN_PACKAGE_ARCHITECTURE "\(.*\)")$/\1/p' "$build/CPackConfig.cmake")
if [[ -n $architecture ]]; then export DEB_HOST_ARCH=$architecture; fi

# The same sources give the same bytes.
since=$(git -C "$root" log -1 --format=%ct 2>/dev/null || true)
if [[ -n $since ]]; then export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$since}; fi
rm -rf "$build/package"
cpack --config "$build/CPackConfig.cmake" -B "$build/package" >&2
name=$(basename "$build/package"/lapilli_*.deb)
mkdir -p "$out"
mv "$build/package/$name" "$out/"
rm -r "$build/package"
echo "$out/$name"
