#!/usr/bin/env bash
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Brings the image of build_image.sh to nodes that run already; new nodes get it from install_k3s.sh.
# shellcheck disable=SC2034,SC2154 # its parts share its variables
set -euo pipefail

usage="usage: scripts/owner/import_image.sh HOST... | --inventory FILE   [OPTIONS]
       scripts/owner/import_image.sh --registry URL [HOST... | --inventory FILE]
Brings lapilli:VERSION to nodes of a K3s cluster, by ssh: to containerd of K3s, or to Docker where K3s uses that; with --registry to a
registry, and tells the nodes to look there. Nodes that have it are left alone.

  --archive FILE    what is brought (default: build/image/lapilli-VERSION.tar, which scripts/owner/build_image.sh makes)
  --inventory FILE  the hosts of scripts/install_k3s.sh
  --registry URL    https://HOST or http://HOST:PORT; pushed with skopeo, docker, podman or buildah
  --ssh COMMAND     that reaches the hosts, e.g. 'ssh -i key' (default: ssh)
  --wait SECONDS    for hosts that do not answer (default: 30)
  --help            this text

HOST may be USER@HOST. Example:  scripts/owner/import_image.sh debian@10.0.0.5 debian@10.0.0.6"

program=import_image
source_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
for part in step.sh inventory.sh ssh.sh image.sh registry.sh; do
    # shellcheck source=/dev/null
    . "$source_folder/scripts/owner/k3s/$part"
done

archive='' inventory='' registry='' ssh_command=ssh wait_s=30 plan=false words=()
while [[ $# -gt 0 ]]; do
    case $1 in
        --help | -h) echo "$usage" && exit 0 ;;
        --archive | --inventory | --registry | --ssh | --wait)
            [[ -n ${2:-} ]] || stop 2 "$1 needs a value; see scripts/owner/import_image.sh --help"
            case $1 in
                --archive) archive=$2 ;;
                --inventory) inventory=$2 ;;
                --registry) check_registry '--registry ' "$2" && registry=$2 ;;
                --ssh) ssh_command=$2 ;;
                --wait) check_word '--wait ' "$2" '[1-9][0-9]{0,4}' 'seconds, e.g. 30' && wait_s=$2 ;;
            esac
            shift
            ;;
        -*) stop 2 "$1 is unknown; expected --archive, --inventory, --registry, --ssh or --wait; see scripts/owner/import_image.sh --help" ;;
        *) words+=("$1") ;;
    esac
    shift
done
if [[ -z $archive ]]; then
    archive=$source_folder/build/image/lapilli-$(own_version).tar
fi
check_archive "$archive"
tag=$(archive_tag "$archive") digest=$(archive_digest "$archive")
[[ -z $inventory ]] || read_inventory "$inventory"
for word in ${words[@]+"${words[@]}"}; do
    user=${word%@*}
    if [[ $user == "$word" ]]; then add_host '' agent "$word"; else add_host '' agent "${word##*@}" "user=$user"; fi
done
[[ ${#hosts[@]} -gt 0 || -n $registry ]] || stop 2 "it is not said where to; expected HOST..., --inventory FILE or --registry URL"

bring_to() { # HOST'S NUMBER
    local i=$1 before
    reach "$i" "$wait_s"
    send_scripts "$i"
    there "$i" status >"$scratch/$i.facts" || return
    [[ $(fact "$i" service) != none ]] || stop 2 "${hosts[i]} has no K3s; expected a node; add it with scripts/install_k3s.sh"
    if [[ -n $registry ]]; then
        there "$i" mirror --wait 300 --registry "$registry" || return
    elif ! grep -qx "image ${tag#*:} $digest" "$scratch/$i.facts"; then
        check_processor "$archive" "$i"
        send_files "$i" image "$archive"
        there "$i" image --image "$remote/image/${archive##*/}" || return
        ask_shell "$i" 30 "rm -rf $remote/image" </dev/null
    fi
    before=$(sed -n 's/^install_k3s: done: //p' "$scratch/$i.err" | tail -n 1)
    echo "$program: ${hosts[i]}: ${before:-has $tag already}" >&3
}

[[ -z $registry ]] || push_image "$archive" "$tag"
[[ ${#hosts[@]} -gt 0 ]] || exit 0
make_scratch
use_ssh
exec 3>&2
# shellcheck disable=SC2046 # numbers
each bring_to $(all_hosts)
for i in $(all_hosts); do
    succeeded "$i" || stop 1 "$tag is not on all nodes (see above); the same command goes on"
done
