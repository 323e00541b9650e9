#!/usr/bin/env bash
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# A bare Debian of packages, as small as the image debian:12-slim: for images and tests where there is no registry.
set -euo pipefail

usage="usage: scripts/owner/make_debian.sh [RELEASE [ARCHITECTURE]]
Makes the archive build/image/RELEASE.tar with the files of a bare Debian, and prints its path. Once made it is used again for a week;
remove it for newer packages.

  RELEASE       bookworm (default), which is Debian 12, or trixie
  ARCHITECTURE  arm64 or amd64 (default: this machine's). That of another processor is build/image/RELEASE-ARCHITECTURE.tar, and
                needs what build_image.sh --platform needs"

case ${1:-bookworm} in
    --help | -h) echo "$usage" && exit 0 ;;
    -*) echo "make_debian: error: $1 is unknown; expected a release such as bookworm; see scripts/owner/make_debian.sh --help" >&2 && exit 2 ;;
esac
release=${1:-bookworm}
name=$release${2:+-$2}
folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/build/image
archive=$folder/$name.tar
mkdir -p "$folder"
if [[ -z $(find "$archive" -mtime -7 2>/dev/null) ]]; then
    echo "making Debian $name of packages" >&2
    mmdebstrap --quiet ${2:+"--architectures=$2"} --variant=minbase --include=ca-certificates --dpkgopt='path-exclude=/usr/share/man/*' \
        --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
        --dpkgopt='path-exclude=/usr/share/locale/*' "$release" "$folder/new.$name.tar" >&2
    mv "$folder/new.$name.tar" "$archive"
fi
echo "$archive"
