# shellcheck shell=bash disable=SC2154 # it shares the variables of install_k3s.sh
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of install_k3s.sh: what the firewall of a host lets through, if there is one that is active (ufw or firewalld). The overlay network
# of K3s trusts whoever reaches its port, so ports are open to the addresses of the nodes, and to nobody else; but the API to all.

firewall() {
    if command -v ufw >/dev/null && [[ $(ufw status 2>/dev/null) == *'Status: active'* ]]; then
        echo ufw
    elif command -v firewall-cmd >/dev/null && [[ $(firewall-cmd --state 2>/dev/null) == running ]]; then
        echo firewalld
    fi
}

# The addresses of all nodes of which this host was ever told, but for those that have gone.
remember_nodes() {
    local node all=()
    for node in $(cat "$state/nodes" 2>/dev/null) ${nodes[@]+"${nodes[@]}"}; do
        [[ " ${all[*]-} $forget " == *" $node "* ]] || all+=("$node")
    done
    nodes=(${all[@]+"${all[@]}"})
    $plan || write_file "$state/nodes" "${nodes[*]-}"
}

# Lines "PROTOCOL PORT SOURCE"; pods and services have all of the host.
wanted_rules() {
    local node
    printf '%s\n' 'all - 10.42.0.0/16' 'all - 10.43.0.0/16'
    [[ $role == agent ]] || echo 'tcp 6443 any'
    for node in ${nodes[@]+"${nodes[@]}"}; do
        printf '%s\n' "udp 8472 $node" "tcp 10250 $node"
        if [[ $role == server ]]; then echo "tcp 2379:2380 $node"; fi
        if exports_here; then echo "tcp 2049 $node"; fi
    done
}

rule_ufw() { # add|remove PROTOCOL PORT SOURCE
    local words=()
    [[ $1 == add ]] || words=(--force delete)
    words+=(allow)
    if [[ $2 == all ]]; then words+=(from "$4"); else words+=(proto "$2" from "$4" to any port "$3"); fi
    [[ $1 != add ]] || words+=(comment lapilli)
    ufw "${words[@]}" >/dev/null
}
rule_firewalld() { # add|remove PROTOCOL PORT SOURCE
    local family=ipv4
    [[ $4 != *:* ]] || family=ipv6
    case $2:$4 in
        all:*) firewall-cmd --quiet --permanent --zone=trusted "--$1-source=$4" ;;
        *:any) firewall-cmd --quiet --permanent "--$1-port=$3/$2" ;;
        *) firewall-cmd --quiet --permanent \
            "--$1-rich-rule=rule family=\"$family\" source address=\"$4\" port port=\"${3/:/-}\" protocol=\"$2\" accept" ;;
    esac
}

# Opens what is missing and closes what it opened before and is not needed any more.
settle_firewall() {
    local kind wanted='' before=''
    kind=$(firewall)
    [[ -n $kind ]] || return 0
    [[ $verb == uninstall ]] || wanted=$(wanted_rules)
    [[ ! -f $state/firewall ]] || before=$(<"$state/firewall")
    each_rule add "$kind" 'open to' "$wanted" "$before"
    each_rule remove "$kind" 'close to' "$before" "$wanted"
    if $plan || [[ $wanted == "$before" ]]; then return; fi
    [[ $kind == ufw ]] || firewall-cmd --quiet --reload
    write_file "$state/firewall" "$wanted"
}
settle_nodes() {
    settle_firewall
    if exports_here; then settle_exports; fi
}
# Those of the one list that are not in the other.
each_rule() { # add|remove KIND WORD LIST OTHER
    local protocol port source
    while read -r protocol port source; do
        if [[ -z $protocol ]] || grep -qxF "$protocol $port $source" <<<"$5"; then continue; fi
        change "$3 $source in the firewall ($2): ${port/-/all} $protocol" "rule_$2" "$1" "$protocol" "$port" "$source" ||
            stop 1 "$2 does not take the rule $protocol $port $source (its message stands above); set it by hand, or switch $2 off"
    done <<<"$4"
}
