# shellcheck shell=bash disable=SC2154 # it shares the variables of install_k3s.sh
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of install_k3s.sh: the state of all hosts, as they and as Kubernetes see it.

nodes_as_seen() { # HOST'S NUMBER of a server
    local fields='{.metadata.name} {.status.conditions[?(@.type=="Ready")].status} {.status.nodeInfo.kubeletVersion} {.spec.unschedulable}'
    on "$1" 60 /usr/local/bin/k3s kubectl --request-timeout=20s get nodes -o "jsonpath={range .items[*]}$fields{\"\\n\"}{end}" </dev/null
}

look_at() { there "$1" status >"$scratch/$1.facts"; }
look_at_unseen() { reach "$1" "$(briefly)" && send_scripts "$1" && look_at "$1"; }

# What is printed is the answer, so it goes to standard output.
print_table() {
    local i name state version images reachable=()
    for ((i = 0; i < ${#hosts[@]}; i++)); do ! succeeded "$i" || reachable+=("$i"); done
    each look_at ${reachable[@]+"${reachable[@]}"}
    table "$(nodes_as_seen "$leader" 2>/dev/null)"
}
table() { # LINES of nodes_as_seen
    local i name state version images
    printf '%-24s %-7s %-20s %-22s %-15s %s\n' HOST ROLE NODE STATE K3S 'IMAGES OF LAPILLI'
    for ((i = 0; i < ${#hosts[@]}; i++)); do
        name=$(fact "$i" name) version=$(fact "$i" k3s)
        images=$(sed -n 's/^image \([^ ]*\) .*/\1/p' "$scratch/$i.facts" 2>/dev/null | tr '\n' ' ')
        state=$(awk -v name="${name:--}" '$1 == name {
            print ($2 == "True" ? "Ready" : "not Ready") ($4 == "true" ? ", cordoned" : "")
        }' <<<"$1")
        if [[ -z $name ]]; then
            state='no answer'
        elif [[ -z $state ]]; then
            state="$(fact "$i" service)"
            [[ $state != none ]] || state='K3s is not there'
        fi
        printf '%-24s %-7s %-20s %-22s %-15s %s\n' "${hosts[i]}" "${roles[i]}" "${name:--}" "$state" "${version:--}" "${images:--}"
    done
}

# Of all hosts of the inventory; 1 if one of them is not Ready.
status_of_all() {
    local i seen=''
    # shellcheck disable=SC2046 # numbers
    each look_at_unseen $(all_hosts)
    for i in $(with_role server); do
        if succeeded "$i" && seen=$(nodes_as_seen "$i" 2>/dev/null) && [[ -n $seen ]]; then break; fi
    done
    table "$seen" | tee "$scratch/table"
    [[ $(grep -c ' Ready ' "$scratch/table") -eq ${#hosts[@]} ]] ||
        stop 1 "not all hosts are Ready; see the table; install_k3s.sh cluster mends \
what it can"
}
