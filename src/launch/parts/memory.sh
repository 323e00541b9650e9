# shellcheck shell=bash disable=SC2154,SC2004 # it shares the variables of lapilli-launch
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of lapilli-launch: what the kernel has killed for want of memory, since a start that ends so would end so again.

declare -A killed=() # how often, on each host

# The control group of a container, of version 2 or 1, counts its own processes, and says how much they may take; k8s/image/lapilli-pod
# counts when all of them went at once, which begins the count of the group anew. Without a limit of its own, a host counts for everybody.
# shellcheck disable=SC2016 # for the shell of the host
count_killed='group=/sys/fs/cgroup by=host from=/proc/vmstat
if [ -r $group/memory.events ]; then by=$(cat $group/memory.max) from=$group/memory.events
elif [ -r $group/memory/memory.oom_control ] && [ "$(wc -c <$group/memory/memory.limit_in_bytes)" -lt 19 ]; then
    by=$(cat $group/memory/memory.limit_in_bytes) from=$group/memory/memory.oom_control
fi
n=$(sed -n "s/^oom_kill //p" $from 2>/dev/null)
echo $((${n:-0} + $(cat /tmp/.lapilli.killed 2>/dev/null || echo 0))) $by'

# Whether memory is what the last run has died of. To be called before each start, when the hosts answer again.
ran_out_of_memory() { # exit code of the last run; 0: there was none
    local host n by
    starved='' limit=''
    while read -r host n by; do
        [[ $n =~ ^[0-9]{1,9}$ ]] || continue
        # others live on a host, too: it must have been a kill that has ended the run
        if [[ -v killed[$host] && $n -gt ${killed[$host]} && ($by != host || $1 == 137) ]]; then starved=$host limit=$by; fi
        killed[$host]=$n
    done < <(where "$count_killed" "${used[@]}")
    [[ $1 != 0 && -n $starved ]]
}

say_starved() {
    local of="the memory that it has"
    [[ ! $limit =~ ^[0-9]+$ ]] || of="the $((limit / 1048576)) MiB that it may take"
    say "error: $starved has killed a process that needed more than $of, so it is not started again; give it more (--memory of \
submit.sh), or take more hosts; 'lapilli ${arguments[0]} ... --plan' says how much it takes"
}
