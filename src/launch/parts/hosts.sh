# shellcheck shell=bash disable=SC2154,SC2004 # it shares the variables of lapilli-launch
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of lapilli-launch: the hosts, how they are reached, and which of them answer.

hosts=()             # of the hostfile, in its order
declare -A slots=()  # of each
used=() dropped=()   # those of the next start, and the others
ssh=()               # the command that reaches one
nothing=             # a pipe that nobody writes to
exec {nothing}<> <(:)

# Sleeps without a process of its own, so that nothing is left behind, and signals are heard at once.
nap() { read -rt "$1" -u "$nothing" || true; }

read_hostfile() { # FILE
    local line host n
    [[ -f $1 && -r $1 ]] ||
        refuse "the hostfile $1 cannot be read; expected lines such as 'node1 slots=2'; give another one with --hostfile"
    while read -r line || [[ -n $line ]]; do
        read -r host _ <<<"${line%%#*}"
        [[ -n $host ]] || continue
        n=1
        if [[ $host =~ ^([^:]+):([0-9]{1,4})$ ]]; then # as MPICH and Intel MPI write it
            host=${BASH_REMATCH[1]} n=$((10#${BASH_REMATCH[2]}))
        fi
        [[ $host =~ ^[[:alnum:]][[:alnum:]._:@-]*$ && ! $host =~ ^[^:]+:[^:]*$ ]] ||
            refuse "$1: '$host' is not the name of a host; expected lines such as 'node1 slots=2' or 'node1:2'"
        if [[ ${line%%#*} =~ (^|[[:space:]])slots[[:space:]]*=[[:space:]]*([^[:space:]#]*) ]]; then
            n=${BASH_REMATCH[2]}
            [[ $n =~ ^[0-9]{1,4}$ ]] ||
                refuse "$1: $host has slots=$n; expected a whole number such as slots=2; correct the line"
            n=$((10#$n))
        fi
        [[ -v slots[$host] ]] || hosts+=("$host")
        slots[$host]=$((${slots[$host]:-0} + n))
        ((n > 0)) || refuse "$1: $host has no slots; expected slots=1 or more; leave the line out"
    done <"$1"
    ((${#hosts[@]} > 0)) || refuse "the hostfile $1 names no host; expected lines such as 'node1 slots=2'"
}

# The command that reaches a host, for this program and for mpirun: never asks anything, and never waits for ever.
use_ssh() {
    read -ra ssh <<<"$ssh_command"
    ssh+=(-o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=5 -o ServerAliveCountMax=3)
    export OMPI_MCA_plm_rsh_agent="${ssh[*]}" PRTE_MCA_plm_ssh_agent="${ssh[*]}"
}

# mpirun needs no ssh to reach the host that it runs on.
own_names=" localhost 127.0.0.1 $HOSTNAME $(hostname -I 2>/dev/null) "
is_here() { [[ $own_names == *" $1 "* ]]; }

# One line, "HOST OUTPUT", for each of the hosts on which the command succeeds within 10 s; of its output only the last line, since
# some shells greet.
where() { # COMMAND HOST...
    local command=$1 host reach output
    shift
    for host; do
        reach=("${ssh[@]}" "$host")
        if is_here "$host"; then reach=(sh -c); fi
        { output=$(timeout -k 1 10 "${reach[@]}" "$command" 2>/dev/null </dev/null) && echo "$host ${output##*$'\n'}"; } &
    done
    wait
}

# Waits until all hosts answer, with --elastic only a while for those that do not. Sets used and dropped; false if it was in vain.
gather_hosts() {
    local since=$SECONDS host core_count told=
    local -A cores
    while :; do
        cores=() used=() dropped=()
        while read -r host core_count; do
            [[ $core_count =~ ^[0-9]{1,4}$ ]] || core_count=1
            cores[$host]=$core_count
        done < <(where nproc "${hosts[@]}")
        for host in "${hosts[@]}"; do
            if [[ -v cores[$host] ]]; then used+=("$host"); else dropped+=("$host"); fi
        done
        ((${#dropped[@]} > 0)) || break
        if $elastic && ((${#used[@]} > 0 && SECONDS - since >= patience_s)); then
            say "going on without ${dropped[*]}"
            break
        fi
        if ((SECONDS - since >= wait_s)); then
            say "error: no answer from ${dropped[*]} for $wait_s s; expected ssh to reach every host of $hostfile; \
switch them on, or use --elastic"
            return 1
        fi
        [[ "${dropped[*]}" == "$told" ]] || say "waiting for ${dropped[*]}"
        told=${dropped[*]}
        nap 1
    done
    for host in "${used[@]}"; do
        # ranks that share a core must not keep it while they wait
        ((slots[$host] <= cores[$host])) || export OMPI_MCA_mpi_yield_when_idle="${OMPI_MCA_mpi_yield_when_idle:-1}"
    done
}
