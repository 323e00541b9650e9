# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# What scripts/install_k3s.sh refuses on a host, and what it says when something fails there: one sentence, an exit code, no secret.
. "$(dirname "$0")/fake_hosts.sh"

# Refusals come before anything is changed.
untouched() {
  refused "$@"
  expect_no_call ' curl \| apt-get \|install.sh\| systemctl \(enable\|restart\)'
  [ ! -e $root/etc/rancher ] || fail "$ran: wrote settings"
}

# The host.
echo 'K10cafe::node:secret-of-agents' >token
fresh && touch $root/user && untouched 2 'needs root; run it with sudo' server
fresh && echo riscv64 >$root/arch && untouched 2 'this host is riscv64; expected x86_64 or aarch64' server
for name in localhost node_1; do fresh && echo $name >$root/name && untouched 2 "is called '$name'" server; done
fresh && touch $root/no_route && untouched 2 'no default route' server
fresh && touch $root/cgroup_v1 && untouched 2 'version 1 of control groups' server
fresh && untouched 2 'docker does not answer' server --docker
fresh && mkdir -p $root/etc/systemd/system && touch $root/etc/systemd/system/k3s.service &&
  untouched 2 'installed on this host by other means' server
fresh && mkdir -p $root/etc/systemd/system && touch $root/etc/systemd/system/k3s.service &&
  untouched 2 'this host has k3s already' agent --token-file token
fresh && mv programs/systemctl away && untouched 2 'no systemd' server
mv away programs/systemctl
fresh
mkdir -p $root/run/lock
(flock 9 && /bin/sleep 3) 9>$root/run/lock/lapilli-k3s &
/bin/sleep 0.3
untouched 1 'another run of this script is at work' server
kill %1

# Words.
fresh
untouched 2 'there is no verb'
untouched 2 'serve is not a verb' serve
untouched 2 '--colour is unknown' server --colour
untouched 2 'twice is one word too many' server twice
untouched 2 '--wait needs a value' server --wait
untouched 2 "--wait 'soon' is not possible; expected seconds" server --wait soon
untouched 2 "--url 'http://10.0.0.4:6443' is not possible" agent --url http://10.0.0.4:6443
untouched 2 "--storage 'disk' is not possible; expected nfs" server --storage disk
untouched 2 "--nodes 'a b' is not possible" server --nodes 'a b'
untouched 2 "--checksum 'x' is not possible" server --checksum x

# Tokens: none, an unsuitable one, and no server to join.
url=https://10.0.0.9:6443
untouched 2 'there is no token' agent --url $url
echo 'K10cafe::server:secret-of-servers' >token
untouched 2 "expected the agents' token" agent --url $url --token-file token
untouched 2 'cannot be read' agent --url $url --token-file nowhere
echo 'two words' >token
untouched 2 'expected one word' agent --url $url --token-file token
echo 'K10cafe::node:secret-of-agents' >token
refused 2 'not said which server' agent --token-file token

# Ways of the token in, of which none is seen by a program.
for way in file stdin variable; do
  fresh
  case $way in
    file) on_host $host agent --url $url --token-file token --wait 1 ;;
    stdin) on_host $host agent --url $url --token-file /dev/stdin --wait 1 <token ;;
    variable) K3S_URL=$url K3S_TOKEN=$(cat token) on_host $host agent --wait 1 ;;
  esac
  [ $way = stdin ] || expect_error 1 'k3s-agent was not ready within 1 s; the server https://10.0.0.9:6443 does not answer'
  [ $way = stdin ] || cmp -s token $root/etc/rancher/k3s/token || fail "a token by $way did not arrive"
done

# The network and what comes from it.
fresh && fails ' curl ' 'curl: (6) Could not resolve host: github.com' && refused 1 'could not be fetched' server
for file in k3s install.sh mpi-operator.yaml; do
  fresh && echo $file >fake/damaged && refused 1 "$file has the digest" server
  [ ! -e $root/usr/local/bin/k3s.new ] || fail "a damaged $file was left"
  expect_no_call 'systemctl restart'
done
fresh && refused 1 'k3s has the digest' server --checksum "$(printf '0%.0s' $(seq 64))"
[ ! -e $root/usr/local/bin/k3s ] || fail 'a wrong binary was installed'
fresh && echo aarch64 >$root/arch && cp net/k3s net/k3s-arm64 && echo "$(digest net/k3s)  k3s" >net/sha256sum-arm64.txt
refused 1 'does not name k3s-arm64' server
fresh && on_host $host server --checksum "$(digest net/k3s)" && expect_code 0
expect_no_call 'curl .*sha256sum'
fresh && fails ' apt-get .*install' 'E: Unable to locate package' && refused 1 'could not install nfs-common nfs-kernel-server' server
fresh && mkdir airgap && refused 2 'has no k3s; expected what docs/install.md lists' server --airgap airgap

