# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# scripts/owner/import_image.sh brings an image to nodes that lack it, or to a registry, and names those that it did not reach.
. "$(dirname "$0")/fake_hosts.sh"
import() { run "$BASH_OF_USER" tree/scripts/owner/import_image.sh "$@"; }

fresh
mv tree/build tree/no_build
cluster # without the image
expect_code 0
expect_no_call 'k3s ctr'
import 10.0.0.5
expect_error 2 'lapilli-0.1.0.tar cannot be read; expected that of scripts/owner/build_image.sh'
mv tree/no_build tree/build

# To those that are named, as the user that is named; then to all; then to nobody.
import debian@10.0.0.5 10.0.0.6 --wait 1
expect_code 0
expect_call 'ssh .* debian@10.0.0.5 '
[ "$(grep -c ': 1 steps$' .err)" -eq 2 ] || fail "not two nodes got it: $err"
[ -e fake/10.0.0.6/var/lib/rancher/k3s/agent/images/lapilli-0.1.0.tar ] || fail 'it is not there for a node that starts anew'
[ ! -e fake/10.0.0.4/images ] || fail 'the server was not named'
[ -z "$(ls fake/10.0.0.5/home/.lapilli-node/image 2>/dev/null)" ] || fail 'the archive stays in the home'
import --inventory inventory
expect_code 0
[ "$(grep -c 'has lapilli:0.1.0 already' .err)" -eq 2 ] && grep -q '10.0.0.4: 1 steps' .err || fail "not just the server lacked it: $err"
: >fake/calls
import --inventory inventory
expect_code 0
expect_no_call 'k3s ctr\|cat >'

# Another image of the same tag is brought.
cp manifest.json kept.json
sed -i 's/ab/cd/' manifest.json && tar -cf other.tar manifest.json
import 10.0.0.5 --archive other.tar
expect_code 0
grep -q cdab fake/10.0.0.5/images || fail 'the node has the old image'

# One for another processor is not.
printf '{"architecture": "arm64", "os": "linux"}' >$(printf 'cd%.0s' $(seq 32)).json
sed 's/ab/cd/g' kept.json >manifest.json && tar -cf arm.tar manifest.json cdcd*.json
import 10.0.0.6 --archive arm.tar
expect_code 1
expect_contains stderr "$err" 'arm.tar is for arm64, but 10.0.0.6 is amd64; expected an image for it; build one'
: >fake/calls
cluster --image arm.tar
expect_error 2 'scripts/owner/build_image.sh --platform linux/amd64'
expect_no_call 'k3s ctr\|cat >.*image'
sed -i 's/arm64/amd64/' cdcd*.json && tar -cf arm.tar manifest.json cdcd*.json
import 10.0.0.6 --archive arm.tar
expect_code 0

# Who is not reached, and who is no node.
touch fake/10.0.0.5/away
import 10.0.0.5 10.0.0.6 --archive other.tar --wait 1
expect_code 1
expect_contains stderr "$err" 'agent 10.0.0.5: error: 10.0.0.5 does not answer'
expect_contains stderr "$err" 'lapilli:0.1.0 is not on all nodes (see above)'
grep -q cdab fake/10.0.0.6/images || fail 'the node that answers has the old image'
rm fake/10.0.0.5/away
fails '10.0.0.5 k3s ctr' 'no space left on device'
import 10.0.0.5
expect_code 1
expect_contains stderr "$err" 'containerd does not import lapilli-0.1.0.tar'
fresh
import 10.0.0.5
expect_code 1
expect_contains stderr "$err" '10.0.0.5 has no K3s; expected a node'

# The registry: pushed with what there is, nodes told to look there.
cluster
expect_code 0
import --registry http://10.0.0.9:5000 --inventory inventory
expect_code 0
expect_order 'laptop docker load' 'laptop docker push --quiet 10.0.0.9:5000/library/lapilli:0.1.0'
grep -q 10.0.0.9:5000 fake/10.0.0.6/etc/rancher/k3s/registries.yaml || fail 'a node does not look there'
import --registry http://10.0.0.9:5000 --inventory inventory
[ "$(grep -c 'nothing had to be changed' .err)" -eq 3 ] || fail "a second time something was changed: $err"
for program in skopeo podman buildah; do
  [ $program = skopeo ] || mv programs/docker away
  printf '#!/bin/sh\necho "laptop %s $*" >>"$FAKE/calls"\n' $program >programs/$program && chmod +x programs/$program
  import --registry http://10.0.0.9:5000
  expect_code 0
  expect_call "laptop $program .*10.0.0.9:5000/library/lapilli:0.1.0"
  grep -q "laptop $program .*verify=false" fake/calls || fail "$program demands https"
  rm programs/$program
  [ $program = skopeo ] || mv away programs/docker
done
mv programs/docker away
import --registry http://10.0.0.9:5000
expect_code 2
expect_contains stderr "$err" 'there is none of skopeo, docker, podman and buildah'
mv away programs/docker
fails 'docker push' 'unauthorized: authentication required'
import --registry http://10.0.0.9:5000
expect_code 1
expect_contains stderr "$err" 'could not be pushed to http://10.0.0.9:5000'

# Words.
for pair in '|it is not said where to' '--colour|--colour is unknown' '--wait|--wait needs a value' \
  '--wait soon|is not possible; expected seconds' \
  '--registry 10.0.0.9|is not possible; expected https' 'a;b|is not possible; expected the name or address'; do
  # shellcheck disable=SC2086 # words
  import ${pair%%|*}
  expect_code 2
  expect_contains stderr "$err" "${pair#*|}"
done
import --help
expect_code 0
finish
