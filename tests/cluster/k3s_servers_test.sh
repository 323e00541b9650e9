# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Three servers with a real K3s: the loss of the first one leaves the cluster and a job on it alone, and another one is found by all that
# is done to the cluster then.
export BARE_SERVERS=3
. "$(dirname "$0")/real_k3s.sh"

since=$SECONDS
for n in 1 2 3 4 5; do start $n; done
printf '%s\n' "option airgap=$LAPILLI_AIRGAP" 'option storage=hostpath' 'option allow-cgroup-v1' 'option no-guard' 'server 10.77.0.11' \
  'server 10.77.0.12' 'server 10.77.0.13' 'agent 10.77.0.14' >inventory
provision cluster --wait 600
took 'a cluster of three servers and an agent'
expect_code 0
[ "$(kubectl get nodes -l node-role.kubernetes.io/etcd=true -o name | wc -l)" -eq 3 ] || { fail "not three servers: $out $err"; finish; }
provision cluster
expect_code 0
[ "$(grep -c 'nothing had to be changed' .err)" -eq 4 ] || fail "a second run changed something: $err"

await 120 'kubectl get crd mpijobs.kubeflow.org'
apply_long rock
await 240 '[ "$(lines)" -ge 10 ]'
took 'a job iterates'
before=$(lines)
"$here/node" off 1
provision kubeconfig
took 'the first server is off, and the kubeconfig leads to another one'
expect_code 0
grep -q 'server: https://10.77.0.1[23]:6443' kubeconfig || fail "the kubeconfig leads elsewhere: $err"
await 60 '[ "$(kubectl get node node1 -o "jsonpath={.status.conditions[?(@.type==\"Ready\")].status}")" = Unknown ]'
took 'it is not Ready'
await 60 '[ "$(lines)" -gt "$before" ]'
# an agent whose connection led to that server is not Ready either, until it has found another one, which is soon enough for its pods
await 60 '[ "$("$scripts/owner/hostfile.sh" --kubeconfig kubeconfig | cut -d " " -f 1)" = 10.77.0.14 ]'
took 'the agent is Ready'
provision add-node 10.77.0.15
took 'a node joins another server'
expect_code 1
expect_contains stderr "$err" 'server 10.77.0.11: error: 10.77.0.11 does not answer'
[ "$(kubectl get node node5 -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}')" = True ] || fail "node5 is not Ready: $err"
await 400 'ended rock'
took 'the job has ended'
[ "$(json "$CLUSTER/shared/rock/result/result.json" run resumed_from)" = None ] || fail 'the job was disturbed'
finish
