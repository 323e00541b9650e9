# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# The container image is built without a daemon and a registry, is small, and has what pods need and nothing secret.
. "$(dirname "$0")/../cli/lib.sh"

[ "$(id -u)" -eq 0 ] || { echo 'skipped: building the image without a daemon needs root' >&2; exit 77; }
for program in buildah mmdebstrap; do
  command -v $program >/dev/null || { echo "skipped: there is no $program (scripts/install_packages --image)" >&2; exit 77; }
done

# Compiling it all would be the dearest of all tests: the image is made of the package of cluster.package where that is for its Debian,
# and of the other way is seen that its Dockerfile copies all that CMake and the package ask for.
mapfile -t given < <(compgen -G "../package/lapilli_*~debian12_*.deb")
[ "${#given[@]}" -le 1 ] || fail "there are several packages: ${given[*]}"
mkdir copied
sed -n 's|^COPY \(.*\) /lapilli/.*|\1|p' "$LAPILLI_SOURCE_DIR/k8s/image/package.Dockerfile" | tr ' ' '\n' >paths
(cd "$LAPILLI_SOURCE_DIR" && tar -cf - --files-from="$OLDPWD/paths") | tar -xf - -C copied
run cmake -S copied --preset release
expect_code 0
install -D "$LAPILLI" copied/build/release/src/lapilli # as if it had been built
"$LAPILLI" man >copied/build/release/src/lapilli.1
run copied/scripts/owner/build_package.sh --build copied/build/release --out .
expect_code 0
[ "$(dpkg-deb --contents "$out" | awk '{print $1, $6}')" = "$(dpkg-deb --contents "${given[0]:-$out}" | awk '{print $1, $6}')" ] ||
  fail 'the Dockerfile copies less than the package needs'

"$LAPILLI_SOURCE_DIR/scripts/owner/build_image.sh" --engine buildah --archive image.tar ${given:+--package "$given"} >.log 2>&1 || fail "build_image.sh: $(tail -n 40 .log)"
[ -s image.tar ] || { fail 'there is no archive'; finish; }
version=$(sed -n 's/^project(lapilli VERSION \([0-9.]*\).*/\1/p' "$LAPILLI_SOURCE_DIR/CMakeLists.txt")
mkdir parts root
tar -xf image.tar -C parts
[ "$(json parts/manifest.json 0 RepoTags 0 | sed 's|.*/||')" = "lapilli:$version" ] || fail 'the tag is not the version'
config=parts/$(json parts/manifest.json 0 Config)
[ "$(json "$config" config User)" = 1000:1000 ] || fail 'does not run as uid 1000'
[ "$(json "$config" config Labels org.opencontainers.image.version)" = "$version" ] || fail 'has no label with its version'

# as the engines unpack it: .wh.NAME in a layer takes away what layers before it had
python3 - parts root <<'END' || fail 'could not be unpacked'
import json, os, pathlib, shutil, subprocess, sys, tarfile
parts, root = map(pathlib.Path, sys.argv[1:])
for layer in json.loads((parts / "manifest.json").read_text())[0]["Layers"]:
    with tarfile.open(parts / layer) as archive:
        hidden = [pathlib.Path(name) for name in archive.getnames() if pathlib.Path(name).name.startswith(".wh.")]
    for mark in hidden:
        gone = root / mark.parent / mark.name[len(".wh."):]
        if gone.is_dir() and not gone.is_symlink(): shutil.rmtree(gone)
        else: gone.unlink(missing_ok=True)
    subprocess.run(["tar", "-xpf", parts / layer, "-C", root, "--numeric-owner", "--exclude=.wh.*"], check=True)
END
rm -r parts
size=$(du -sm root | cut -f 1)
printf 'the image has %s MB, its archive %s MB\n' "$size" "$(du -m image.tar | cut -f 1)"
[ "$size" -lt 300 ] || fail "has $size MB"
[ -z "$(find root -name 'ssh_host_*_key*' -o -name 'id_rsa*' -o -name authorized_keys)" ] || fail 'has keys in it'
[ -z "$(find root/home/lapilli root/work ! -user 1000)" ] || fail 'has a home that is not its own'
[ -z "$(find root -xdev -type f -perm /6000 ! -perm /0001)" ] || fail 'has strange privileges'
json root/usr/share/lapilli/sbom.spdx.json packages | grep -q "'openmpi-bin'" || fail 'has no bill of materials'
chroot root lapilli --version | grep -q "^lapilli $version" || fail 'does not run'

# As `docker run --rm -v "$PWD:/data"` of somebody else than 1000: results go there, as the caller's, or a warning says what is missing.
start() { # UID ARGUMENTS: the entrypoint
  unshare --mount --pid --fork --kill-child bash -c 'mount -t proc proc root/proc && mount --rbind /dev root/dev && user=$1 && shift &&
    exec chroot root setpriv --reuid "$user" --regid "$user" --clear-groups env -C /work HOME=/home/lapilli lapilli-pod "$@"' start "$@"
}
install -d -m 755 -o 1234 -g 1234 root/data
cp root/usr/share/lapilli/data/bcc.tif root/data/scan.tif
run start 1234 porosity /data/scan.tif --out scan
expect_code 0
[ "$(stat -c %u:%g root/data/scan/result.json)" = 1234:1234 ] || fail 'the result is not with its image'
run start 1000 porosity /data/scan.tif --out other
expect_code 2
expect_contains stderr "$err" 'for results add --user 1234:1234'
rm -r root/data
mkdir -p root/etc/lapilli-case # kubelets make the folders that they mount
finish
