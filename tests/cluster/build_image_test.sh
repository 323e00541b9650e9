# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# build_image.sh for this processor and for another one, with engines that are played: what they are asked for, what it is called, and that
# nothing is built where programs of that processor do not run. cluster.image builds one.
. "$(dirname "$0")/../cli/lib.sh"
source=${LAPILLI_SOURCE_DIR:?}
mkdir -p tree bin root
cp -r "$source"/{scripts,k8s} tree/
version=$(sed -n 's/^.* image: &image lapilli:\([0-9.]*\).*/\1/p' tree/k8s/mpijob/mpijob.yaml)
play() { # NAME CODE
  mkdir -p "$(dirname "$1")"
  printf '#!/bin/bash\necho "%s $*" >>%s/calls\n%s\n' "${1##*/}" "$PWD" "$2" >"$1" && chmod +x "$1"
}
play bin/uname 'echo "${machine:-x86_64}"'
play bin/docker "case \$1 in run) [ ! -e $PWD/alone ] ;; save) : >\"\$3\" ;; esac"
play bin/buildah 'if [ "$1" = push ]; then archive=${4#docker-archive:} && : >"${archive%%:lapilli:*}"; fi'
play bin/arch-test ''
play tree/scripts/install_packages ''
play tree/scripts/owner/make_debian.sh 'mkdir -p build && touch "build/$1${2:+-$2}.tar" && realpath "build/$1${2:+-$2}.tar"'
play tree/scripts/owner/build_package.sh "mkdir -p build/package && cd build/package && touch lapilli_$version-1~debian12_\$2.deb && realpath lapilli_*.deb"
export PATH=$PWD/bin:$PATH LAPILLI_ROOT=$PWD/root
image() {
  : >calls
  run tree/scripts/owner/build_image.sh "$@"
}
called() { grep -q -- "$1" calls || fail "$ran: no call $1: $(cat calls)"; }
never() { if grep -- "$1" calls; then fail "$ran: called $1"; fi; }
is_at() { # ARCHIVE
  expect_code 0
  case $out in *" is in $PWD/$1 "*) ;; *) fail "$ran: prints $out" ;; esac
  [ -e "$1" ] || fail "$ran: there is no $1"
}

# For this machine: nothing is asked about, and compiled in the Debian of the image.
image --engine docker
is_at tree/build/image/lapilli-$version.tar
never '--platform\|docker run\|build_package'
called 'docker build --file k8s/image/package.Dockerfile'
image --engine docker --platform linux/amd64
is_at tree/build/image/lapilli-$version.tar
never '--platform'

# For another processor: its package is compiled here, and what is not for this machine has a name of its own.
image --engine docker --platform linux/arm64
is_at tree/build/image/lapilli-$version-arm64.tar
called 'docker run --rm --platform linux/arm64 docker.io/library/debian:12-slim true'
called 'build_package.sh --architecture arm64$'
never 'package.Dockerfile'
called "docker build --platform linux/arm64 --tag localhost/lapilli-package:$version-arm64 "
called "docker build --platform linux/arm64 --file k8s/image/Dockerfile --tag lapilli:$version .*PACKAGE=localhost/lapilli-package:$version-arm64"
image --engine docker --platform linux/arm64 --base other:1 --archive there.tar
is_at there.tar
called 'docker run --rm --platform linux/arm64 other:1 true'
touch "lapilli_$version-1~debian12_arm64.deb"
image --engine docker --platform linux/arm64 --package "lapilli_$version-1~debian12_arm64.deb"
is_at tree/build/image/lapilli-$version-arm64.tar
never 'build_package'
mkdir -p root/proc/sys/fs/binfmt_misc
printf 'enabled\ninterpreter /x\n' >root/proc/sys/fs/binfmt_misc/qemu-aarch64
image --engine buildah --platform linux/arm64
is_at tree/build/image/lapilli-$version-arm64.tar
called 'make_debian.sh bookworm arm64'
called "buildah build --isolation chroot --layers --format docker --platform linux/arm64 --tag localhost/lapilli-base:12-arm64 "
called "BASE=localhost/lapilli-base:12-arm64"
machine=aarch64 image --engine buildah
is_at tree/build/image/lapilli-$version.tar
never '--platform\|build_package'

# Where its programs do not run, one sentence says what is missing, before anything is built.
refused() { # CODE, PART OF THE SENTENCE, WORDS
  image "${@:3}"
  expect_code "$1"
  expect_contains stderr "$err" "$2"
  [ "$(grep -c '^build_image: error: ' .err)" -eq 1 ] || fail "$ran: not one error: $err"
  never ' build \|build_package\|make_debian'
}
missing='do not run here; expected qemu to be called for them; apt install qemu-user-static binfmt-support'
touch alone
refused 1 "programs for arm64 $missing" --engine docker --platform linux/arm64
machine=aarch64 refused 1 "programs for amd64 $missing" --engine buildah --platform linux/amd64
echo disabled >root/proc/sys/fs/binfmt_misc/qemu-aarch64
refused 1 "programs for arm64 $missing" --engine buildah --platform linux/arm64
refused 2 'expected linux/amd64 or linux/arm64' --platform linux/riscv64
refused 2 'expected linux/amd64 or linux/arm64' --platform arm64
refused 2 "expected lapilli_$version-*_amd64.deb" --package "lapilli_$version-1~debian12_arm64.deb"
refused 2 '--platform needs a value' --platform
finish
