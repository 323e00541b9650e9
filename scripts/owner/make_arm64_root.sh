#!/usr/bin/env bash
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# What the CMake preset arm64 compiles and links against: the libraries of Debian for 64-bit ARM.
set -euo pipefail

usage="usage: scripts/owner/make_arm64_root.sh
Unpacks the libraries that Lapilli needs, for 64-bit ARM and of the Debian that this machine runs, into the folder build/arm64-root, and
prints its path. Nothing is installed, and no program of them is run. Once made it is used again for a week; remove it for newer packages."

stop() {
    echo "make_arm64_root: error: $2" >&2
    exit "$1"
}
case ${1:-} in
    '') ;;
    --help | -h) echo "$usage" && exit 0 ;;
    *) stop 2 "$1 is unknown; see scripts/owner/make_arm64_root.sh --help" ;;
esac

tree=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
root=$tree/build/arm64-root
if [[ -n $(find "$root/DEBIAN" -maxdepth 0 -mtime -7 2>/dev/null) ]]; then
    echo "$root"
    exit
fi
# shellcheck source=/dev/null
system=$(. /etc/os-release && echo "${ID:-unknown}") release=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
[[ $system == debian ]] || stop 1 "this system is $system; expected Debian, whose servers have both processors"
command -v mmdebstrap >/dev/null || stop 1 "there is no mmdebstrap; scripts/install_packages --arm64 brings it"

# Libraries, and no tools: those of this machine do the work. By a file of base-files CMake knows the system that a package is for.
libraries=$("$tree/scripts/install_packages" --list --build --wheel --test | grep -vE '^(g\+\+|cmake|ninja-build|pkgconf|advancecomp|python3.*)$' | paste -sd ,)

# In DEBIAN lies what dpkg-shlibdeps wants to know of libraries that are not installed: which package has them, since which version.
# shellcheck disable=SC2016 # mmdebstrap gives the folder
note='mkdir "$1/DEBIAN" && for package in "$1"/var/cache/apt/archives/*.deb; do
    for list in shlibs symbols; do dpkg-deb --info "$package" $list >>"$1/DEBIAN/$list" 2>/dev/null || true; done
done'
echo "unpacking the libraries of Debian $release for arm64" >&2
mkdir -p "$tree/build"
rm -rf "$root" "$root.new"
mmdebstrap --quiet --variant=extract --architectures=arm64 --include="base-files,$libraries" --extract-hook="$note" \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' "$release" "$root.new" >&2
[[ -s $root.new/DEBIAN/shlibs ]] || stop 1 'the packages do not say what libraries they have; expected their lists named shlibs'

# Links from / lead into the folder.
find "$root.new" -lname '/*' -print0 | while IFS= read -r -d '' link; do
    ln -sfnr "$root.new$(readlink "$link")" "$link"
done
mv "$root.new" "$root"
echo "$root"
