# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# For tests of scripts/install_k3s.sh with a real K3s on hosts made of namespaces, see bare_host. LAPILLI_AIRGAP is a folder with what
# docs/install.md lists for hosts without a network.
here=$(cd "$(dirname "$0")" && pwd)
[ -d "${LAPILLI_AIRGAP:-}" ] ||
  { echo 'skipped: LAPILLI_AIRGAP names no folder with the files of an air gap (docs/install.md)' >&2; exit 77; }
for file in k3s install.sh mpi-operator.yaml lapilli-0.1.0.tar; do
  [ -e "$LAPILLI_AIRGAP/$file" ] || { echo "skipped: $LAPILLI_AIRGAP has no $file" >&2; exit 77; }
done
for program in iptables /usr/lib/cni/bridge; do
  command -v $program >/dev/null || { echo "skipped: hosts made of namespaces need $program" >&2; exit 77; }
done
if [ -z "${CLUSTER:-}" ]; then
  "$here/in_cluster" "$PWD/cluster" bash "$0"
  code=$?
  # control groups outlive their processes
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
  local until=$((SECONDS + $1))
  while [ $SECONDS -lt $until ]; do eval "$2" >/dev/null 2>&1 && return; sleep 1; done # kubectl is no light thing
  fail "waited $1 s in vain for: $2"
}
expect_nothing_left() { # NODE'S NUMBER
  local left
  left=$(on "$1" 'ls -d /etc/rancher/k3s /var/lib/rancher/k3s /var/lib/lapilli /usr/local/bin/k3s* /etc/systemd/system/k3s* 2>/dev/null
    pgrep -a k3s; pgrep -a containerd')
  [ -z "$left" ] || fail "on node$1 is left: $left"
}
ended() { kubectl --namespace lapilli get mpijob "$1" -o 'jsonpath={.status.conditions[?(@.type=="Succeeded")].status}' | grep -q True; }
where() { # JOB launcher|worker
  kubectl --namespace lapilli get pods -l "training.kubeflow.org/job-name=$1,training.kubeflow.org/job-role=$2" \
    -o 'jsonpath={range .items[*]}{.spec.nodeName}{"\n"}{end}' | sort -u
}
# A job that takes a minute, as the name that is told.
apply_long() { # NAME
  "$LAPILLI" generate blobs --size 80 --porosity 0.5 --seed 1 -o "$CLUSTER/shared/rock.tif" --ranks 1 >/dev/null ||
    fail 'no image to test with'
  chmod a+r "$CLUSTER/shared/rock.tif"
  sed "s/name: sample\$/name: $1/
    s|/etc/lapilli-case/case.toml, --out, /work/sample/result|/work/rock.tif, --voxel, 2um, --out, /work/$1/result|
    s/job-name: sample/job-name: $1/g" "$here/../../k8s/mpijob/mpijob.yaml" | kubectl apply -f - >/dev/null || fail 'the job is refused'
  progress=$CLUSTER/shared/$1/result/progress.jsonl
}
lines() { wc -l 2>/dev/null <"$progress" || echo 0; }
# The longest time in seconds between two lines of the progress of that job, until it has a result, into the file longest.
watch_silence() {
  local last=$SECONDS before now most=0
  before=$(lines)
  while [ ! -e "${progress%/*}/result.json" ]; do
    now=$(lines)
    if [ "$now" -ne "$before" ]; then before=$now last=$SECONDS; fi
    if [ $((SECONDS - last)) -gt $most ]; then most=$((SECONDS - last)) && echo $most >longest; fi
    sleep 0.2
  done
}
