# shellcheck shell=bash disable=SC2034,SC2154 # it shares the variables of install_k3s.sh
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of install_k3s.sh: the settings of K3s, /etc/rancher/k3s/config.yaml.

header='# Written by install_k3s.sh of Lapilli. Settings of your own belong into files of the folder config.yaml.d, which K3s reads, too.'
taint_key=node-role.kubernetes.io/control-plane

is_ours() { [[ -r $etc/config.yaml && $(head -n 1 "$etc/config.yaml") == "$header" ]]; }

# A key with its values, if there are any.
list() { # KEY VALUE...
    local key=$1 value
    shift
    [[ $# -eq 0 ]] || echo "$key:"
    for value; do echo "- \"$value\""; done
}
# How a server has come to its cluster is settled once: a restart must not begin another one.
joins_by() {
    local before
    before=$(sed -n '/^server:/p; /^cluster-init:/p' "$etc/config.yaml" 2>/dev/null || true)
    if [[ $before == server:* ]]; then
        echo "$before"
    elif [[ -n $before || $cluster_init == true ]]; then
        echo 'cluster-init: true' # a single server that had none takes its database along
    elif [[ -n $url ]]; then
        echo "server: \"$url\""
    fi
}

config_of() { # server|agent
    echo "$header"
    echo 'token-file: /etc/rancher/k3s/token'
    if [[ $1 == server ]]; then
        echo 'agent-token-file: /etc/rancher/k3s/agent-token'
        joins_by
        echo 'write-kubeconfig-mode: "0600"'
        list tls-san ${tls_san[@]+"${tls_san[@]}"}
        # ports 80 and 443 of all nodes are open to the world with them
        if ! $traefik; then list disable traefik servicelb; fi
        # a node that is silent for 20 s instead of 50 is lost; with a word every 4 s, that is five that were missed
        list kube-controller-manager-arg node-monitor-grace-period=20s node-monitor-period=2s
        if $taint; then list node-taint "$taint_key=true:NoSchedule"; fi
    else
        echo "server: \"$url\""
    fi
    if [[ -n $node_ip ]]; then echo "node-ip: \"$node_ip\""; fi
    if [[ -n $flannel_iface ]]; then echo "flannel-iface: \"$flannel_iface\""; fi
    if $docker; then echo 'docker: true'; fi
    list node-label ${labels[@]+"${labels[@]}"}
    if $allow_cgroup_v1; then
        list kubelet-arg node-status-update-frequency=4s fail-cgroupv1=false
    else
        list kubelet-arg node-status-update-frequency=4s
    fi
}

write_config() { # server|agent
    local before
    if [[ $1 == agent ]]; then
        before=$(sed -n 's/^server: "\(.*\)"$/\1/p' "$etc/config.yaml" 2>/dev/null || true)
        # a running agent knows all servers, whichever it was told first
        if [[ -z $url ]] || { [[ -n $before ]] && is_running k3s-agent; }; then url=$before; fi
        [[ -n $url ]] || stop 2 "it is not said which server this agent joins; expected --url https://ADDRESS:6443 or K3S_URL"
    fi
    put_file "write the settings of the $1" "$etc/config.yaml" "$(config_of "$1")"
}

# Secrets and settings; K3s reads both at its start only.
settle_config() { # server|agent
    local before=$changes
    write_tokens "$1"
    write_config "$1"
    ((changes == before)) || restart=true
}
