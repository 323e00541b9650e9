# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Clusters of other kinds by scripts/install_k3s.sh: without a network, with Docker, on hosts with several networks, with a registry.
. "$(dirname "$0")/fake_hosts.sh"
etc=etc/rancher/k3s

# An air gap: everything from a folder.
servers=10.0.0.4 agents=10.0.0.5
fresh
fails ' curl ' 'curl: (6) Could not resolve host'
mkdir airgap
cp net/* airgap/
echo images >airgap/k3s-airgap-images-amd64.tar
cp tree/build/image/lapilli-0.1.0.tar airgap/
echo 'option airgap=airgap' >>inventory
rm airgap/k3s
for plan in '' --plan; do
  cluster $plan
  expect_error 2 'airgap has no k3s for 10.0.0.4; expected what docs/install.md lists'
done
cp net/k3s airgap/
cluster
expect_code 0
expect_no_call ' curl '
expect_call '10.0.0.5 install.sh agent skip=true'
for host in 10.0.0.4 10.0.0.5; do
  cmp -s airgap/k3s-airgap-images-amd64.tar fake/$host/var/lib/rancher/k3s/agent/images/k3s-airgap-images-amd64.tar ||
    fail "$host has no images"
done
: >fake/calls
cluster
expect_code 0
[ "$(grep -c 'nothing had to be changed' .err)" -eq 2 ] || fail "a second run changed something: $err"
expect_no_call "cat >'"
rm airgap/k3s # hosts that have it need it no more
cluster
expect_code 0
echo 'another one' >airgap/k3s-airgap-images-amd64.tar
cluster
expect_code 0
[ "$(grep -c ': 1 steps' .err)" -eq 2 ] || fail "new images were not brought: $err"

# Traefik of K3s, for the dashboard: only where it is wanted, also later on.
fresh
cluster
expect_code 0
grep -qxF -- '- "traefik"' fake/10.0.0.4/$etc/config.yaml || fail 'pages are served that nobody asked for'
echo 'option traefik' >>inventory
cluster
expect_code 0
grep -q '^disable:' fake/10.0.0.4/$etc/config.yaml && fail 'Traefik is still switched off'
cluster
[ "$(grep -c 'nothing had to be changed' .err)" -eq 2 ] || fail "a second run changed something: $err"

# Docker, several networks, labels, ports, users who are not root.
fresh
for host in 10.0.0.4 10.0.0.5; do
  touch fake/$host/docker fake/$host/user
  echo '3: eth1    inet 172.16.0.9/24 brd' >fake/$host/more_networks
done
ln -s 10.0.0.4 fake/172.16.0.4 # by its other address
cat >inventory <<'END'
# a comment
option docker
option storage=none     # another one
option flannel-iface=eth1

server 10.0.0.4 user=ubuntu port=2222
agent 10.0.0.5 ip=172.16.0.99 labels=disk=fast,rack=b2
END
cluster
expect_code 0
expect_no_secret
expect_call 'ssh .* -p 2222 ubuntu@10.0.0.4 '
expect_call '10.0.0.4 sudo -n bash'
expect_call '10.0.0.5 docker load --input'
expect_no_call 'k3s ctr\|exportfs\|apt-get'
for line in 'docker: true' 'flannel-iface: "eth1"' 'node-ip: "172.16.0.99"' '- "disk=fast"' '- "rack=b2"' \
  'server: "https://172.16.0.4:6443"'; do
  grep -qxF -- "$line" fake/10.0.0.5/$etc/config.yaml || fail "the agent lacks $line"
done
cluster
expect_code 0
[ "$(grep -c 'nothing had to be changed' .err)" -eq 2 ] || fail "a second run changed something: $err"
finish
