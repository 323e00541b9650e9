# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# scripts/install_k3s.sh makes a cluster of hosts in the right order, once, tells no secret, and takes it away. fake_host plays the hosts.
. "$(dirname "$0")/fake_hosts.sh"
etc=etc/rancher/k3s data=var/lib/rancher/k3s

# A plan changes nothing, and says for each host what would be done.
fresh
before=$(all_files)
cluster --plan
expect_code 0
[ "$(all_files)" = "$before" ] || fail 'a plan has changed a host'
[ ! -e home/.kube ] || fail 'a plan has written a kubeconfig'
for step in 'server 10.0.0.4: would install K3s v1.35.1' 'server 10.0.0.4: would export /srv/lapilli' \
  'agent 10.0.0.6: would start k3s-agent' \
  'server 10.0.0.4: would install packages: nfs-common nfs-kernel-server' 'agent 10.0.0.5: would import lapilli:0.1.0'; do
  expect_contains stderr "$err" "$step"
done

# Two agents and a server.
cluster
expect_code 0
expect_no_secret
expect_order '10.0.0.4 k3s start k3s ' '10.0.0.5 k3s start k3s-agent'
expect_order '10.0.0.4 k3s start k3s ' '10.0.0.6 install.sh agent skip=binary'
expect_order '10.0.0.5 curl .*sha256sum-amd64.txt' '10.0.0.5 install.sh'
expect_no_call '10.0.0.[56] apt-get .*nfs-kernel-server'
[ "$(grep -c ' Ready .*0.1.0' <<<"$out")" -eq 3 ] || fail "not all are Ready with an image: $out"
[ "$(grep -c '^install_k3s: \(server\|agent\) 10' .err)" -eq 3 ] || fail "more or less than one line for each host: $err"
[ "$(stat -c %a home/.kube/lapilli.yaml)" = 600 ] || fail 'others may read the kubeconfig'
grep -q 'server: https://10.0.0.4:6443' home/.kube/lapilli.yaml || fail 'the kubeconfig has another address'
[ "$(cat fake/10.0.0.5/$etc/token)" = "$(cat fake/10.0.0.4/$data/server/agent-token)" ] || fail 'an agent has another token'
[ ! -e fake/10.0.0.5/$etc/agent-token ] || fail 'an agent has a second token'
[ "$(find fake/10.* -path '*/rancher/k3s/*token' ! -path '*/server/*' ! -perm 600)" = '' ] || fail 'others may read a token'
[ "$(find fake/10.*/$etc/config.yaml ! -perm 600)" = '' ] || fail 'others may read settings'
for line in 'token-file: /etc/rancher/k3s/token' '- "node-monitor-grace-period=20s"' '- "node-status-update-frequency=4s"' \
  '- "node-role.kubernetes.io/control-plane=true:NoSchedule"'; do
  grep -qxF -- "$line" fake/10.0.0.4/$etc/config.yaml || fail "the server lacks $line"
done
grep -qx 'server: "https://10.0.0.4:6443"' fake/10.0.0.6/$etc/config.yaml || fail 'an agent joins elsewhere'
for host in 10.0.0.4 10.0.0.5 10.0.0.6; do
  grep -q " $host(rw," fake/10.0.0.4/etc/exports.d/lapilli.exports || fail "no export to $host"
done
manifests=fake/10.0.0.4/$data/server/manifests
grep -q 'server: 10.0.0.4$' $manifests/lapilli-storage.yaml || fail 'the volume is elsewhere'
for kind in Namespace NetworkPolicy PersistentVolumeClaim; do
  grep -qx "kind: $kind" $manifests/lapilli-namespace.yaml || fail "no $kind of the installation"
done
sed -n '/nodeSelector/,/containers/p' $manifests/mpi-operator.yaml | grep -q 'effect: NoSchedule' ||
  fail 'the operator is not tied to servers'
grep -q 'unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 20' $manifests/mpi-operator.yaml ||
  fail 'the operator stays on a server that is dark'

