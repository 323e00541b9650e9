# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# The real thing as far as it goes without VMs: scripts/install_k3s.sh brings K3s to hosts made of namespaces, a job runs on them while
# one node leaves and another one comes, and nothing is left in the end.
. "$(dirname "$0")/real_k3s.sh"

since=$SECONDS
for n in 1 2 3 4 5; do start $n; done
took 'five hosts'
printf '%s\n' "option airgap=$LAPILLI_AIRGAP" 'option storage=hostpath' 'option allow-cgroup-v1' 'option no-guard' 'server 10.77.0.11' \
  'agent 10.77.0.12' 'agent 10.77.0.13 labels=disk=fast' 'agent 10.77.0.14' >inventory

# A cluster, and once more the same.
provision cluster
took 'a cluster of one server and three agents'
expect_code 0
[ "$(grep -c ' Ready .* 0.1.0' <<<"$out")" -eq 4 ] || { fail "not all are Ready with an image: $out $err"; finish; }
provision cluster
took 'the same once more'
expect_code 0
[ "$(grep -c 'nothing had to be changed' .err)" -eq 4 ] || fail "a second run changed something: $err"
[ "$(stat -c %a kubeconfig)" = 600 ] || fail 'others may read the kubeconfig'
[ "$(kubectl get node node3 -o 'jsonpath={.metadata.labels.disk}')" = fast ] || fail 'a node lacks its label'
on 2 grep -q ::node: /etc/rancher/k3s/token || fail 'an agent has another token than that of agents'
await 120 'kubectl --namespace mpi-operator rollout status deployment mpi-operator --timeout=5s'
[ "$(kubectl --namespace mpi-operator get pods -o 'jsonpath={.items[*].spec.nodeName}')" = node1 ] ||
  fail 'the operator is not on the server'
run "$scripts/owner/hostfile.sh" --kubeconfig kubeconfig
[ "$(cut -d ' ' -f 1 <<<"$out")" = $'10.77.0.12\n10.77.0.13\n10.77.0.14' ] || fail "other hosts: $out"

# A job to its end.
kubectl apply -f "$here/../../k8s/mpijob" >/dev/null || fail 'the manifests are refused'
await 300 'ended sample'
took 'the sample'
[ -s "$CLUSTER/shared/sample/result/result.json" ] || fail "no result: $(kubectl --namespace lapilli describe mpijob sample | tail -n 20)"

# A node leaves in the middle of a job, which goes on from its checkpoint; another one comes.
apply_long rock
await 120 '[ "$(lines)" -ge 10 ]'
# of the nodes with a worker one without the launcher, which would wait 10 s longer before it starts anew
gone=$(where rock worker | grep -vxF "$(where rock launcher)" | sed -n 1p)
watch_silence &
watcher=$!
provision remove-node "$gone"
took "$gone removed"
expect_code 0
kubectl get node "$gone" >/dev/null 2>&1 && fail "$gone is still there"
expect_nothing_left "${gone#node}"
provision add-node 10.77.0.15
took 'node5 added'
expect_code 0
await 600 'ended rock'
kill $watcher 2>/dev/null
took 'the job that lost a node'
printf 'the longest silence of the job was %s s\n' "$(cat longest)"
# 10 s on a machine that has the time; here all hosts share two cores
[ "$(cat longest)" -le 30 ] || fail "the job was silent for $(cat longest) s"
[ "$(json "$CLUSTER/shared/rock/result/result.json" run resumed_from)" != None ] || fail 'the job has begun anew'
kubectl replace --force -f "$here/../../k8s/mpijob/mpijob.yaml" >/dev/null 2>&1
await 120 'kubectl --namespace lapilli get pods -o wide | grep -q "sample-worker.*node5"'
await 300 'ended sample'
took 'the next job, also on node5'

# The way back.
provision uninstall
took 'all uninstalled'
expect_code 0
for n in 1 2 3 4 5; do expect_nothing_left $n; done
[ -s "$CLUSTER/shared/rock/result/result.json" ] || fail 'the results are gone'
finish
