# shellcheck shell=bash disable=SC2154 # it shares the variables of install_k3s.sh
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of install_k3s.sh: the service of K3s, started and waited for.

kubectl() { "$bin/k3s" kubectl --request-timeout=10s "$@"; }

start_service() { # server|agent
    local name
    name=$(unit_of "$1")
    if ! $restart && is_running "$name"; then return; fi
    change "$(is_running "$name" && echo restart || echo start) $name" restart_service "$1" "$name"
}
restart_service() { # server|agent UNIT
    local began
    began=$(date +%s)
    { systemctl enable --quiet "$2" && systemctl restart --no-block "$2"; } ||
        stop 1 "systemd does not start $2 (its message stands above); see systemctl status $2"
    await "$wait_s" is_settled "$1" "$2" || true
    "is_ready_$1" || stop 1 "$2 $(if keeps_ending "$2"; then echo 'ends again and again'; else echo "was not ready within $wait_s s"; fi); \
$(reason_of "$2" "$began")"
}
is_settled() { "is_ready_$1" || { keeps_ending "$2" && ! may_heal "$2"; }; } # server|agent UNIT

# systemd starts it again 5 s after it has ended.
keeps_ending() { # UNIT
    local restarts
    restarts=$(systemctl show --property NRestarts --value "$1" 2>/dev/null) && [[ $restarts =~ ^[0-9]+$ ]] && ((restarts >= 2))
}
# What others may bring in order: a server that is not there yet, or one that another server joins at the same time.
may_heal() { # UNIT
    journalctl --unit "$1" --lines 50 --output cat --no-pager 2>/dev/null |
        grep -qE 'learner|connection refused|i/o timeout|no route to host|deadline exceeded'
}

is_ready_server() { [[ $(kubectl get --raw /readyz 2>/dev/null) == ok ]] && is_ready_node; }
is_ready_agent() { is_ready_node --kubeconfig "$data/agent/kubelet.kubeconfig"; } # by which a node may look at itself
is_ready_node() { # OPTIONS OF kubectl
    [[ $(kubectl "$@" get node "$(node_name)" -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}' 2>/dev/null) == True ]]
}

# Why K3s did not start, from what it says since then; secrets do not belong into messages.
reason_of() { # UNIT SINCE
    local log
    log=$(journalctl --unit "$1" --since "@$2" --output cat --no-pager 2>/dev/null |
        sed -E 's/K10[0-9a-f]+::[^ "]+/TOKEN/g' | tail -n 200) || true
    case $log in
        *'Node password rejected'*) echo "the cluster knows another host by the name $(node_name); delete that node first: \
install_k3s.sh remove-node $(node_name)" ;;
        *'CA hash does not match'*) echo "the token belongs to another cluster; fetch it again from the server" ;;
        *'not authorized'* | *'401 Unauthorized'* | *'invalid token'*)
            echo "the server does not accept the token; fetch it again from there"
            ;;
        *'configuration value mismatch'*) echo "its settings differ from those of the first server; give all servers the same options" ;;
        *'encrypted with different token'*) echo "there is a database of another token; uninstall first, or give the token that it had" ;;
        *'connection refused'* | *'i/o timeout'* | *'no route to host'* | *'context deadline exceeded'*)
            echo "the server ${url:-} does not answer; is K3s running there, and port 6443 open to this host?" ;;
        *'find memory cgroup'* | *'cgroup v1'*) echo "its control groups are of the wrong kind; see --allow-cgroup-v1" ;;
        *)
            log=$(grep -E 'level=(fatal|error)|^E[0-9]|[Ee]rror' <<<"$log" | tail -n 1 | cut -c 1-300)
            echo "its last error: $log; see journalctl --unit $1"
            ;;
    esac
}

# Servers that have agents take no pods of jobs: they keep the API, the operator and DNS. A node is given its taint when it registers, so
# later changes are made here.
settle_taint() {
    local has=false
    if $plan && [[ $(is_running k3s && echo up) != up ]]; then return; fi
    [[ " $(kubectl get node "$(node_name)" -o 'jsonpath={.spec.taints[*].key}' 2>/dev/null) " != *" $taint_key "* ]] || has=true
    if $taint && ! $has; then
        change 'keep pods of jobs off this server' taint_node "$taint_key=true:NoSchedule"
    elif ! $taint && $has; then
        change 'allow pods of jobs on this server' taint_node "$taint_key-"
    fi
}
taint_node() { # TAINT
    kubectl taint --overwrite node "$(node_name)" "$1" >/dev/null || stop 1 "the taint of $(node_name) could not be set; try again"
}
