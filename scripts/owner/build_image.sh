#!/usr/bin/env bash
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Builds the container image lapilli:VERSION from k8s/image/Dockerfile, with Docker, Podman, or without any daemon.
set -euo pipefail

usage="usage: scripts/owner/build_image.sh [--engine docker|podman|buildah] [--archive FILE] [--base IMAGE]
Builds lapilli:VERSION and writes it to an archive that 'docker load' and K3s read.

  --engine E      what builds it (default: the first of docker, podman and buildah that works)
  --archive FILE  where the archive goes (default: build/image/lapilli-VERSION.tar)
  --base IMAGE    Debian 12 to start from (default: with docker and podman debian:12-slim from the registry; with buildah one that
                  mmdebstrap makes of Debian packages, so that no registry is needed)"

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
stop() {
    echo "build_image: error: $2" >&2
    exit "$1"
}

version=$(sed -n 's/^project(lapilli VERSION \([0-9.]*\).*/\1/p' "$root/CMakeLists.txt")
engine='' archive=$root/build/image/lapilli-$version.tar base=''
while [[ $# -gt 0 ]]; do
    case $1 in
        --help | -h) echo "$usage" && exit 0 ;;
        --engine | --archive | --base) [[ -n ${2:-} ]] || stop 2 "$1 needs a value; see scripts/owner/build_image.sh --help" ;;
        *) stop 2 "$1 is unknown; expected --engine, --archive or --base; see scripts/owner/build_image.sh --help" ;;
    esac
    printf -v "${1#--}" %s "$2"
    shift 2
done
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

# A Debian of packages, as small as debian:12-slim; once made, it is used again: `buildah rmi lapilli-base:12` for newer packages.
make_base() {
    local folder=build/image/base
    base=localhost/lapilli-base:12
    if buildah inspect --type image "$base" >/dev/null 2>&1; then return; fi
    echo "making Debian 12 of packages" >&2
    mkdir -p "$folder"
    mmdebstrap --quiet --variant=minbase --include=ca-certificates --dpkgopt='path-exclude=/usr/share/man/*' \
        --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' --dpkgopt='path-exclude=/usr/share/locale/*' bookworm "$folder/debian.tar" >&2
    printf 'FROM scratch\nADD debian.tar /\n' >"$folder/Dockerfile"
    buildah build --quiet --isolation chroot --tag "$base" "$folder" >/dev/null
    rm -r "$folder"
}

revision=$(git rev-parse --short=12 HEAD 2>/dev/null || true)
arguments=(--file k8s/image/Dockerfile --tag "lapilli:$version" --build-arg "VERSION=$version" --build-arg "REVISION=$revision")
if [[ $engine == buildah ]]; then
    [[ -n $base ]] || make_base
    # chroot: also inside containers and without cgroups of one's own
    arguments+=(--isolation chroot --layers --format docker)
fi
[[ -z $base ]] || arguments+=(--build-arg "BASE=$base")
"$engine" build "${arguments[@]}" . >&2

mkdir -p "$(dirname "$archive")"
rm -f "$archive.new"
case $engine in
    docker) docker save --output "$archive.new" "lapilli:$version" ;;
    podman) podman save --quiet --format docker-archive --output "$archive.new" "lapilli:$version" >&2 ;;
    buildah) buildah push --quiet "localhost/lapilli:$version" "docker-archive:$archive.new:lapilli:$version" ;;
esac
mv "$archive.new" "$archive"
echo "lapilli:$version is in $archive ($(du -m "$archive" | cut -f 1) MB)"
