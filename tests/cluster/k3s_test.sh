# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# The real thing as far as it goes without VMs: scripts/install_k3s.sh brings K3s to hosts made of namespaces, a job runs on them while
# one node leaves and another one comes, and nothing is left in the end. LAPILLI_AIRGAP is a folder as docs/install.md describes it.
here=$(cd "$(dirname "$0")" && pwd)
[ -d "${LAPILLI_AIRGAP:-}" ] || { echo 'skipped: LAPILLI_AIRGAP names no folder with the files of an air gap (docs/install.md)' >&2; exit 77; }
for file in k3s install.sh mpi-operator.yaml lapilli-0.1.0.tar; do
  [ -e "$LAPILLI_AIRGAP/$file" ] || { echo "skipped: $LAPILLI_AIRGAP has no $file" >&2; exit 77; }
done
for program in iptables /usr/lib/cni/bridge; do
  command -v $program >/dev/null || { echo "skipped: hosts made of namespaces need $program" >&2; exit 77; }
done
if [ -z "${CLUSTER:-}" ]; then
  "$here/in_cluster" "$PWD/cluster" bash "$0"
  code=$?
  find /sys/fs/cgroup/ -depth -type d -path "*/lapilli-$(stat -c %i cluster)-*" -exec rmdir {} + 2>/dev/null
  exit $code
fi
. "$here/../cli/lib.sh"
scripts=$here/../../scripts
export HOME=$CLUSTER/tmp/head
start() { NODE_INIT=$here/bare_host "$here/node" start "$1"; }
provision() { run "$scripts/install_k3s.sh" "$@" --inventory inventory --ssh "ssh -F $CLUSTER/ssh_config" --kubeconfig "$PWD/kubeconfig"; }
kubectl() { "$LAPILLI_AIRGAP/k3s" kubectl --kubeconfig kubeconfig --request-timeout=20s "$@"; }
on() { ssh -F "$CLUSTER/ssh_config" "10.77.0.1$1" "${@:2}"; }
took() { printf '%4s s  %s\n' $((SECONDS - since)) "$1"; since=$SECONDS; }
await() { # SECONDS, a condition
  for _ in $(seq $((2 * $1))); do eval "$2" >/dev/null 2>&1 && return; sleep 0.5; done
  fail "waited $1 s in vain for: $2"
}

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
[ "$(kubectl --namespace mpi-operator get pods -o 'jsonpath={.items[*].spec.nodeName}')" = node1 ] || fail 'the operator is not on the server'
run "$scripts/hostfile.sh" --kubeconfig kubeconfig
[ "$(cut -d ' ' -f 1 <<<"$out")" = $'10.77.0.12\n10.77.0.13\n10.77.0.14' ] || fail "other hosts: $out"

# A job to its end.
ended() { kubectl --namespace lapilli get mpijob "$1" -o 'jsonpath={.status.conditions[?(@.type=="Succeeded")].status}' | grep -q True; }
kubectl apply -f "$here/../../k8s/mpijob" >/dev/null || fail 'the manifests are refused'
await 300 'ended sample'
took 'the sample'
[ -s "$CLUSTER/shared/sample/result/result.json" ] || fail "no result: $(kubectl --namespace lapilli describe mpijob sample | tail -n 20)"

# A node leaves in the middle of a job, which goes on from its checkpoint; another one comes.
"$LAPILLI" generate blobs --size 96 --porosity 0.5 --seed 1 -o "$CLUSTER/shared/rock.tif" --ranks 1 >/dev/null || fail 'no image to test with'
chmod -R a+rX "$CLUSTER/shared"
sed 's/name: sample$/name: rock/; s|/etc/lapilli-case/case.toml, --out, /work/sample/result|/work/rock.tif, --voxel, 2um, --out, /work/rock/result|
  s/job-name: sample/job-name: rock/g' "$here/../../k8s/mpijob/30-mpijob.yaml" >rock.yaml
kubectl apply -f rock.yaml >/dev/null || fail 'the job is refused'
progress=$CLUSTER/shared/rock/result/progress.jsonl
lines() { wc -l <"$progress" 2>/dev/null || echo 0; }
await 120 '[ "$(lines)" -ge 10 ]'
gone=$(kubectl --namespace lapilli get pods -l training.kubeflow.org/job-role=worker -o 'jsonpath={.items[0].spec.nodeName}')
longest() { # seconds between two lines of progress
  local last=$SECONDS before now most=0
  before=$(lines)
  while ! ended rock; do
    now=$(lines)
    if [ "$now" -ne "$before" ]; then before=$now last=$SECONDS; fi
    if [ $((SECONDS - last)) -gt $most ]; then most=$((SECONDS - last)) && echo $most >longest; fi
    sleep 0.2
  done
}
longest &
provision remove-node "$gone"
took "$gone removed"
expect_code 0
kubectl get node "$gone" >/dev/null 2>&1 && fail "$gone is still there"
on "${gone#node}" 'ls -d /etc/rancher/k3s /var/lib/rancher/k3s /usr/local/bin/k3s /var/lib/lapilli 2>/dev/null' && fail "something is left on $gone"
provision add-node 10.77.0.15
took 'node5 added'
expect_code 0
await 600 'ended rock'
wait
took 'the job that lost a node'
printf 'the longest silence of the job was %s s\n' "$(cat longest)"
[ "$(cat longest)" -le 15 ] || fail "the job was silent for $(cat longest) s"
grep -q resumed_from "$CLUSTER/shared/rock/result/result.json" || fail 'the job has begun anew'
kubectl replace --force -f "$here/../../k8s/mpijob/30-mpijob.yaml" >/dev/null 2>&1
await 120 'kubectl --namespace lapilli get pods -o wide | grep -q "sample-worker.*node5"'
took 'the next job on node5'

# The way back.
provision uninstall
took 'all uninstalled'
expect_code 0
for n in 1 2 3 4 5; do
  on $n 'pgrep -x k3s || ls -d /etc/rancher/k3s /var/lib/rancher/k3s /usr/local/bin/k3s* /etc/systemd/system/k3s* 2>/dev/null' && fail "something is left on node$n"
done
[ -s "$CLUSTER/shared/rock/result/result.json" ] || fail 'the results are gone'
finish
