# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# A cluster of three servers by scripts/install_k3s.sh, of which one may be away.
. "$(dirname "$0")/fake_hosts.sh"
etc=etc/rancher/k3s

# Three servers: the first one begins, the others join it with the servers' token, and may restart only one after the other.
servers='10.0.0.4 10.0.0.5 10.0.0.6' agents=10.0.0.7
fresh
cluster
expect_code 0
expect_no_secret
expect_order '10.0.0.4 k3s start k3s ' '10.0.0.5 k3s start k3s '
expect_order '10.0.0.4 k3s start k3s ' '10.0.0.7 k3s start k3s-agent'
grep -qx 'cluster-init: true' fake/10.0.0.4/$etc/config.yaml || fail 'the first server begins no cluster of several'
grep -qx 'server: "https://10.0.0.4:6443"' fake/10.0.0.5/$etc/config.yaml || fail 'the second server does not join'
grep -q cluster-init fake/10.0.0.6/$etc/config.yaml && fail 'the third server begins a cluster'
cmp -s fake/10.0.0.4/$etc/agent-token fake/10.0.0.6/$etc/agent-token || fail 'servers differ in the token of the agents'
manifest=var/lib/rancher/k3s/server/manifests/lapilli-storage.yaml
[ "$(ls fake/10.*/$manifest)" = fake/10.0.0.4/$manifest ] ||
  fail 'several servers make the volume'
[ "$(echo fake/10.*/etc/exports.d)" = fake/10.0.0.4/etc/exports.d ] || fail 'several servers export'
before=$(all_files)
cluster
expect_code 0
[ "$(grep -c 'nothing had to be changed' .err)" -eq 4 ] || fail "a second run changed something: $err"
[ "$(all_files)" = "$before" ] || fail 'a second run changed files'

# The first server is away: a new agent joins another one, and nothing moves.
touch fake/10.0.0.4/away
agents='10.0.0.8'
mkdir -p fake/10.0.0.8/etc fake/10.0.0.8/sys && echo x86_64 >fake/10.0.0.8/arch
provision add-node 10.0.0.8 --inventory inventory --wait 1
expect_error 1 'the cluster is not complete'
expect_contains stderr "$err" 'server 10.0.0.4: error: 10.0.0.4 does not answer to ssh'
expect_contains table "$out" 'node-8               Ready'
grep -qx 'server: "https://10.0.0.5:6443"' fake/10.0.0.8/$etc/config.yaml || fail 'the new agent joins none of the servers that run'
grep -qx 'server: "https://10.0.0.4:6443"' fake/10.0.0.7/$etc/config.yaml || fail 'an old agent was moved'
[ "$(echo fake/10.*/etc/exports.d)" = fake/10.0.0.4/etc/exports.d ] || fail 'another server exports now'
provision kubeconfig --inventory inventory --kubeconfig elsewhere --wait 1
expect_code 0
grep -q 'server: https://10.0.0.5:6443' elsewhere || fail 'the kubeconfig leads to the server that is away'
provision status --inventory inventory --wait 1
expect_error 1 'not all hosts are Ready'
expect_contains table "$out" 'no answer'

# Two servers are none.
servers='10.0.0.4 10.0.0.5' agents=10.0.0.6
fresh
cluster
expect_error 2 'has 2 servers; expected 1, or 3'
finish
