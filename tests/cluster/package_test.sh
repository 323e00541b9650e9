# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# The Debian package of this build is installed by apt in a bare Debian, works there for a user without a compiler, and leaves nothing.
. "$(dirname "$0")/../cli/lib.sh"

[ "$(id -u)" -eq 0 ] || { echo 'skipped: a bare Debian to install packages in needs root' >&2; exit 77; }
for program in mmdebstrap dpkg-shlibdeps file; do
  command -v $program >/dev/null || { echo "skipped: there is no $program (scripts/install_packages --package --image)" >&2; exit 77; }
done
[ -n "${LAPILLI_BUILD_DIR:-}" ] || { echo 'skipped: LAPILLI_BUILD_DIR names no build to pack' >&2; exit 77; }
release=$(. /etc/os-release && echo "$VERSION_CODENAME") # a package is for that which built it
. "$LAPILLI_SOURCE_DIR/scripts/owner/bare_debian.sh"
unpack_debian root "$release" 2>.err || { fail "make_debian.sh: $(cat .err)"; finish; }
enter() { enter_debian root "$@"; } # USER COMMAND...
apt_get() { enter 0 apt-get -qq -o Acquire::Retries=3 -o APT::Sandbox::User=root -o Dpkg::Use-Pty=0 "$@"; }

run "$LAPILLI_SOURCE_DIR/scripts/owner/build_package.sh" --build "$LAPILLI_BUILD_DIR" --out .
expect_code 0
package=$(ls lapilli_*.deb)
[ "$out" = "./$package" ] || fail "prints another path: $out"
version=$(sed -n 's/^project(lapilli VERSION \([0-9.]*\).*/\1/p' "$LAPILLI_SOURCE_DIR/CMakeLists.txt")
case $package in "lapilli_$version-1~"*) ;; *) fail "has another version: $package" ;; esac
depends=$(dpkg-deb --field "$package" Depends)
for needed in openmpi-bin libopenmpi libhdf5 libfmt libtiff6 zlib1g libbz2-1.0 libzstd1 libblosc1 libpugixml1v5 libxxhash0 libopenjp2-7 libc6; do
  expect_contains 'list of what it needs' "$depends" "$needed"
done

cp "$package" root/
apt_get update >.out 2>.err || fail "no package lists: $(cat .err)"
run apt_get install --yes --no-install-recommends "/$package"
expect_code 0
if enter 0 sh -c 'command -v g++ cc cmake' >/dev/null; then fail 'it brings a compiler'; fi

# As a user who has nothing but a folder.
mkdir root/home/user && chown 1234:1234 root/home/user
run enter 1234 sh -c 'cd /home/user && lapilli generate blobs --size 24 --porosity 0.6 --seed 1 -o blobs.tif && exec lapilli analyze blobs.tif --voxel 2um --blocks 0'
expect_code 0
expect_contains table "$out" 'k [mD]'
[ "$(stat -c %u root/home/user/blobs.lapilli/result.json)" -eq 1234 ] || fail 'the result belongs to somebody else'
run enter 1234 lapilli-launch --help
expect_code 0

# What users and owners of a cluster need works from where it is installed.
share=/usr/share/lapilli/scripts
run enter 1234 sh -c "cd /home/user && $share/user/submit.sh blobs.tif -n 3 --voxel 2um --dry-run"
expect_code 0
expect_contains manifest "$out" "image: &image lapilli:$version"
for script in user/fetch_results.sh install_k3s.sh owner/import_image.sh owner/hostfile.sh owner/mpirun_cluster.sh owner/install_guard.sh; do
  run enter 1234 $share/$script --help
  expect_code 0
done
run enter 1234 $share/owner/import_image.sh host
expect_contains stderr "$err" "lapilli-$version.tar"
# A host of the cluster that is this one, by an ssh that goes nowhere.
printf '#!/bin/sh\nwhile [ "$1" != 127.0.0.1 ]; do shift; done\nshift\nexec sh -c "$*"\n' >root/home/user/ssh && chmod +x root/home/user/ssh
run enter 1234 sh -c "cd /home/user && echo agent 127.0.0.1 >hosts &&
  exec $share/owner/mpirun_cluster.sh --inventory hosts --ssh /home/user/ssh porosity blobs.tif --out /home/user/hosts.lapilli"
expect_code 0
[ -s root/home/user/hosts.lapilli/result.json ] || fail "mpirun_cluster.sh has no result: $out $err"
[ -z "$(cd root/usr/share/lapilli && find . -xtype l)" ] || fail 'links lead nowhere'
dpkg-deb --contents "$package" >contents
for document in copyright changelog.gz changelog.Debian.gz; do # not unpacked where Debian is to be small
  grep -q " ./usr/share/doc/lapilli/$document\$" contents || fail "there is no $document"
done
for file in man/man1/lapilli.1.gz bash-completion/completions/lapilli zsh/vendor-completions/_lapilli fish/vendor_completions.d/lapilli.fish; do
  grep -q " ./usr/share/$file\$" contents || fail "there is no $file"
done

# Away with it.
run apt_get purge --yes lapilli
expect_code 0
left=$(find root/usr root/etc root/var/lib -name '*lapilli*')
[ -z "$left" ] || fail "is left: $left"
rm -r root
finish
