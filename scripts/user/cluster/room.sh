# shellcheck shell=bash disable=SC2154 # it shares the variables of the scripts that it is part of
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of submit.sh: whether the nodes have room for a job.

# A quantity of Kubernetes in thousandths of its unit: cores, bytes.
thousandths() { # e.g. 2, 1.5, 500m, 4Gi
    local factor=1 pattern='^([0-9]+)(\.([0-9]+))?(m|[kKMGT]i?)?$'
    [[ $1 =~ $pattern ]] || return
    local whole=${BASH_REMATCH[1]} fraction=${BASH_REMATCH[3]}000
    case ${BASH_REMATCH[4]} in
        m) echo $((10#$whole)) && return ;;
        k) factor=1000 ;;
        M) factor=1000000 ;;
        G) factor=1000000000 ;;
        T) factor=1000000000000 ;;
        Ki) factor=1024 ;;
        Mi) factor=1048576 ;;
        Gi) factor=1073741824 ;;
        Ti) factor=1099511627776 ;;
    esac
    echo $(((10#$whole * 1000 + 10#${fraction:0:3}) * factor))
}

# Sets $fits to how many pods that ask for so much fit on a node.
fit() { # node's cpu, its memory, pod's cpu, its memory: in thousandths
    local by_cpu by_memory
    by_cpu=$(($3 > 0 ? $1 / $3 : 1000)) by_memory=$(($4 > 0 ? $2 / $4 : 1000))
    fits=$((by_cpu < by_memory ? by_cpu : by_memory))
}

# Refuses a job that could not run even if nothing else ran on the nodes; whoever may not look at nodes is not told. A node that is
# full of workers may still have room for the launcher.
expect_room() {
    local asked_cpu asked_memory asked_limit fits node has_cpu has_memory closed effects nodes='' capacity=0 launcher_fits=false
    local worker_cpu worker_memory launcher_cpu launcher_memory words launcher_words answer
    answer=$(kc get nodes -o 'jsonpath={range .items[*]}{.metadata.name}|{.status.allocatable.cpu}|{.status.allocatable.memory}|'\
'{.spec.unschedulable}|{.spec.taints[*].effect}{"\n"}{end}' 2>/dev/null) || return 0
    read_manifest k8s/mpijob/mpijob.yaml
    resources_of Launcher
    launcher_cpu=$(thousandths "$asked_cpu") launcher_memory=$(thousandths "$asked_memory")
    launcher_words="$asked_cpu cpu and $asked_memory"
    resources_of_worker
    worker_cpu=$(thousandths "$asked_cpu") worker_memory=$(thousandths "$asked_memory")
    words="$asked_cpu cpu and $asked_memory"
    while IFS='|' read -r node has_cpu has_memory closed effects; do
        [[ -n $node && $closed != true && $effects != *NoSchedule* && $effects != *NoExecute* ]] || continue
        nodes+="${nodes:+, }$node has $has_cpu cpu and $has_memory"
        has_cpu=$(thousandths "$has_cpu") && has_memory=$(thousandths "$has_memory") || return 0 # in words that are not known here
        fit "$has_cpu" "$has_memory" "$worker_cpu" "$worker_memory"
        capacity=$((capacity + fits))
        fit $((has_cpu - fits * worker_cpu)) $((has_memory - fits * worker_memory)) "$launcher_cpu" "$launcher_memory"
        ((fits == 0)) || launcher_fits=true
    done <<<"$answer"
    [[ -n $nodes ]] || return 0
    if ! $launcher_fits; then capacity=$((capacity - 1)); fi # it takes the place of a worker
    ((capacity >= workers)) || stop 2 "$workers workers of $words and a launcher of $launcher_words do not fit on the nodes, even if nothing \
else ran there: $nodes; ask for less with -n, --cpu or --memory"
}
