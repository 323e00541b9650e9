# shellcheck shell=bash disable=SC2154 # it shares the variables of install_k3s.sh
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of install_k3s.sh: the volume that all nodes see, of k8s/storage, and the NFS server for it.
#   nfs                  /srv/lapilli of this server, exported to the nodes
#   nfs://SERVER/PATH    a folder of another NFS server
#   hostpath             /srv/lapilli of each node
#   none                 something else provides the class lapilli-shared

volume=$data/server/manifests/lapilli-storage.yaml
exports=$root_folder/etc/exports.d/lapilli.exports

check_storage() { # WHERE VALUE
    check_word "$1" "$2" 'nfs|hostpath|none|nfs://[[:alnum:].:_-]+/[[:alnum:]/._-]+' 'nfs, nfs://SERVER/PATH, hostpath or none'
}

# Only a server whose own folder it is; agents are told the same word.
exports_here() { [[ $role == server && $storage == nfs && $plain == false ]]; }

storage_manifest() {
    local server path kind=nfs
    server=$(node_address) path=/srv/lapilli
    case $storage in
        hostpath) kind=hostpath ;;
        nfs://*) path=${storage#nfs://} && server=${path%%/*} && path=/${path#*/} ;;
    esac
    # its NFS is of version 4.1, and of no newer one
    if [[ $server == *.file.core.windows.net ]]; then kind=azure-files; fi
    sed "s|^\( *server:\) .*|\1 $server|; s|^\( *path:\) .*|\1 $path|" \
        "$source_folder/k8s/storage/$kind/storage.yaml"
}

put_storage() {
    if [[ $storage == hostpath ]] || exports_here; then
        if [[ ! -d $shared ]]; then
            change 'make /srv/lapilli, of uid 1000' make_shared_folder
        elif [[ $(stat -c %u "$shared") != 1000 ]]; then # e.g. a disk that is mounted there
            change 'give /srv/lapilli to uid 1000' chown 1000:1000 "$shared"
        fi
    fi
    if exports_here; then settle_exports; fi
    ! has_volume_manifest || put_file "make the volume lapilli-work: $storage" "$volume" "$(storage_manifest)"
}
has_volume_manifest() { [[ $role == server && $storage != none && $plain == false ]]; }
check_volume() {
    if ! has_volume_manifest || [[ ! -f $volume || $(<"$volume") == "$(storage_manifest)" ]]; then return; fi
    stop 2 "the volume of this cluster is another one already, and Kubernetes does not \
change volumes; expected the storage of the first time; delete the volume lapilli-work and $volume first, which leaves its data"
}

# Pods run as uid 1000.
make_shared_folder() {
    { mkdir -p "$shared" && chown 1000:1000 "$shared" && chmod 770 "$shared"; } ||
        stop 1 "/srv/lapilli cannot be made; expected permission; make it by hand: install -d -o 1000 -g 1000 /srv/lapilli"
}

# All that nodes write belongs to uid 1000.
settle_exports() {
    local node line='/srv/lapilli' own
    own=$(node_address)
    for node in "$own" ${nodes[@]+"${nodes[@]}"}; do
        [[ " $line" == *" $node("* ]] || line+=" $node(rw,sync,no_subtree_check,all_squash,anonuid=1000,anongid=1000)"
    done
    if [[ -f $exports && $(<"$exports") == "$line" ]]; then return; fi
    change "export /srv/lapilli by NFS to $own ${nodes[*]-}" export_to "$line"
}
export_to() { # LINE
    write_file "$exports" "$1"
    { systemctl enable --quiet --now nfs-server && exportfs -ra; } ||
        stop 1 "the NFS server does not start (its message stands above); expected a kernel with nfsd; see systemctl status nfs-server, \
or use --storage nfs://SERVER/PATH, hostpath or none"
}
