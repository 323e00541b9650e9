#!/usr/bin/env bash
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# A hostfile for mpirun of the nodes of a cluster, for ranks on the hosts themselves, without pods.
# shellcheck disable=SC2034,SC2154 # its parts share its variables
set -euo pipefail

usage="usage: scripts/owner/hostfile.sh [--inventory FILE] [--kubeconfig FILE] [--ssh COMMAND]
Prints a line 'HOST slots=N' for each agent of the cluster that is Ready and takes pods; for the server only if there are no agents.

  --kubeconfig FILE  asks Kubernetes (default: \$KUBECONFIG, ~/.kube/lapilli.yaml or that of kubectl); slots are the CPUs that it may use
  --inventory FILE   asks the hosts of this file by ssh instead; slots are their cores, and hosts that do not answer are left out
  --ssh COMMAND      that reaches them (default: ssh)
  --help             this text

Example:  scripts/owner/hostfile.sh >hosts && lapilli-launch --hostfile hosts analyze /srv/lapilli/rock.tif --out /srv/lapilli/rock.lapilli"

program=hostfile
source_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
for part in step.sh inventory.sh ssh.sh; do
    # shellcheck source=/dev/null
    . "$source_folder/scripts/owner/k3s/$part"
done

inventory='' kubeconfig='' ssh_command=ssh
while [[ $# -gt 0 ]]; do
    case $1 in
        --help | -h) echo "$usage" && exit 0 ;;
        --inventory | --kubeconfig | --ssh) [[ -n ${2:-} ]] || stop 2 "$1 needs a value; see scripts/owner/hostfile.sh --help" ;;
        *) stop 2 "$1 is unknown; expected --inventory, --kubeconfig or --ssh; see scripts/owner/hostfile.sh --help" ;;
    esac
    case $1 in
        --inventory) inventory=$2 ;;
        --kubeconfig) kubeconfig=$2 ;;
        --ssh) ssh_command=$2 ;;
    esac
    shift 2
done

# Lines "server|agent HOST SLOTS".
by_inventory() {
    local i cores
    read_inventory "$inventory"
    make_scratch
    use_ssh
    # shellcheck disable=SC2046 # numbers
    each cores_of $(all_hosts)
    for i in $(all_hosts); do
        cores=$(tail -n 1 "$scratch/$i.out")
        if succeeded "$i" && [[ $cores =~ ^[1-9][0-9]*$ ]]; then echo "${roles[i]} ${hosts[i]} $cores"; fi
    done
}
cores_of() { ask_shell "$1" 20 nproc </dev/null; }

by_kubernetes() {
    local kubectl=(kubectl) nodes fields
    if ! command -v kubectl >/dev/null; then kubectl=(k3s kubectl); fi
    command -v "${kubectl[0]}" >/dev/null || stop 2 "there is no kubectl on the path; install it, or use --inventory FILE"
    if [[ -z $kubeconfig && -z ${KUBECONFIG:-} && -r ${HOME:-}/.kube/lapilli.yaml ]]; then kubeconfig=$HOME/.kube/lapilli.yaml; fi
    [[ -z $kubeconfig ]] || kubectl+=(--kubeconfig "$kubeconfig")
    fields='{.metadata.labels.node-role\.kubernetes\.io/control-plane}|{.status.conditions[?(@.type=="Ready")].status}'
    fields+='|{.spec.unschedulable}|{.spec.taints[*].effect}|{.status.allocatable.cpu}'
    fields+='|{.status.addresses[?(@.type=="InternalIP")].address}'
    nodes=$("${kubectl[@]}" --request-timeout=20s get nodes -o "jsonpath={range .items[*]}$fields{\"\\n\"}{end}") ||
        stop 1 "the cluster does not answer (the message of kubectl stands above); expected a kubeconfig of a cluster that is up; give it \
with --kubeconfig FILE"
    # a thousandth of a CPU is 1m; what is left of a core takes no rank
    awk -F '|' '$2 == "True" && $3 != "true" && $4 !~ /(^| )No(Schedule|Execute)/ {
        slots = $5 ~ /m$/ ? int($5 / 1000) : int($5)
        split($6, address, " ")
        print ($1 == "true" ? "server" : "agent"), address[1], (slots > 1 ? slots : 1)
    }' <<<"$nodes"
}

if [[ -n $inventory ]]; then lines=$(by_inventory); else lines=$(by_kubernetes); fi || exit
if grep -q '^agent ' <<<"$lines"; then lines=$(grep '^agent ' <<<"$lines"); fi
[[ -n $lines ]] || stop 1 "there is no host that takes ranks; expected one that is Ready and not cordoned; see kubectl get nodes"
awk '{print $2 " slots=" $3}' <<<"$lines"
