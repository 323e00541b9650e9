# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# add-node and remove-node of scripts/install_k3s.sh when something is not as it should be: pods that stay, hosts that are gone.
. "$(dirname "$0")/fake_hosts.sh"
remove() { provision remove-node "$@" --inventory inventory --wait 1; }
add() { provision add-node "$@" --inventory inventory --wait 1; }

fresh
cluster
expect_code 0
: >fake/calls
cp inventory before

# Words.
add
expect_error 2 'there is no host; expected add-node HOST'
add 10.0.0.6 user=rocky
expect_error 2 '10.0.0.6 is in inventory already; expected its settings there'
add 10.0.0.9 colour=red
expect_error 2 "'colour=red' is unknown"
remove
expect_error 2 'expected remove-node NAME'
remove a b
expect_error 2 'expected remove-node NAME'
provision remove-node node-6 --inventory inventory --plan
expect_code 0
for step in 'would drain node-6' 'would delete the node node-6' "agent 10.0.0.6: would uninstall K3s" \
  "would remove 10.0.0.6 from inventory"; do
  expect_contains stderr "$err" "$step"
done
expect_no_call 'kubectl cordon\|kubectl delete\|uninstall.sh'
cmp -s inventory before || fail 'the inventory has changed'

# A cluster that does not answer: nothing is taken away.
fails 'kubectl get node node-6' 'Unable to connect to the server'
remove node-6
expect_error 1 'the cluster does not answer on 10.0.0.4'
fails 'kubectl cordon' 'Unable to connect to the server'
remove node-6
expect_error 1 'the cluster does not answer on 10.0.0.4'
expect_no_call 'uninstall.sh'

# Pods that the disruption budget keeps: the node stays, cordoned, and the status says so; then with --force.
fails 'kubectl drain' 'error: Cannot evict pod as it would violate the disruption budget'
remove node-6
expect_error 1 'node-6 still has pods after 1 s (see above), and takes no new ones; wait for its job, or go on with --force'
expect_no_call 'kubectl delete'
expect_contains stderr "$err" 'violate the disruption budget'
provision status --inventory inventory
expect_contains table "$out" 'Ready, cordoned'
remove node-6 --force
expect_code 0
expect_call 'kubectl drain node-6 .*--force'
[ ! -e fake/cluster/node-6 ] || fail 'the node is still there'
grep -q 10.0.0.6 inventory && fail 'the host is still in the inventory'
remove node-6
expect_code 0
expect_contains stderr "$err" 'there is no node node-6 any more'

# A host that is gone for ever, by the name of its node; nobody knows its folder any more.
rm fake/fails
touch fake/10.0.0.5/away
remove 10.0.0.5
expect_error 2 '10.0.0.5 does not tell the name of its node'
remove node-5
expect_code 0
[ ! -e fake/cluster/node-5 ] || fail 'the node is still there'
grep -q ' 10.0.0.5(' fake/10.0.0.4/etc/exports.d/lapilli.exports && fail 'its address is still let in'

# Gone for ever, and called like its node.
mv fake/10.0.0.5 fake/node-5 && rm fake/node-5/away && echo node-5 >fake/node-5/name
cp inventory before
sed -i 's/^agent 10.0.0.5 .*/agent node-5 ip=10.0.0.5/' inventory
cluster
expect_code 0
[ -e fake/cluster/node-5 ] || fail "node-5 did not join: $err"
touch fake/node-5/away
remove node-5
expect_code 0
[ ! -e fake/cluster/node-5 ] || fail 'the node is still there'
grep -q node-5 inventory && fail 'the host is still in the inventory'
mv fake/node-5 fake/10.0.0.5 && rm fake/10.0.0.5/name
cp before inventory

# The only server gives nothing up.
remove node-4
expect_error 1 'no other server runs that could give the node up'

# A newcomer comes although an old host is away; it is in the inventory, and needs no second add-node.
add 10.0.0.6 labels=disk=fast
expect_error 1 'the cluster is not complete'
expect_contains table "$out" 'node-6               Ready'
[ "$(tail -n 1 inventory)" = 'agent 10.0.0.6 labels=disk=fast' ] || fail "not in the inventory: $(cat inventory)"
rm fake/10.0.0.5/away
add 10.0.0.6
expect_code 0

# K3s that does not go from the host.
touch fake/10.0.0.6/uninstall_fails
remove node-6
expect_error 1 'K3s is still on 10.0.0.6 (see above), though its node is gone; try again'
rm fake/10.0.0.6/uninstall_fails
remove 10.0.0.6
expect_code 0
grep -q 10.0.0.6 inventory && fail 'the host is still in the inventory'

# An inventory that cannot be written: no host is touched.
chmod 400 inventory
: >fake/calls
keep=()
[ "$(/usr/bin/id -u)" -ne 0 ] || keep=(/usr/bin/setpriv --bounding-set -dac_override --inh-caps -dac_override)
run ${keep[@]+"${keep[@]}"} "$BASH_OF_USER" $install_k3s add-node 10.0.0.6 --inventory inventory
expect_error 1 'inventory cannot be written; add the line by hand: agent 10.0.0.6'
expect_no_call ' ssh '
finish
