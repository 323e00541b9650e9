#!/usr/bin/env bash
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# From hosts that ssh reaches to a K3s cluster on which jobs of Lapilli run, and back. docs/install.md says how.
# shellcheck disable=SC2034,SC2154 # its parts share its variables
set -euo pipefail

usage="usage: scripts/install_k3s.sh VERB [OPTIONS]
Each verb may be repeated: it does what is missing, and says so if nothing is.

On a laptop, for the hosts of an inventory, by ssh:
  cluster                    K3s on all of them, MPI operator, shared volume, image, kubeconfig; a table at the end
  add-node HOST [KEY=VALUE]  adds an agent to the inventory and to the cluster
  remove-node NAME           drains a node, deletes it, uninstalls K3s on its host
  kubeconfig                 fetches it
  status                     the state of all hosts as a table
  uninstall                  K3s off all of them
    --inventory FILE         lines 'server HOST [user=] [ip=] [port=] [labels=]', 'agent HOST ...' and 'option NAME=VALUE'
    --kubeconfig FILE        where it goes (default: ~/.kube/lapilli.yaml)
    --ssh COMMAND            that reaches the hosts, e.g. 'ssh -i key' (default: ssh)
    --force                  remove-node: also if pods are left, or belong to nobody

On a host, as root:
  server                     the first server; with --url another one
  agent                      joins the server of --url (or K3S_URL) with the agents' token of --token-file (or K3S_TOKEN)
  status | uninstall         this host
    --url https://HOST:6443  --token-file FILE  (- is standard input)
    --node-ip ADDRESS        of this host, for the others
    --nodes A,B,...          addresses of all nodes, or networks, that firewall and NFS server let in
    --tls-san NAME           another name of this server    --label KEY=VALUE   of the node    --taint   no pods of jobs here
    --cluster-init           first of three servers
    --plain                  without operator, volume and export: another server has them
    --no-guard               no node guard

Both:
  --plan                     say what would be done, and do nothing
  --wait SECONDS             for each thing that takes long (default: 300)
  --airgap DIR               take everything from this folder
  --checksum SHA256          of the binary, instead of the list that its release has published
  --traefik                  Traefik of K3s, on ports 80 and 443 of all nodes, for the dashboard and other pages
  --docker                   containers by Docker, which is there already
  --storage KIND             nfs: /srv/lapilli of the first server (default); nfs://SERVER/PATH; hostpath: /srv/lapilli of each; none
  --image FILE               archive of the image (default on a laptop: build/image/lapilli-VERSION.tar if there is one)
  --registry URL             nodes fetch the image from there, as import_image.sh --registry has pushed it
  --flannel-iface NAME       interface for the traffic among nodes
  --allow-cgroup-v1          start also on old control groups
  --help                     this text

Example:  scripts/install_k3s.sh cluster --inventory hosts --plan"

program=install_k3s
source_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
for part in versions.env step.sh inventory.sh token.sh options.sh host.sh packages.sh firewall.sh binary.sh config.sh service.sh \
    operator.sh storage.sh image.sh registry.sh uninstall.sh ssh.sh cluster.sh table.sh kubeconfig.sh remove.sh; do
    # shellcheck source=/dev/null
    . "$source_folder/scripts/owner/k3s/$part"
done
restart=false newcomer='' usable=() image_tag='' image_digest=''
read_options "$@"

# All that a laptop does begins with the hosts.
take_inventory() {
    [[ ${#words[@]} -eq 0 || $verb == *-node ]] || stop 2 "${words[0]} is one word too many; see scripts/install_k3s.sh --help"
    read_inventory "$inventory"
    make_scratch
    use_ssh
}
# What is brought to hosts.
take_files() {
    local file version
    check_counts
    [[ -z $airgap || -d $airgap ]] || stop 2 "--airgap $airgap is no folder; expected one with the files that docs/install.md lists"
    version=$(own_version)
    for file in ${airgap:+"$airgap/lapilli-$version.tar"} "$source_folder/build/image/lapilli-$version.tar"; do
        if [[ -z $image && -r $file ]]; then image=$file; fi
    done
    if [[ -n $registry ]]; then
        image=''
    elif [[ -n $image ]]; then
        check_archive "$image"
        image_tag=$(archive_tag "$image") image_digest=$(archive_digest "$image")
    else
        say "there is no archive of the image, so none is brought; scripts/owner/build_image.sh makes it, scripts/owner/import_image.sh brings it"
    fi
}

# All that a host does, as root, and once at a time.
take_host() {
    [[ ${#words[@]} -eq 0 ]] || stop 2 "${words[0]} is one word too many; see scripts/install_k3s.sh --help"
    [[ $(id -u) -eq 0 ]] || stop 2 "this needs root; run it with sudo, or on a laptop with --inventory FILE"
    mkdir -p "$root_folder/run/lock"
    exec 9>"$root_folder/run/lock/lapilli-k3s"
    flock -n 9 || stop 1 "another run of this script is at work on this host; wait for its end"
    make_scratch
}
install_host() { # server|agent
    role=$1
    take_host
    read_tokens "$role"
    check_host "$role"
    remember_nodes
    install_packages
    settle_firewall
    put_binary
    settle_config "$role"
    put_airgap_images
    put_image "$image"
    put_mirror
    put_storage
    if [[ $role == server ]] && ! $plain; then
        put_namespace
        put_operator
    fi
    make_service "$role"
    start_service "$role"
    if [[ $role == server ]]; then
        settle_taint
        put_guard
    fi
}
tell_end() {
    if ((changes == 0)); then say "done: nothing had to be changed"; else say "done: $changes steps"; fi
}

here() { [[ -z $inventory ]]; }
case $verb in
    server | agent) install_host "$verb" ;;
    check) check_host "$role" ;;
    nodes) take_host && remember_nodes && settle_nodes ;;
    image) take_host && put_image "$image" ;;
    mirror) take_host && put_mirror && settle_mirror ;;
    uninstall) if here; then take_host && uninstall_host; else take_inventory && uninstall_all; fi ;;
    status) if here; then print_facts; else take_inventory && status_of_all; fi ;;
    kubeconfig) take_inventory && kubeconfig_only ;;
    cluster) take_inventory && take_files && make_cluster ;;
    add-node) take_inventory && take_files && add_node ${words[@]+"${words[@]}"} ;;
    remove-node) take_inventory && remove_node ${words[@]+"${words[@]}"} ;;
    '') stop 2 "there is no verb; expected cluster, server or agent; see scripts/install_k3s.sh --help" ;;
    *) stop 2 "$verb is not a verb; see scripts/install_k3s.sh --help" ;;
esac
case $verb in
    server | agent | nodes | image | mirror | uninstall) ! here || tell_end ;;
    check) print_facts ;;
esac
