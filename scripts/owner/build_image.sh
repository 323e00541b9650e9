#!/usr/bin/env bash
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Builds the container image lapilli:VERSION from k8s/image/Dockerfile, with Docker, Podman, or without any daemon.
# shellcheck disable=SC2034 # limits.sh shares its variables
set -euo pipefail

usage="usage: scripts/owner/build_image.sh [--package FILE] [--engine docker|podman|buildah] [--archive FILE] [--base IMAGE]
Builds lapilli:VERSION and writes it to an archive that 'docker load' and K3s read.

  --package FILE  what is installed in it: the package of build_package.sh for the Debian of the image (default: one that is built
                  from the sources, in that Debian)
  --engine E      what builds it (default: the first of docker, podman and buildah that works)
  --archive FILE  where the archive goes (default: build/image/lapilli-VERSION.tar)
  --base IMAGE    Debian 12 to start from (default: with docker and podman debian:12-slim from the registry; with buildah one that
                  mmdebstrap makes of Debian packages, so that no registry is needed)"

program=build_image
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=/dev/null
. "$root/scripts/limits.sh"

version=$(own_version)
package='' engine='' archive=$root/build/image/lapilli-$version.tar base=''
while [[ $# -gt 0 ]]; do
    case $1 in
        --help | -h) echo "$usage" && exit 0 ;;
        --package | --engine | --archive | --base) [[ -n ${2:-} ]] || stop 2 "$1 needs a value; see scripts/owner/build_image.sh --help" ;;
        *) stop 2 "$1 is unknown; expected --package, --engine, --archive or --base; see scripts/owner/build_image.sh --help" ;;
    esac
    printf -v "${1#--}" %s "$2"
    shift 2
done
[[ -z $package || $package =~ (^|/)lapilli_$version-[^/]*\.deb$ && -r $package ]] ||
    stop 2 "--package $package is not possible; expected lapilli_$version-*.deb of scripts/owner/build_package.sh"
[[ -z $package ]] || package=$(realpath -- "$package")
archive=$(realpath -m -- "$archive")
cd "$root"

works() {
    command -v "$1" >/dev/null || return 1
    [[ $1 == buildah ]] || "$1" info >/dev/null 2>&1
}
if [[ -z $engine ]]; then
    for engine in docker podman buildah; do ! works "$engine" || break; done
    if [[ $engine == buildah ]]; then scripts/install_packages --image; fi
fi
case $engine in
    docker | podman | buildah) ;;
    *) stop 2 "--engine $engine is not possible; expected docker, podman or buildah" ;;
esac
works "$engine" || stop 1 "$engine does not run here; start it, or install buildah with scripts/install_packages --image"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
options=()
# chroot: also inside containers and without cgroups of one's own
if [[ $engine == buildah ]]; then options=(--isolation chroot --layers --format docker); fi
build() { "$engine" build ${options[@]+"${options[@]}"} "$@" >&2; }
# An image of a file alone: all engines read that, with or without a registry.
wrap() { # FILE TARGET TAG
    cp "$1" "$scratch/"
    printf 'FROM scratch\nADD %s %s\n' "${1##*/}" "$2" >"$scratch/Dockerfile"
    build --tag "$3" "$scratch"
    rm "$scratch/${1##*/}"
}

if [[ -z $base && $engine == buildah ]]; then
    base=localhost/lapilli-base:12
    debian=$(scripts/owner/make_debian.sh bookworm)
    wrap "$debian" / "$base" # ADD unpacks it
fi

arguments=(--build-arg "REVISION=$(git rev-parse --short=12 HEAD 2>/dev/null || true)")
if [[ -n $base ]]; then arguments+=(--build-arg "BASE=$base"); fi
packed=localhost/lapilli-package:$version
if [[ -n $package ]]; then
    wrap "$package" /package/ "$packed"
else
    build --file k8s/image/package.Dockerfile --tag "$packed" "${arguments[@]}" .
fi
build --file k8s/image/Dockerfile --tag "lapilli:$version" "${arguments[@]}" --build-arg "VERSION=$version" --build-arg "PACKAGE=$packed" .

mkdir -p "$(dirname "$archive")"
rm -f "$archive.new"
case $engine in
    docker) docker save --output "$archive.new" "lapilli:$version" ;;
    podman) podman save --quiet --format docker-archive --output "$archive.new" "lapilli:$version" >&2 ;;
    buildah) buildah push --quiet "localhost/lapilli:$version" "docker-archive:$archive.new:lapilli:$version" ;;
esac
mv "$archive.new" "$archive"
echo "lapilli:$version is in $archive ($(du -m "$archive" | cut -f 1) MB)"
