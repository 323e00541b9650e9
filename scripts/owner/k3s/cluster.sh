# shellcheck shell=bash disable=SC2034,SC2154 # it shares the variables of install_k3s.sh
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of install_k3s.sh: a cluster of the hosts of an inventory: the first server, then all others.

leader='' # number of the server that others join

# Before anything is changed: do all hosts answer, and can each of them become what it is to be?
examine() { # HOST'S NUMBER
    reach "$1" "$(patience_with "$1")"
    send_scripts "$1"
    set_common "$1"
    there "$1" check --role "${roles[$1]}" "${common[@]}" >"$scratch/$1.facts"
}
patience_with() { if [[ -z $newcomer || ${hosts[$1]} == "$newcomer" ]]; then echo "$wait_s"; else briefly; fi; }
# Options of most verbs on a host.
set_common() { # HOST'S NUMBER
    common=(--wait "$wait_s" --storage "$storage")
    # the volume and the operator are the business of the first server, whoever leads
    [[ ${roles[$1]} == agent || $1 == $(with_role server | sed -n 1p) ]] || common+=(--plain)
    ! $docker || common+=(--docker)
    ! $traefik || common+=(--traefik)
    ! $allow_cgroup_v1 || common+=(--allow-cgroup-v1)
    ! $plan || common+=(--plan)
    [[ -z $registry ]] || common+=(--registry "$registry")
    [[ -z $flannel_iface ]] || common+=(--flannel-iface "$flannel_iface")
    [[ -z ${ips[$1]} ]] || common+=(--node-ip "${ips[$1]}")
}

examine_all() {
    local i refused=0
    say "asking ${#hosts[@]} hosts"
    # shellcheck disable=SC2046 # numbers
    each examine $(all_hosts)
    usable=()
    for ((i = 0; i < ${#hosts[@]}; i++)); do
        if succeeded "$i"; then usable+=("$i"); elif [[ $(cat "$scratch/$i.code") == 2 ]]; then refused=2; fi
    done
    [[ $refused -eq 0 ]] || stop 2 "nothing was changed, since hosts are not as they should be (see above)"
    compare_names
    expect_airgap
    if [[ -n $image ]]; then for i in ${usable[@]+"${usable[@]}"}; do check_processor "$image" "$i"; done; fi
    compare_clocks
    tell_networks
}
compare_names() {
    local twice
    twice=$(for i in ${usable[@]+"${usable[@]}"}; do fact "$i" name; done | sort | uniq -d | sed -n 1p)
    [[ -z $twice ]] || stop 2 "several hosts are called $twice; expected names of their own; change them with hostnamectl set-hostname"
}
# Without a network, each host must find its K3s in the folder.
expect_airgap() {
    local i name
    [[ -n $airgap ]] || return 0
    for i in ${usable[@]+"${usable[@]}"}; do
        [[ $(fact "$i" k3s) != "$K3S_VERSION" ]] || continue
        case $(fact "$i" system) in *arm64) name=k3s-arm64 ;; *) name=k3s ;; esac
        [[ -r $airgap/$name ]] || stop 2 "$airgap has no $name for ${hosts[i]}; expected what docs/install.md lists; copy it there"
    done
}
# Certificates and leases compare clocks.
compare_clocks() {
    local i offset least='' most='' least_i='' most_i=''
    for i in ${usable[@]+"${usable[@]}"}; do
        offset=$(<"$scratch/$i.clock")
        if [[ -z $least || $offset -lt $least ]]; then least=$offset least_i=$i; fi
        if [[ -z $most || $offset -gt $most ]]; then most=$offset most_i=$i; fi
    done
    if [[ -z $least ]] || ((most - least <= 2000)); then return; fi
    say "warning: the clock of ${hosts[most_i]} is $(((most - least + 500) / 1000)) s ahead of that of ${hosts[least_i]}; expected at most \
2 s; set them with chrony or systemd-timesyncd"
}
tell_networks() {
    local i networks
    [[ -z $flannel_iface ]] || return 0
    for i in ${usable[@]+"${usable[@]}"}; do
        networks=$(fact "$i" networks)
        [[ -n ${ips[i]} || $networks != *' '*:* ]] ||
            say "${hosts[i]} has several networks ($networks); nodes will use $(fact "$i" address); \
choose another one with ip= or --flannel-iface"
    done
}

node_ip_of() { if [[ -n ${ips[$1]} ]]; then echo "${ips[$1]}"; else fact "$1" address; fi; }
all_node_ips() { for i in ${usable[@]+"${usable[@]}"}; do node_ip_of "$i"; done | paste -s -d , -; }
url_of_leader() {
    local address
    address=$(node_ip_of "$leader")
    case $address in *:*) echo "https://[$address]:6443" ;; *) echo "https://$address:6443" ;; esac
}

