# shellcheck shell=bash disable=SC2034,SC2154 # it shares the variables of the scripts that it is part of
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of submit.sh and jobs.sh: stays with a job until it has ended.

silence_s=300 # without an answer from the cluster
told=         # the last reason for waiting
stop_hint='' log_hint='' results_hint='' # what a user may type

set_hints() { # behind find_kubectl
    stop_hint="kubectl -n $namespace delete mpijob $name"
    log_hint="kubectl -n $namespace logs -f job/$name-launcher"
    results_hint="scripts/user/fetch_results.sh $name$of_namespace"
}

# Why the job does not run, in one line; empty if nobody knows.
reason_to_wait() {
    local reason=
    if [[ $job_state == Suspended ]]; then
        reason="the job is suspended"
    elif [[ -n $waiting ]]; then
        reason=$waiting_reason
        [[ -n $reason ]] || reason=$(last_warning "$waiting_uid")
        [[ -z $reason ]] || reason="$waiting: $reason"
    else
        reason=$(last_warning "$job_uid")
    fi
    with_remedy "$reason"
}

# Says what the job waits for, when that has changed; gives up where waiting is in vain.
wait_for_pods() { # since when
    local reason
    reason=$(reason_to_wait)
    case $reason in
        *'violates PodSecurity'* | *'Found validation errors'*)
            stop 1 "the cluster refuses the pods of $name: $reason; delete it with: $stop_hint" ;;
    esac
    if [[ -n $reason || $((SECONDS - $1)) -ge 5 ]] && [[ ${reason:-its pods} != "$told" ]]; then
        told=${reason:-its pods}
        say "waiting for $told"
    fi
    ((SECONDS - $1 < wait_s)) || stop 1 "$name has not run for $wait_s s (${reason:-no reason is known}); it goes on waiting; \
stop it with: $stop_hint"
}

# The exit code of lapilli, as far as it is one.
own_code() {
    case $launcher_code in
        [1-4] | 75) echo "$launcher_code" ;;
        *) echo 1 ;;
    esac
}

# Prints the log of the job until it has ended; sets $code.
follow_job() {
    local heard=$SECONDS ran=$SECONDS missed=0
    while sleep 1; do
        if ! look_at_job "$name" || ! look_at_pods "$name"; then
            ((SECONDS - heard < silence_s)) || stop 75 "no answer from the cluster for $silence_s s; $name goes on, as far as is known"
            continue
        fi
        heard=$SECONDS
        if [[ -z $job_uid ]]; then # looked at twice: bash 3.2 takes a kubectl that Ctrl-C has ended for one that found nothing
            missed=$((missed + 1))
            ((missed < 2)) || stop 1 "the job $name was deleted; what it has computed is in /work/$name"
            continue
        fi
        if is_over || is_final "$launcher_code"; then break; fi
        if [[ -n $launcher_running ]]; then
            ran=$SECONDS told=
            follow_log
        else
            wait_for_pods "$ran"
        fi
    done
    finish_log
    code=0
    if [[ $job_state != Succeeded ]]; then code=$(own_code); fi
    is_over || finish_job "$name"
}

# Ends this program with the code of the job.
follow_to_the_end() {
    last_word="no longer following $name, which goes on; its log: $log_hint; to stop it: $stop_hint"
    follow_job
    case $code in
        0 | 3) say "$name has ended with code $code; its results: $results_hint" ;;
        2 | 4) say "$name has ended with code $code, as its last lines say" ;;
        *) say "$name has ended with code $code; more about it: kubectl -n $namespace describe mpijob $name" ;;
    esac
    exit "$code"
}
