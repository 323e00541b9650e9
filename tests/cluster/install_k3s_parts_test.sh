# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Parts of a host of scripts/install_k3s.sh that fail or are somebody else's: images, registry, files, the node guard, the taint.
. "$(dirname "$0")/fake_hosts.sh"
archive=$PWD/tree/build/image/lapilli-0.1.0.tar
images=$root/var/lib/rancher/k3s/agent/images

# The image: kept for the next start where K3s does not run, imported at once where it does, left alone where it is.
fresh
on_host $host server --storage none --image "$archive"
expect_code 0
cmp -s "$archive" $images/lapilli-0.1.0.tar || fail 'the image is not kept for later starts'
expect_no_call 'k3s ctr'
rm -r $root/images
on_host $host image --image "$archive"
expect_code 0
expect_call 'k3s ctr --namespace k8s.io images import .*lapilli-0.1.0.tar'
on_host $host image --image "$archive"
expect_contains stderr "$err" 'nothing had to be changed'
rm $root/images && fails 'k3s ctr' 'ctr: no space left on device'
refused 1 'containerd does not import lapilli-0.1.0.tar' image --image "$archive"
fresh && touch $root/docker && fails 'docker load' 'no space left on device'
refused 1 'docker does not load lapilli:0.1.0' server --docker --storage none --image "$archive"
mkdir airgap && cp net/* airgap && echo images >airgap/k3s-airgap-images-amd64.tar
refused 1 'docker does not load k3s-airgap-images-amd64.tar' server --docker --storage none --airgap airgap
fresh && mkdir -p ${images%/*} && touch $images
refused 1 'lapilli-0.1.0.tar cannot be copied to' server --storage none --image "$archive"

# The registry.
fresh
on_host $host server --storage none --registry http://10.0.0.9:5000
expect_code 0
grep -qx '    - "http://10.0.0.9:5000"' $root/etc/rancher/k3s/registries.yaml || fail 'the registry is not in registries.yaml'
: >fake/calls
on_host $host mirror --registry http://10.0.0.9:5000
expect_contains stderr "$err" 'nothing had to be changed'
on_host $host mirror --registry https://images.example
expect_code 0
expect_call 'systemctl restart --no-block k3s '
echo '# of somebody else' >$root/etc/rancher/k3s/registries.yaml
refused 2 'registries.yaml is not of this script' mirror --registry http://10.0.0.9:5000
refused 2 "--registry '10.0.0.9:5000' is not possible; expected https://HOST" mirror --registry 10.0.0.9:5000
fresh && touch $root/docker
refused 2 'nodes with --docker do not read registries.yaml' server --docker --storage none --registry http://10.0.0.9:5000

# Where files cannot be written, and programs do not do what they should.
fresh && touch $root/etc/rancher && refused 1 'etc/rancher/k3s/agent-token cannot be written' server --storage none
fresh && mkdir -p $root/srv/lapilli && on_host $host server --storage hostpath && expect_code 0
expect_contains stderr "$err" 'give /srv/lapilli to uid 1000' # a disk that was mounted there before
on_host $host server --storage hostpath
expect_contains stderr "$err" 'nothing had to be changed'
fresh && touch $root/srv && refused 1 '/srv/lapilli cannot be made' server
fresh && fails 'systemctl enable' 'Failed to enable unit' && refused 1 'systemd does not start k3s' server --storage none
fresh && sed '/^kind: Deployment/,$d' net/mpi-operator.yaml >other.yaml && cp net/mpi-operator.yaml kept.yaml &&
  cp other.yaml net/mpi-operator.yaml
cp tree/scripts/owner/k3s/versions.env kept.env
sed -i "s/^MPI_OPERATOR_SHA256=.*/MPI_OPERATOR_SHA256=$(digest other.yaml)/" tree/scripts/owner/k3s/versions.env
refused 1 'has no Deployment that could be tied to the servers' server --storage none
[ ! -e $root/var/lib/rancher/k3s/server/manifests/mpi-operator.yaml ] || fail 'half an operator was left'
cp kept.yaml net/mpi-operator.yaml && cp kept.env tree/scripts/owner/k3s/versions.env
fresh && fails 'kubectl .*taint' 'Unable to connect'
on_host $host server --storage none && expect_code 0 # it has its taint, or none, from the start
refused 1 'the taint of node-4 could not be set' server --storage none --taint
fresh && mv programs/apt-get away &&
  refused 2 'there is no apt-get, dnf or zypper here; install what corresponds to nfs-common nfs-kernel-server by hand' server
for family in dnf zypper; do
  fresh && cp "$here/fake_host" programs/$family && on_host $host server --plan && expect_code 0
  case $family in dnf) words=nfs-utils ;; zypper) words='nfs-client nfs-kernel-server' ;; esac
  grep -qx "install_k3s: would install packages: $words" .err || fail "$family would install others: $err"
  rm programs/$family
done
mv away programs/apt-get

# The node guard comes with the server, and goes with it.
fresh
on_host $host server --storage none
expect_code 0
expect_order 'k3s start' 'install_guard.sh '
on_host $host uninstall
expect_order 'install_guard.sh --uninstall' 'k3s-uninstall.sh'
: >fake/calls
on_host $host server --storage none --no-guard
expect_code 0
expect_no_call install_guard.sh
on_host $host server --storage none --plan
expect_no_call install_guard.sh
on_host $host uninstall
expect_no_call install_guard.sh # which is not there
on_host $host server --storage none
touch fake/guard_fails
refused 1 'the node guard could not be installed' server --storage none
on_host $host uninstall
expect_code 0
expect_contains stderr "$err" 'the node guard could not be removed'
rm fake/guard_fails
servers=10.0.0.4 agents=10.0.0.5
fresh
cluster
expect_code 0
expect_call '10.0.0.4 install_guard.sh'
expect_no_call '10.0.0.5 install_guard.sh'
finish
