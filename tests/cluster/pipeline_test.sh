# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# The steps of pipelines that need no network: a release is prepared, checked, gathered and published, and a deployment is careful.
# In a copy of the sources; docker, gh and kubectl are played.
. "$(dirname "$0")/../cli/lib.sh"
source=${LAPILLI_SOURCE_DIR:?}
mkdir -p tree/tests bin
cp -r "$source"/{CMakeLists.txt,CITATION.cff,CHANGELOG.md,docs,k8s,scripts} tree/
cp -r "$source/tests/cluster" tree/tests/
step() { run "tree/scripts/owner/pipeline/$1" "${@:2}"; }
export PATH=$PWD/bin:$PATH
old=$(sed -n 's/^project(lapilli VERSION \([0-9.]*\).*/\1/p' "$source/CMakeLists.txt")

# Another version, in all places.
step prepare_release 9.8
expect_code 2
sed -i 's/^## \[Unreleased\]$/&\n\n- A new thing./' tree/CHANGELOG.md # also right after a release
step prepare_release 9.8.7
expect_code 0
step check_version v9.8.7
expect_code 0
left=$(grep -rnE "lapilli[-: ]${old//./\\.}|VERSION ${old//./\\.}" tree --include='*')
[ -z "$left" ] || fail "is of the old version: $left"
step release_notes 9.8.7
expect_code 0
expect_contains notes "$out" 'A new thing.'
step release_notes 9.8.6
expect_code 1
step prepare_release 9.8.8
expect_code 1
expect_contains stderr "$err" 'nothing is unreleased'

# A version that stands elsewhere, too.
step check_version v9.8.6
expect_code 1
expect_contains stderr "$err" 'expected v9.8.7'
for place in CITATION.cff CHANGELOG.md k8s/job/job.yaml k8s/mpijob/mpijob.yaml; do
  cp tree/$place kept
  sed -i 's/9\.8\.7/9x8x6/' tree/$place
  step check_version v9.8.7
  expect_code 1
  expect_contains stderr "$err" "$place is of another version"
  cp kept tree/$place
done

# A release is gathered: names without ~, the bill of the image, checksums.
mkdir -p release usr/share/lapilli
for system in debian12 ubuntu24.04; do echo $system >"release/lapilli_9.8.7-1~${system}_amd64.deb"; done
step gather_release release
expect_code 1
expect_contains stderr "$err" 'no lapilli-amd64.tar'
for architecture in amd64 arm64; do
  echo bill for $architecture >usr/share/lapilli/sbom.spdx.json
  echo '[{"Config": "c.json", "RepoTags": ["lapilli:9.8.7"], "Layers": ["a.tar", "b.tar"]}]' >manifest.json
  tar -cf a.tar bin && tar -cf b.tar usr && tar -cf release/lapilli-$architecture.tar manifest.json a.tar b.tar