# Makes a host what it is to be. The tokens go by standard input.
install_on() { # HOST'S NUMBER
    local i=$1 words=() label tokens=/dev/null
    bring_airgap "$i"
    bring_image "$i"
    set_common "$i"
    words=("${roles[i]}" "${common[@]}" --nodes "$(all_node_ips)")
    [[ -z $checksum ]] || words+=(--checksum "$checksum")
    [[ -z $airgap ]] || words+=(--airgap "$remote/airgap")
    $plan || [[ ! -e $scratch/$i.brings_image ]] || words+=(--image "$remote/image/${image##*/}")
    for label in ${host_labels[i]//,/ }; do words+=(--label "$label"); done
    if [[ ${roles[i]} == server ]]; then
        words+=(--tls-san "${hosts[i]}")
        [[ $(count agent) -eq 0 ]] || words+=(--taint)
        $with_guard || words+=(--no-guard)
        [[ $i != "$leader" || $(count server) -eq 1 ]] || words+=(--cluster-init)
    fi
    if [[ $i != "$leader" ]]; then
        words+=(--url "$(url_of_leader)" --token-file -)
        if ! $plan; then tokens=$scratch/tokens.${roles[i]}; fi
    fi
    there "$i" "${words[@]}" <"$tokens" || return
    $plan || [[ ! -e $scratch/$i.brings_image ]] || ask_shell "$i" 30 "rm -rf $remote/image" </dev/null
    summarise "$i"
}
# One line for the user, whose terminal is descriptor 3.
summarise() { # HOST'S NUMBER
    local line
    line=$(sed -n 's/^install_k3s: done: //p' "$scratch/$1.err" | tail -n 1)
    if $plan; then sed -n "s/^install_k3s: would /${roles[$1]} ${hosts[$1]}: would /p" "$scratch/$1.err" >&3; fi
    echo "$program: ${roles[$1]} ${hosts[$1]}: ${line:-done}" >&3
}
bring_airgap() { # HOST'S NUMBER
    local file files=()
    if [[ -z $airgap ]] || $plan; then return; fi
    for file in "$airgap"/*; do
        # the image of jobs goes another way
        [[ ! -f $file || ${file##*/} == lapilli-* ]] || files+=("$file")
    done
    send_files "$1" airgap "${files[@]}"
}
bring_image() { # HOST'S NUMBER
    [[ -n $image ]] || return 0
    ! grep -qx "image ${image_tag#*:} $image_digest" "$scratch/$1.facts" || return 0
    touch "$scratch/$1.brings_image"
    if $plan; then say "would import $image_tag"; else send_files "$1" image "$image"; fi
}

fetch_tokens() {
    (
        umask 077
        on "$leader" 60 cat /etc/rancher/k3s/agent-token >"$scratch/agent" </dev/null &&
            on "$leader" 60 cat /var/lib/rancher/k3s/server/agent-token >"$scratch/tokens.agent" </dev/null &&
            { on "$leader" 60 cat /var/lib/rancher/k3s/server/token </dev/null && cat "$scratch/agent"; } >"$scratch/tokens.server"
    ) || stop 1 "the tokens could not be fetched from ${hosts[leader]} (the message stands above); try again"
}

make_cluster() {
    local i others=() servers=() agents=() running=0
    exec 3>&2
    examine_all
    choose_leader
    say "first ${hosts[leader]}, then the others"
    each install_on "$leader"
    succeeded "$leader" || stop "$(cat "$scratch/$leader.code")" "the server ${hosts[leader]} is not ready, so nothing else was done"
    $plan || fetch_tokens
    for i in "${usable[@]}"; do
        [[ ${roles[i]} != agent ]] || agents+=("$i")
        [[ ${roles[i]} != server || $i == "$leader" ]] || servers+=("$i")
        [[ $(fact "$i" service) != 'k3s active' ]] || running=$((running + 1))
    done
    others=(${servers[@]+"${servers[@]}"} ${agents[@]+"${agents[@]}"})
    if ((running > 1)); then # they may restart, but not at once, since two of three must run
        for i in ${servers[@]+"${servers[@]}"}; do each install_on "$i"; done
        others=(${agents[@]+"${agents[@]}"})
    fi
    [[ ${#others[@]} -eq 0 ]] || each install_on "${others[@]}"
    if $plan; then return; fi
    fetch_kubeconfig "$leader"
    print_table
    for ((i = 0; i < ${#hosts[@]}; i++)); do
        succeeded "$i" || stop 1 "the cluster is not complete (see above); the same command goes on"
    done
}
# A server that runs already, else the first of the inventory.
choose_leader() {
    local i
    leader=$(with_role server | sed -n 1p)
    for i in ${usable[@]+"${usable[@]}"}; do
        [[ ${roles[i]} != server || $(fact "$i" service) != 'k3s active' ]] || { leader=$i && return; }
    done
    succeeded "$leader" || stop 1 "the first server, ${hosts[leader]}, does not answer, so nothing was changed"
}
