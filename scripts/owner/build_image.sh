#!/usr/bin/env bash
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Builds the container image lapilli:VERSION from k8s/image/Dockerfile, with Docker, Podman, or without any daemon.
# shellcheck disable=SC2034 # limits.sh shares its variables
set -euo pipefail

usage="usage: scripts/owner/build_image.sh [--platform P] [--package FILE] [--engine docker|podman|buildah] [--archive FILE] [--base IMAGE]
Builds lapilli:VERSION and writes it to an archive that 'docker load' and K3s read.

  --platform P    linux/amd64 or linux/arm64 (default: this machine's). Another one's programs must run here, in qemu: on Debian after
                  apt install qemu-user-static binfmt-support. lapilli:VERSION of the engine is then that image
  --package FILE  what is installed in it: the package of build_package.sh for the Debian and the processor of the image (default: one that
                  is built from the sources, in that Debian; for another processor, by build_package.sh --architecture)
  --engine E      what builds it (default: the first of docker, podman and buildah that works)
  --archive FILE  where the archive goes (default: build/image/lapilli-VERSION.tar; of another processor lapilli-VERSION-arm64.tar)
  --base IMAGE    Debian 12 to start from (default: with docker and podman debian:12-slim from the registry; with buildah one that
                  mmdebstrap makes of Debian packages, so that no registry is needed)"

program=build_image
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=/dev/null
. "$root/scripts/limits.sh"

version=$(own_version)
case $(uname -m) in aarch64 | arm64) own=linux/arm64 ;; *) own=linux/amd64 ;; esac
platform=$own package='' engine='' archive='' base=''
while [[ $# -gt 0 ]]; do
    case $1 in
        --help | -h) echo "$usage" && exit 0 ;;
        --platform | --package | --engine | --archive | --base) [[ -n ${2:-} ]] || stop 2 "$1 needs a value; see scripts/owner/build_image.sh --help" ;;
        *) stop 2 "$1 is unknown; expected --platform, --package, --engine, --archive or --base; see scripts/owner/build_image.sh --help" ;;
    esac
    printf -v "${1#--}" %s "$2"
    shift 2
done
[[ $platform == linux/a??64 ]] || stop 2 "--platform $platform is not possible; expected linux/amd64 or linux/arm64"
architecture=${platform#linux/} other=''
[[ $platform == "$own" ]] || other=-$architecture # in the names of what is not for this machine
[[ -z $package || $package =~ (^|/)lapilli_$version-[^/]*_$architecture\.deb$ && -r $package ]] ||
    stop 2 "--package $package is not possible; expected lapilli_$version-*_$architecture.deb of scripts/owner/build_package.sh"
[[ -z $package ]] || package=$(realpath -- "$package")
archive=$(realpath -m -- "${archive:-$root/build/image/lapilli-$version$other.tar}")
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

# The steps that make an image are programs for its processor. Docker may run on another machine than this script, so it is asked.
runs() { # PLATFORM
    local qemu=${LAPILLI_ROOT:-}/proc/sys/fs/binfmt_misc/qemu # LAPILLI_ROOT stands for / in tests
    if [[ $1 == linux/arm64 ]]; then qemu+=-aarch64; else qemu+=-x86_64; fi
    if [[ $engine == buildah ]]; then
        grep -qsx enabled "$qemu" && command -v arch-test >/dev/null # mmdebstrap asks that
    else
        "$engine" run --rm --platform "$1" "${base:-docker.io/library/debian:12-slim}" true >&2
    fi
}
[[ -z $other ]] || runs "$platform" || stop 1 "programs for $architecture do not run here; expected qemu to be called for them; \
apt install qemu-user-static binfmt-support arch-test, or build the image on a machine with that processor"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
options=()
# chroot: also inside containers and without cgroups of one's own
if [[ $engine == buildah ]]; then options=(--isolation chroot --layers --format docker); fi
if [[ -n $other ]]; then
    options+=(--platform "$platform")
    [[ -n $package ]] || package=$(scripts/owner/build_package.sh --architecture "$architecture")
fi
build() { "$engine" build ${options[@]+"${options[@]}"} "$@" >&2; }
# An image of a file alone: all engines read that, with or without a registry.
wrap() { # FILE TARGET TAG
    cp "$1" "$scratch/"
    printf 'FROM scratch\nADD %s %s\n' "${1##*/}" "$2" >"$scratch/Dockerfile"
    build --tag "$3" "$scratch"
    rm "$scratch/${1##*/}"
}

if [[ -z $base && $engine == buildah ]]; then
    base=localhost/lapilli-base:12$other
    debian=$(scripts/owner/make_debian.sh bookworm ${other:+"$architecture"})
    wrap "$debian" / "$base" # ADD unpacks it
fi

arguments=(--build-arg "REVISION=$(git rev-parse --short=12 HEAD 2>/dev/null || true)")
if [[ -n $base ]]; then arguments+=(--build-arg "BASE=$base"); fi
packed=localhost/lapilli-package:$version$other
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