done
rm release/*.deb
for system in debian12 ubuntu24.04; do echo $system >"release/lapilli_9.8.7-1~${system}_amd64.deb"; done
step gather_release release
expect_code 0
[ "$(cd release && ls | xargs)" = "SHA256SUMS lapilli-9.8.7-amd64.spdx.json lapilli-9.8.7-amd64.tar lapilli-9.8.7-arm64.spdx.json\
 lapilli-9.8.7-arm64.tar lapilli_9.8.7-1.debian12_amd64.deb lapilli_9.8.7-1.ubuntu24.04_amd64.deb notes.md" ] || fail "gathered $(ls release)"
[ "$(cat release/lapilli-9.8.7-arm64.spdx.json)" = 'bill for arm64' ] || fail 'another bill of materials'
[ "$(wc -l <release/SHA256SUMS)" -eq 6 ] || fail "checksums: $(cat release/SHA256SUMS)"
grep -q 'A new thing' release/notes.md || fail 'the notes are those of another version'

# ... and published as it was gathered.
printf '#!/bin/sh\necho "$*" >>%s/calls\n' "$PWD" >bin/gh && chmod +x bin/gh
step publish_release v9.8.7 release
expect_code 0
expect_contains calls "$(cat calls)" 'release create v9.8.7 --verify-tag --title Lapilli 9.8.7 --notes-file notes.md lapilli-9.8.7-amd64.spdx.json'
expect_contains calls "$(cat calls)" 'SHA256SUMS'
echo more >>release/lapilli_9.8.7-1.debian12_amd64.deb
rm calls
step publish_release v9.8.7 release
expect_code 1
[ ! -e calls ] || fail 'files were published that are not those of the checksums'

# The password of a registry is in no command line and no file that stays.
cat >bin/docker <<END
#!/bin/sh
echo "\$*" >>$PWD/calls
case \$1 in
  login) cat >>"\$DOCKER_CONFIG/config.json" && echo "\$DOCKER_CONFIG" >$PWD/where ;;
  load) echo "\$4" | sed 's/.*-\(.*\)\.tar/\1/' >$PWD/loaded ;;
  image) cat $PWD/loaded ;;
  buildx) [ "\$3" = create ] || echo sha256:abc ;;
esac
END
chmod +x bin/docker
export REGISTRY_USER=me REGISTRY_PASSWORD=secret
step push_image release/lapilli-9.8.7-*.tar ghcr.io/Me/Lapilli
expect_code 0
[ "$out" = $'name=ghcr.io/me/lapilli\ndigest=sha256:abc' ] || fail "push_image prints $out"
for architecture in amd64 arm64; do
  grep -qx "push --quiet ghcr.io/me/lapilli:9.8.7-$architecture" calls || fail "not pushed: $(cat calls)"
done
grep -qx 'buildx imagetools create --tag ghcr.io/me/lapilli:9.8.7 ghcr.io/me/lapilli:9.8.7-amd64 ghcr.io/me/lapilli:9.8.7-arm64' calls || fail "not pushed: $(cat calls)"
! grep -q secret calls || fail 'the password is in a command line'
[ ! -e "$(cat where)" ] || fail 'the password is left in a file'

# A deployment changes nothing but the namespace before the cluster has agreed to all of it, and leaves no kubeconfig.
cat >bin/kubectl <<END
#!/bin/sh
echo "\$*" >>$PWD/calls
stat -c '%a %n' "\$KUBECONFIG" >$PWD/where
[ "\$(cat "\$KUBECONFIG")" = content ] && [ -z "\$KUBECONFIG_CONTENT" ] || exit 9
case \$* in *--dry-run=server*) [ ! -e $PWD/refuses ] ;; esac
END
chmod +x bin/kubectl
export KUBECONFIG_CONTENT=content
rm calls
step deploy workbench
expect_code 0
[ "$(tail -n 1 calls | sed 's|/.*tree/||; s|-f .*/k8s|-f k8s|')" = '--request-timeout=30s apply -f k8s/workbench' ] || fail "not applied: $(cat calls)"
read -r mode file <where
[ "$mode" = 600 ] || fail "others may read the kubeconfig: $mode"
[ ! -e "$file" ] || fail 'the kubeconfig is left in a file'
touch refuses
rm calls
step deploy workbench
expect_code 1
expect_contains stderr "$err" 'nothing else was changed'
[ "$(wc -l <calls)" -eq 2 ] || fail "applied what was refused: $(cat calls)"
step deploy storage
expect_code 2

# All targets are fuzzed, and one that finds something fails the step.
step fuzz_longer ever
expect_code 2
for file in bin/cmake bin/ctest tree/scripts/install_packages; do
  printf '#!/bin/sh\necho "${0##*/} $*" >>%s/calls\n' "$PWD" >"$file" && chmod +x "$file"