# Programs that fail.
fresh && touch $root/installer_fails && refused 1 'the installer of K3s failed' server
fresh && fails 'systemctl .*nfs-server' 'Failed to start nfs-server.service' && refused 1 'the NFS server does not start' server
fresh && echo ufw >$root/firewall && fails ' ufw .*allow' 'ERROR: Could not load logging rules' &&
  refused 1 'ufw does not take the rule all - 10.42.0.0/16' server

# K3s that does not start, and why.
reason() { # LOG, PART OF THE SENTENCE
  fresh
  echo "$1" >$root/log
  refused 1 "k3s was not ready within 1 s; $2" server --wait 1
}
reason 'Node password rejected, duplicate hostname' 'the cluster knows another host by the name node-4'
reason 'level=fatal msg="token CA hash does not match the Cluster CA"' 'the token belongs to another cluster'
reason 'critical configuration value mismatch between servers' 'its settings differ'
reason 'level=fatal msg="bootstrap data already found and encrypted with different token"' 'there is a database of another token'
reason 'level=fatal msg="join K10abc123::server:secret-of-servers failed"' 'its last error: level=fatal msg="join TOKEN failed"'

fresh # what ends again and again is not waited for, unless somebody else may mend it
echo 'level=fatal msg="flag provided but not defined: -nodes"' >$root/log
echo 2 >$root/restarts
began=$SECONDS
refused 1 'k3s ends again and again; its last error: level=fatal msg="flag provided but not defined: -nodes"' server --wait 100
((SECONDS - began < 50)) || fail "K3s that dies at once was waited for: $((SECONDS - began)) s"
echo 'level=fatal msg="etcd cluster join failed: too many learner members in cluster"' >$root/log
refused 1 'k3s ends again and again; its last error: ' server --wait 3
expect_call 'systemctl show'

# What cannot be changed afterwards.
fresh && on_host $host server --storage hostpath && expect_code 0
grep -q 'hostPath: {path: /srv/lapilli' $root/var/lib/rancher/k3s/server/manifests/lapilli-storage.yaml || fail 'no hostPath'
expect_no_call 'apt-get\|exportfs'
refused 2 'Kubernetes does not change volumes' server --storage nfs://10.0.0.8/data
K3S_TOKEN=other-secret refused 2 'has another token already' server --storage hostpath
refused 2 'this host has k3s already' agent --url $url --token-file token
on_host $host server --storage hostpath --taint && expect_code 0
expect_call 'kubectl --request-timeout=10s taint --overwrite node node-4'
on_host $host server --storage hostpath && expect_code 0
expect_call 'taint --overwrite node node-4 node-role.kubernetes.io/control-plane- '

# The state, for everybody; and the way back, which can be barred.
on_host $host status && expect_code 0
expect_contains stdout "$out" 'service k3s active'
touch $root/uninstall_fails && refused 1 'k3s-uninstall.sh did not end well' uninstall
rm $root/uninstall_fails
on_host $host uninstall && expect_code 0
on_host $host uninstall && expect_code 0
expect_contains stderr "$err" 'nothing had to be changed'

# Old control groups, and NFS of somebody else.
fresh && touch $root/cgroup_v1 && on_host $host server --allow-cgroup-v1 --storage nfs://10.0.0.8/export/data && expect_code 0
grep -qx -- '- "fail-cgroupv1=false"' $root/etc/rancher/k3s/config.yaml || fail 'the kubelet refuses old control groups'
grep -q 'path: /export/data$' $root/var/lib/rancher/k3s/server/manifests/lapilli-storage.yaml || fail 'the volume has another path'
expect_no_call 'nfs-kernel-server'

# A share of Azure Files, which takes no newer NFS than 4.1.
fresh && on_host $host server --storage nfs://abc.file.core.windows.net/abc/lapilli && expect_code 0
volume=$root/var/lib/rancher/k3s/server/manifests/lapilli-storage.yaml
for line in '    server: abc.file.core.windows.net' '    path: /abc/lapilli' \
  '  mountOptions: [vers=4, minorversion=1, sec=sys, hard, noatime, nconnect=4]'; do
  grep -qxF -- "$line" $volume || fail "no '$line' in the volume of Azure Files: $(cat $volume)"
done
finish
