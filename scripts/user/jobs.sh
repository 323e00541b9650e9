#!/usr/bin/env bash
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# The jobs of a cluster: which there are, what one is doing, and the end of one, for a while or for good.
# shellcheck disable=SC2034,SC2154 # its parts share its variables
set -euo pipefail

usage="usage: scripts/user/jobs.sh [VERB NAME] [OPTIONS]
Without a verb: lists the jobs of submit.sh and k8s/mpijob, the oldest first.

  show NAME            its state, and the last line of its log
  follow NAME          its log, from the beginning until it has ended; the exit code is that of lapilli
  stop NAME            the job writes a checkpoint, and its pods go: it is Suspended
  resume NAME          goes on from there
  delete NAME          the job and its pods; its folder /work/NAME stays
    --results          that folder, too: the image that was uploaded, and all results

  --namespace NAME     where the jobs are (default: lapilli)
  --image IMAGE:TAG    container image of the pod that deletes on the volume (default: as in k8s/volume/pod.yaml)
  --wait SECONDS       for pods that do not start or end (default: 120; of follow: 900)
  --help               this text

Example:  scripts/user/jobs.sh stop rock"

program="jobs"
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
for part in kubectl manifest volume transfer job log follow cleanup; do
    # shellcheck source=/dev/null
    . "$root/scripts/user/cluster/$part.sh"
done

words=() container_image='' wait_s=''
while [[ $# -gt 0 ]]; do
    case $1 in
        --help | -h) echo "$usage" && exit 0 ;;
        --results) with_results=true ;;
        --namespace | --image | --wait)
            [[ -n ${2:-} ]] || stop 2 "$1 needs a value; see scripts/user/jobs.sh --help"
            case $1 in --namespace) namespace=$2 ;; --image) container_image=$2 ;; --wait) wait_s=$2 ;; esac
            shift
            ;;
        -*) stop 2 "$1 is unknown; expected --results, --namespace, --image or --wait; see scripts/user/jobs.sh --help" ;;
        *) words+=("$1") ;;
    esac
    shift
done
verb=${words[0]:-list} name=${words[1]:-}
case $verb in
    list | show | follow | stop | resume | delete) ;;
    *) stop 2 "$verb is not a verb; expected show, follow, stop, resume or delete; see scripts/user/jobs.sh --help" ;;
esac
[[ ${#words[@]} -le 2 && ($verb != list || -z $name) ]] || stop 2 "${words[${#words[@]} - 1]} is one word too many; see scripts/user/jobs.sh --help"
[[ $verb == list || -n $name ]] || stop 2 "it is not said which job to $verb; expected its name; scripts/user/jobs.sh lists them"
! $with_results || [[ $verb == delete ]] || stop 2 "--results belongs to delete; see scripts/user/jobs.sh --help"
if [[ -z $wait_s && $verb == follow ]]; then wait_s=900; fi
wait_s=${wait_s:-120}
[[ $wait_s =~ ^[0-9]{1,6}$ ]] || stop 2 "--wait $wait_s is not possible; expected seconds, e.g. 120"
wait_s=$((10#$wait_s))
check_namespace "$namespace"
check_image "$container_image"
[[ -z $name ]] || check_name "$name"

list_jobs() {
    local answer job since workers conditions words
    answer=$(kc get mpijobs --sort-by=.metadata.creationTimestamp -o 'jsonpath={range .items[*]}{.metadata.name}|'\
'{.metadata.creationTimestamp}|{.spec.mpiReplicaSpecs.Worker.replicas}|'\
'{range .status.conditions[?(@.status=="True")]}{.type} {end}{"\n"}{end}') || stop 1 "the jobs cannot be listed; see above"
    [[ -n $answer ]] || { say "there is no job" && return; }
    printf '%-40s  %-9s  %7s  %-20s  %s\n' NAME STATE WORKERS SINCE 'LAST WORDS'
    while IFS='|' read -r job since workers conditions; do
        state_from "$conditions"
        since=${since/T/ } words=
        if [[ $job_state == Running ]]; then words=$(last_words "$job"); fi
        printf '%-40s  %-9s  %7s  %-20s  %s\n' "$job" "$job_state" "$workers" "${since%:*} UTC" "${words:0:120}"
    done <<<"$answer"
}

last_words() { kc logs "job/$1-launcher" -c launcher --tail 1 2>/dev/null </dev/null || true; } # NAME

suspend() { # true|false
    kc patch mpijob "$name" --type merge --patch '{"spec": {"runPolicy": {"suspend": '"$1"'}}}' >/dev/null ||
        stop 1 "the job $name cannot be changed; see above"
}

# The MPI operator 0.8.2 may not start a launcher that has run already: it lacks the right to update jobs/status, and then leaves the job
# alone for a quarter of an hour. In place of one that is deleted it makes another, which it may start.
renew_launcher() {
    bounded 60 "${kubectl[@]}" delete job "$name-launcher" --ignore-not-found --timeout 30s >/dev/null ||
        stop 1 "the suspended launcher of $name cannot be deleted; see above"
}
await_resumed() {
    local began=$SECONDS
    while ! look_at_job "$name" || [[ $job_state == Suspended ]]; do
        ((SECONDS - began < wait_s)) || stop 1 "$name does not go on yet: the MPI operator has not taken notice for $wait_s s; expected it \
within 20 min, where it has met an error before; see kubectl -n mpi-operator logs deployment/mpi-operator"
        sleep 1
    done
}

find_kubectl
reach_cluster
need_operator
if [[ $verb == list ]]; then
    list_jobs
    exit
fi
look_at_job "$name" || stop 1 "the cluster does not say whether there is a job $name; are you allowed to list mpijobs?"
if [[ -z $job_uid ]] && ! $with_results; then stop 2 "there is no job $name; scripts/user/jobs.sh lists those that there are"; fi
case $verb in
    show)
        ! look_at_pods "$name" || ! is_final "$launcher_code" || is_over || job_state=Failed # though Kubernetes would start it again
        printf '%s\n' "$job_state" "$(last_words "$name")"
        ;;
    follow)
        set_hints
        clean_up_at_the_end
        follow_to_the_end
        ;;
    stop)
        ! is_over || stop 2 "the job $name has ended already ($job_state); fetch its results with scripts/user/fetch_results.sh $name$of_namespace"
        suspend true
        await_no_pods "$name"
        say "$name has stopped; to go on: scripts/user/jobs.sh resume $name$of_namespace"
        ;;
    resume)
        ! is_over || stop 2 "the job $name has ended already ($job_state); to do it again: scripts/user/submit.sh ... --replace"
        [[ $job_state != Suspended ]] || renew_launcher
        suspend false
        await_resumed
        say "$name goes on; its log: kubectl -n $namespace logs -f job/$name-launcher"
        ;;
    delete)
        clean_up_at_the_end
        [[ -z $job_uid ]] || remove_job "$name"
        if $with_results; then
            open_volume "$name"
            on_volume 600 rm -rf -- "/work/$name" || stop 1 "/work/$name could not be deleted; see above"
            say "deleted /work/$name"
        fi
        ;;
esac