done
: >calls
step fuzz_longer 7
expect_code 0
grep -q '^cmake --preset fuzz -DLAPILLI_FUZZ_SECONDS=7$' calls || fail "not for 7 s: $(cat calls)"
grep -q '^ctest --test-dir build/fuzz .*--tests-regex ^fuzz\\.\.\*\$ ' calls || fail "not all are fuzzed: $(cat calls)"
step fuzz_longer 7 tiff
grep -q '^ctest .*--tests-regex ^fuzz\\.tiff\$ ' calls || fail "tiff alone is not fuzzed: $(cat calls)"
echo 'exit 8' >>bin/ctest
step fuzz_longer 7
[ "$code" -ne 0 ] || fail 'what was found is passed over'

# The package for another processor is tried by its own program, and one that finds another answer fails the step.
mkdir -p tree/build/{arm64/tests,release/src}
cat >analyze <<END
#!/bin/sh
echo "\${0##*/} \$*" >>$PWD/calls
[ "\$1" != compare ] || exec "$LAPILLI" "\$@"
while [ "\$1" != --out ]; do shift; done
mkdir -p "\$2" && cp $PWD/result-\${IN_QEMU:-no} "\$2/result.json"
END
cat >bin/qemu-aarch64 <<'END'
#!/bin/sh
[ "$1 $2" = '-L the-root' ] && shift 2 && IN_QEMU=yes exec "$@"
END
printf '#!/bin/sh\nmkdir -p "$3/usr/bin" && cp %s/analyze "$3/usr/bin/lapilli"\n' "$PWD" >bin/dpkg-deb
printf '#!/bin/sh\necho the-root\n' >tree/scripts/owner/make_arm64_root.sh
printf '#!/bin/sh\necho "$*" >>%s/calls && echo out/lapilli_9.8.7_arm64.deb\n' "$PWD" >tree/scripts/owner/build_package.sh
printf '#!/bin/sh\necho "kernels in qemu: $IN_QEMU" >>%s/calls\n' "$PWD" >tree/build/arm64/tests/kernels_tests
chmod +x analyze bin/* tree/build/arm64/tests/kernels_tests
cp analyze tree/build/release/src/lapilli
result() { # PORES K UNIT
  printf '{"schema": 1, "status": "done", "program": {"name": "lapilli"}, "image": {"shape": [2, 2, 2]}, "timing": %s, "result": {%s}}' \
    $RANDOM "\"pores\": $1, \"k\": $2, \"$3\": 1"
}
result 7 0.5 m >result-no
cp result-no result-yes
rm calls
step try_arm64 0123456789abcdef
expect_code 0
grep -qx 'cmake --preset release -DLAPILLI_GIT_REVISION=0123456789ab' calls || fail "not built: $(cat calls)"
grep -qx 'kernels in qemu: yes' calls || fail "the kernels were not tested: $(cat calls)"
grep -qx -- '--architecture arm64 --revision 0123456789abcdef' calls || fail "no package was made: $(cat calls)"
[ "$(grep -c '^lapilli analyze data/spheres.tif --voxel 2um --ranks 1 ' calls)" -eq 2 ] || fail "not compared: $(cat calls)"
expect_contains stdout "$out" 'the same bits: all 3 values'
result 7 0.5000000001 m >result-yes
step try_arm64
expect_code 0
expect_contains stdout "$out" 'within the tolerance; 2 of 3 values have the same bits'
for other in '8 0.5 m' '7 0.5001 m' '7 0.5 mD' '7 null m'; do
  # shellcheck disable=SC2086 # three words
  result $other >result-yes
  step try_arm64
  expect_code 1
  expect_contains stderr "$err" 'expected 1e-6 at most'
done
cp result-no result-yes
echo 'exit 1' >>tree/build/arm64/tests/kernels_tests
step try_arm64
expect_code 1

# Each tells how it is used.
for file in tree/scripts/owner/pipeline/*; do
  [ -x "$file" ] || continue
  step "${file##*/}" --help
  expect_code 0
  expect_contains help "$out" "scripts/owner/pipeline/${file##*/}"
done
finish
