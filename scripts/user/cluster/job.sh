# shellcheck shell=bash disable=SC2034,SC2154 # it shares the variables of the scripts that it is part of
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of submit.sh, fetch_results.sh and jobs.sh: an MPIJob and its pods.

job_uid=     # empty: there is none
job_state=   # Created, Running, Suspended; Succeeded and Failed when it has ended for good
waiting=     # one of its pods that does not run, if possible one of which Kubernetes says why
waiting_uid='' waiting_reason=''
launcher=    # the newest launcher pod, how often it was started again, since when it runs, and the code it ended with the last time
launcher_uid='' launcher_starts='' launcher_running='' launcher_code=''
with_results=false # whether the folder of a job goes with it

check_name() { # NAME
    local LC_ALL=C label='^[a-z]([-a-z0-9]*[a-z0-9])?$'
    [[ $1 =~ $label && ${#1} -le 40 ]] ||
        stop 2 "'$1' is not possible as the name of a job; expected at most 40 of a-z, 0-9 and -, a letter first and no - last"
}

# Sets $job_state by the conditions that hold.
state_from() { # CONDITIONS
    job_state=Created
    case $1 in
        *Succeeded*) job_state=Succeeded ;;
        *Failed*) job_state=Failed ;;
        *Suspended*) job_state=Suspended ;;
        *Running*) job_state=Running ;;
    esac
}

# Looks at the MPIJob; false if the cluster does not answer.
look_at_job() { # NAME
    local answer completed conditions
    answer=$(kc get mpijob "$1" --ignore-not-found -o 'jsonpath={.metadata.uid}|{.status.completionTime}|'\
'{range .status.conditions[?(@.status=="True")]}{.type} {end}' 2>/dev/null) || return
    IFS='|' read -r job_uid completed conditions <<<"$answer"
    state_from "$conditions"
    # the operator says Failed also of a job with an evicted worker, which goes on
    [[ -n $completed || ($job_state != Succeeded && $job_state != Failed) ]] || job_state=Running
    [[ -n $job_uid ]] || job_state=
}

# Whether its name is free for another job.
is_over() { [[ -z $job_uid || $job_state == Succeeded || $job_state == Failed ]]; }

# Looks at its pods; false if the cluster does not answer. An exit code that the newest launcher has ended with before is kept by
# the cluster only as long as the pod, so by us as well.
look_at_pods() { # NAME
    local answer role pod uid leaving phase starts running code last held reason
    answer=$(kc get pods -l "training.kubeflow.org/job-name=$1" --sort-by=.metadata.creationTimestamp -o 'jsonpath={range .items[*]}'\
'{.metadata.labels.training\.kubeflow\.org/job-role}|{.metadata.name}|{.metadata.uid}|{.metadata.deletionTimestamp}|{.status.phase}|'\
'{.status.containerStatuses[*].restartCount}|{.status.containerStatuses[*].state.running.startedAt}|'\
'{.status.containerStatuses[*].state.terminated.exitCode}|{.status.containerStatuses[*].lastState.terminated.exitCode}|'\
'{.status.containerStatuses[*].state.waiting.reason}|{.status.conditions[?(@.type=="PodScheduled")].message}{"\n"}{end}' \
        2>/dev/null) || return
    waiting='' waiting_uid='' waiting_reason='' launcher='' launcher_running=''
    while IFS='|' read -r role pod uid leaving phase starts running code last held reason; do
        [[ ($role == launcher || $role == worker) && -z $leaving ]] || continue
        case $held in
            ContainerCreating) held= ;;
            ErrImagePull) held=ImagePullBackOff ;; # they take turns
        esac
        reason=${held:-${reason%%. *}} # the scheduler says more than anybody wants to know
        if [[ $phase == Pending || -n $held ]] && [[ -z $waiting || -z $waiting_reason || (-n $reason && $pod < $waiting) ]]; then
            waiting=$pod waiting_uid=$uid waiting_reason=$reason
        fi
        if [[ $role == launcher ]]; then
            launcher=$pod launcher_uid=$uid launcher_starts=$starts launcher_running=$running
            launcher_code=${code:-${last:-$launcher_code}}
        fi
    done <<<"$answer"
}

# Whether lapilli would end in the same way again.
is_final() { [[ $1 == [234] ]]; }

# Ends a job whose launcher has ended with a final code, and that Kubernetes would start again up to backoffLimit times. Without
# retries it becomes Failed, as it is, and its workers go; suspended, it would look like one that goes on, and deleted, like none.
finish_job() { # NAME
    kc patch job "$1-launcher" --type merge --patch '{"spec": {"backoffLimit": 0}}' >/dev/null 2>&1 ||
        say "the cluster goes on trying; to end that: kubectl -n $namespace delete mpijob $1"
}

# Makes the NetworkPolicy of a job go with it, whoever deletes it.
give_policy() { # NAME
    local uid
    uid=$(kc get mpijob "$1" -o 'jsonpath={.metadata.uid}' 2>/dev/null) && [[ -n $uid ]] || return 0
    kc patch networkpolicy "$1" --type merge --patch '{"metadata": {"ownerReferences": [{"apiVersion": "kubeflow.org/v2beta1", '\
'"kind": "MPIJob", "name": "'"$1"'", "uid": "'"$uid"'"}]}}' >/dev/null 2>&1 ||
        say "the NetworkPolicy $1 will stay when the job is deleted; then: kubectl -n $namespace delete networkpolicy $1"
}

# Deletes a job and its policy, and waits until its pods are gone, which have the names that the next one needs.
remove_job() { # NAME
    say "deleting the job $1$($with_results || echo "; what it has computed stays in /work/$1")"
    bounded 150 "${kubectl[@]}" delete mpijob "$1" --ignore-not-found --timeout 120s >/dev/null ||
        stop 1 "the job $1 cannot be deleted; see above"
    # at once: the next job's has the same name, and must not go with this job
    bounded 60 "${kubectl[@]}" delete networkpolicy "$1" --ignore-not-found --timeout 30s >/dev/null || true
    await_no_pods "$1"
}
await_no_pods() { # NAME
    local began=$SECONDS left limit_s=$((wait_s < 120 ? wait_s : 120))
    while left=$(kc get pods -l "training.kubeflow.org/job-name=$1" -o 'jsonpath={.items[*].metadata.name}') && [[ -n $left ]]; do
        ((SECONDS - began < limit_s)) || stop 1 "pods of the job $1 do not end: $left; are their nodes up? see kubectl get nodes"
        sleep 1
    done
}