# The second time, nothing.
before=$(all_files)
: >fake/calls
cluster
expect_code 0
[ "$(grep -c 'nothing had to be changed' .err)" -eq 3 ] || fail "a second run changed something: $err"
[ "$(all_files)" = "$before" ] || fail 'a second run changed files'
expect_no_call ' curl \| apt-get \|install.sh\|k3s start\|kubectl .* taint \|chown\|docker\|cat >.*lapilli-0.1.0'
expect_no_secret

# Another version: the server first; nothing else is done anew.
make_binary v1.35.9+k3s1
sed -i 's/^K3S_VERSION=.*/K3S_VERSION=v1.35.9+k3s1/' tree/scripts/owner/k3s/versions.env
: >fake/calls
cluster
expect_code 0
expect_order '10.0.0.4 k3s start k3s ' '10.0.0.5 k3s start k3s-agent'
expect_no_call 'install.sh\|apt-get'
[ "$(grep -c v1.35.9 <<<"$out")" -eq 3 ] || fail "not all are new: $out"
make_binary $version
sed -i "s/^K3S_VERSION=.*/K3S_VERSION=$version/" tree/scripts/owner/k3s/versions.env
on_host 10.0.0.4 server
expect_error 2 'newer than v1.35.1'

# From 2 agents to 3 and back, with firewalls on some hosts.
fresh
echo ufw >fake/10.0.0.4/firewall
echo firewalld >fake/10.0.0.5/firewall
cluster
expect_code 0
expect_call '10.0.0.4 ufw allow proto tcp from 10.0.0.6 to any port 2049 comment lapilli'
expect_call '10.0.0.4 ufw allow proto tcp from any to any port 6443'
expect_call '10.0.0.5 firewall-cmd .*source address="10.0.0.6" port port="8472" protocol="udp" accept'
expect_no_call 'from any to any port \(8472\|2049\|10250\)'
expect_no_call '10.0.0.6 ufw allow'
cp -r fake/10.0.0.6 fake/10.0.0.7
rm -rf fake/10.0.0.7/{run,images,usr,srv,var} fake/10.0.0.7/etc/{rancher,systemd}
provision add-node 10.0.0.7 user=rocky --inventory inventory
expect_code 0
expect_no_secret
expect_contains table "$out" 'node-7               Ready'
expect_call '10.0.0.4 ufw allow proto udp from 10.0.0.7 to any port 8472'
[ "$(tail -n 1 inventory)" = 'agent 10.0.0.7 user=rocky' ] || fail "the inventory does not end with it: $(cat inventory)"
: >fake/calls
provision remove-node node-7 --inventory inventory
expect_code 0
expect_order 'kubectl cordon node-7' 'kubectl drain node-7 --delete-emptydir-data --ignore-daemonsets --timeout=300s'
expect_order 'kubectl drain' 'kubectl delete node node-7'
expect_order 'kubectl delete node' 'delete secret node-7.node-password.k3s'
expect_order 'delete secret' '10.0.0.7 k3s-agent-uninstall.sh'
expect_call '10.0.0.4 ufw --force delete allow proto udp from 10.0.0.7'
if grep -q 10.0.0.7 inventory fake/10.0.0.4/etc/exports.d/lapilli.exports; then fail 'it is still let in'; fi
[ ! -e fake/10.0.0.7/etc/rancher/node ] && [ ! -e fake/10.0.0.7/var/lib/lapilli ] || fail 'something was left on the host'

# All of it away; the data stays, and a second time there is nothing to do.
touch fake/10.0.0.4/srv/lapilli/data
: >fake/calls
provision uninstall --inventory inventory
expect_code 0
expect_order '10.0.0.5 k3s-agent-uninstall.sh' '10.0.0.4 k3s-uninstall.sh'
expect_call '10.0.0.4 ufw --force delete allow from 10.42.0.0/16'
expect_call '10.0.0.5 firewall-cmd .*--remove-rich-rule'
[ -e fake/10.0.0.4/srv/lapilli/data ] || fail 'the data is gone'
[ -z "$(find fake/10.0.0.[456]/etc/rancher fake/10.0.0.[456]/var/lib/lapilli fake/10.0.0.4/etc/exports.d -type f 2>/dev/null)" ] ||
  fail 'something was left'
provision uninstall --inventory inventory
expect_code 0
[ "$(grep -c 'nothing had to be changed' .err)" -eq 3 ] || fail "there was more to uninstall: $err"
finish
