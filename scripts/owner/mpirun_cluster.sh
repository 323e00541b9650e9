#!/usr/bin/env bash
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Runs lapilli by mpirun on the hosts of a cluster themselves, without pods: lapilli-launch over the hosts of hostfile.sh.
# shellcheck disable=SC2034,SC2154 # its parts share its variables
set -euo pipefail

usage="usage: scripts/owner/mpirun_cluster.sh [--inventory FILE | --kubeconfig FILE] [OPTIONS OF lapilli-launch] VERB [ARGUMENTS]
Runs 'lapilli VERB ARGUMENTS' on all agents of the cluster, one rank for each CPU, as lapilli-launch does. Start it on a host of their
network. All hosts need lapilli at the same place, and see the image and the results under the same path.

  --inventory FILE   the hosts of scripts/install_k3s.sh, with its users and ports
  --kubeconfig FILE  those that Kubernetes tells (default)
  --ssh COMMAND      that reaches them (default: ssh)
  --help             this text

Example:  scripts/owner/mpirun_cluster.sh analyze /srv/lapilli/rock.tif --voxel 2um --out /srv/lapilli/rock.lapilli"

program=mpirun_cluster
source_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
for part in step.sh inventory.sh; do
    # shellcheck source=/dev/null
    . "$source_folder/scripts/owner/k3s/$part"
done

inventory='' ssh_command=ssh where=() options=() lapilli=lapilli
while [[ ${1:-} == -* ]]; do
    case $1 in
        --help | -h) echo "$usage" && exit 0 ;;
        --elastic | --again) options+=("$1") && shift && continue ;;
    esac
    [[ -n ${2:-} ]] || stop 2 "$1 needs a value; see scripts/owner/mpirun_cluster.sh --help and lapilli-launch --help"
    case $1 in
        --inventory) inventory=$2 && where+=("$1" "$2") ;;
        --kubeconfig) where+=("$1" "$2") ;;
        --ssh) ssh_command=$2 ;;
        --hostfile) stop 2 "--hostfile is what this script makes; with one of your own use lapilli-launch" ;;
        *) options+=("$1" "$2") ;;
    esac
    [[ $1 != --program ]] || lapilli=$2
    shift 2
done
[[ $# -gt 0 ]] || stop 2 "there is no verb; expected one of lapilli, e.g. analyze; see scripts/owner/mpirun_cluster.sh --help"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$source_folder/scripts/owner/hostfile.sh" --ssh "$ssh_command" ${where[@]+"${where[@]}"} >"$folder/hosts"

# mpirun takes no user and no port of a host, but ssh does: from a file, since it knows no other way to tell them of each host.
if [[ -n $inventory ]]; then
    read_inventory "$inventory"
    others=$HOME/.ssh/config
    if [[ $ssh_command =~ (^|\ )-F\ *([^\ ]+) ]]; then others=$(cd "$(dirname "${BASH_REMATCH[2]}")" && pwd)/${BASH_REMATCH[2]##*/}; fi
    for i in $(all_hosts); do
        echo "Host ${hosts[i]}"
        [[ -z ${users[i]} ]] || echo "    User ${users[i]}"
        [[ -z ${ports[i]} ]] || echo "    Port ${ports[i]}"
    done >"$folder/ssh_config"
    printf 'Host *\n    StrictHostKeyChecking accept-new\n    Include "%s"\n' "$others" >>"$folder/ssh_config"
    ssh_command+=" -F $folder/ssh_config" # the last one counts
fi

# Another version computes other bits, and none at all none.
version=$("$lapilli" --version 2>/dev/null | sed -n 1p) || stop 2 "there is no $lapilli here; install it, or give its place with --program"
read -r -a ssh <<<"$ssh_command -o BatchMode=yes -o ConnectTimeout=10"
while read -r host _; do
    there=$("${ssh[@]}" "$host" "$(printf %q "$lapilli") --version" 2>/dev/null </dev/null | sed -n 1p) || there=''
    [[ $there == "$version" ]] || stop 2 "$host has ${there:-no $lapilli that runs}, and this host $version; expected the same on all; \
install it there"
done <"$folder/hosts"

# Whoever stops this script stops the job, with its last checkpoint, and waits for it.
launch=$source_folder/src/launch/lapilli-launch
[[ -e $launch ]] || launch=$source_folder/../../bin/lapilli-launch # where it is installed
set -m
"$launch" --hostfile "$folder/hosts" --ssh "$ssh_command" ${options[@]+"${options[@]}"} "$@" &
launcher=$!
set +m
trap 'kill -INT "$launcher" 2>/dev/null' INT
trap 'kill -TERM "$launcher" 2>/dev/null' TERM HUP
while is_alive "$launcher"; do wait "$launcher" || true; done
code=0
wait "$launcher" || code=$?
exit "$code"
