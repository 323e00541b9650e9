# shellcheck shell=bash disable=SC2034,SC2154 # it shares the variables of install_k3s.sh
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of install_k3s.sh: hosts that come and go after the cluster was made.

# A line at the end of the inventory, if its host has none.
add_node() { # HOST [KEY=VALUE...]
    [[ $# -gt 0 ]] || stop 2 "there is no host; expected add-node HOST, e.g. add-node 10.0.0.7 user=debian"
    newcomer=$1
    if [[ " ${hosts[*]} " != *" $1 "* ]]; then
        add_host '' agent "$@"
        change "add 'agent $*' to $inventory" append_line "agent $*"
    elif [[ $# -gt 1 ]]; then
        stop 2 "$1 is in $inventory already; expected its settings there; change its line, or leave out ${*:2}"
    fi
    make_cluster
}
append_line() {
    if [[ -s $inventory && -n $(tail -c 1 "$inventory") ]]; then echo >>"$inventory"; fi
    echo "$1" >>"$inventory" || stop 1 "$inventory cannot be written; add the line by hand: $1"
}
remove_line() { # HOST
    { awk -v host="$1" '!(($1 == "server" || $1 == "agent") && $2 == host)' "$inventory" >"$scratch/inventory" &&
        cat "$scratch/inventory" >"$inventory"; } || stop 1 "$inventory cannot be written; remove the line of $1 by hand"
}

kubectl_there() { # SECONDS WORD...
    local limit=$1
    shift
    on "$leader" "$limit" /usr/local/bin/k3s kubectl "$@" </dev/null
}

cluster_is_silent() { stop 1 "the cluster does not answer on ${hosts[leader]} (the message stands above); try again"; }

remove_node() { # NAME of a node, or its HOST
    local i gone='' rest=() known
    [[ $# -eq 1 ]] || stop 2 "expected remove-node NAME, the name of a node or its host in the inventory"
    # shellcheck disable=SC2046 # numbers
    each look_at_unseen $(all_hosts)
    for ((i = 0; i < ${#hosts[@]}; i++)); do
        if [[ ${hosts[i]} == "$1" || $(fact "$i" name) == "$1" ]]; then
            gone=$i
        elif succeeded "$i"; then
            rest+=("$i")
            if [[ -z $leader && $(fact "$i" service) == 'k3s active' ]]; then leader=$i; fi
        fi
    done
    [[ -n $leader ]] || stop 1 "no other server runs that could give the node up; expected one; take down the whole cluster with uninstall"
    node=$1 # of a host that does not answer, too, where both are called the same
    if [[ -n $gone && -n $(fact "$gone" name) ]]; then node=$(fact "$gone" name); fi
    known=$(kubectl_there 60 get node "$node" --ignore-not-found \
        -o 'jsonpath={.metadata.name} {.status.addresses[?(@.type=="InternalIP")].address}') || cluster_is_silent
    [[ -n $known || -z $gone || -n $(fact "$gone" name) ]] ||
        stop 2 "${hosts[gone]} does not tell the name of its node; expected remove-node NAME, one of 'kubectl get nodes'"
    if [[ -n $known ]]; then drain "$node"; else say "there is no node $node any more"; fi
    forget=${known#* }
    if [[ -n $gone ]]; then take_host_away "$gone"; fi
    [[ -z $forget ]] || each forget_node "${rest[@]}"
}
# Whoever has the address next is not to find doors open.
forget_node() { # HOST'S NUMBER
    set_common "$1"
    there "$1" nodes --role "${roles[$1]}" --forget "${forget%% *}" "${common[@]}"
}

drain() { # NAME
    local force=()
    if $forced; then force=(--force); fi
    change "drain $1" kubectl_there 60 cordon "$1" >/dev/null || cluster_is_silent
    if ! $plan && ! kubectl_there $((wait_s + 60)) drain "$1" --delete-emptydir-data --ignore-daemonsets --timeout="${wait_s}s" \
        --skip-wait-for-delete-timeout=60 ${force[@]+"${force[@]}"} >&2; then
        $forced || stop 1 "$1 still has pods after $wait_s s (see above), and takes no new ones; wait for its job, or go on with --force"
    fi
    change "delete the node $1" kubectl_there 60 delete node "$1" --wait=false --ignore-not-found >/dev/null || cluster_is_silent
    # else a new host of this name would be refused
    change "forget its password" kubectl_there 60 --namespace kube-system delete secret "$1.node-password.k3s" --ignore-not-found \
        >/dev/null || cluster_is_silent
}
take_host_away() { # HOST'S NUMBER
    if succeeded "$1"; then
        exec 3>&2
        each uninstall_there "$1"
        succeeded "$1" || stop 1 "K3s is still on ${hosts[$1]} (see above), though its node is gone; try again"
    else
        say "${hosts[$1]} does not answer, so K3s is still on it; if it comes back: install_k3s.sh uninstall"
    fi
    change "remove ${hosts[$1]} from $inventory" remove_line "${hosts[$1]}"
}

uninstall_there() { # HOST'S NUMBER
    local plan_option=()
    if $plan; then plan_option=(--plan); fi
    there "$1" uninstall --wait "$wait_s" ${plan_option[@]+"${plan_option[@]}"} || return
    $plan || ask_shell "$1" 60 "rm -rf $remote" </dev/null
    summarise "$1"
}
reach_and_uninstall() { reach "$1" "$(briefly)" && send_scripts "$1" && uninstall_there "$1"; }

# Agents first: their volumes are folders of the server.
uninstall_all() {
    local i
    exec 3>&2
    # shellcheck disable=SC2046 # numbers
    each reach_and_uninstall $(with_role agent)
    # shellcheck disable=SC2046 # numbers
    each reach_and_uninstall $(with_role server)
    for ((i = 0; i < ${#hosts[@]}; i++)); do
        succeeded "$i" || stop 1 "K3s is still on some hosts (see above); the same command goes on"
    done
    $plan || say "K3s is gone from ${#hosts[@]} hosts; /srv/lapilli is left on the server, and $kubeconfig here"
}
