# shellcheck shell=bash disable=SC2154 # it shares the variables of the scripts that it is part of
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of submit.sh, fetch_results.sh and jobs.sh: the shared volume, and the pod through which a laptop reaches it.

helper=           # the pod
helper_is_ours='' # made here, and deleted when it is no longer needed

# Namespace and claim, where they are missing. Another namespace that is there may be somebody's, and its network is left as it is.
claim_volume() {
    local found
    found=$(kc get pvc work --ignore-not-found -o name) || stop 1 "the claim 'work' cannot be looked up; is this cluster yours?"
    if [[ -n $found ]]; then return; fi
    if [[ $namespace == lapilli ]] || ! kc get namespace "$namespace" >/dev/null 2>&1; then
        render_namespace | kc apply -f - >/dev/null || stop 1 "the namespace $namespace cannot be made (see above); ask the owner of the cluster"
    fi
    render_claim | kc apply -f - >/dev/null || stop 1 "the claim 'work' cannot be made (see above); ask the owner of the cluster"
}

# A volume whose claim was deleted keeps its data, and waits for somebody to say that another claim may have them.
why_unbound() {
    local released
    released=$(kc get pv -o 'jsonpath={range .items[?(@.status.phase=="Released")]}{.spec.storageClassName}|{.metadata.name}{"\n"}{end}' \
        2>/dev/null | sed -n 's/^lapilli-shared|//p' | sed -n 1p) || released=
    if [[ -n $released ]]; then
        echo "the volume $released, with its data, is Released, since it belonged to a claim that was deleted; give it to this one with: \
kubectl patch pv $released --type json -p '[{\"op\": \"remove\", \"path\": \"/spec/claimRef\"}]'"
    else
        echo "there is no storage for it; apply one of the folders of k8s/storage, see its README.md"
    fi
}

# "PHASE READY" of the helper; empty if there is none, or one that is on its way out.
helper_state() {
    local answer phase ready leaving
    answer=$(kc get pod "$helper" --ignore-not-found \
        -o 'jsonpath={.status.phase}|{.status.conditions[?(@.type=="Ready")].status}|{.metadata.deletionTimestamp}') || return 0
    IFS='|' read -r phase ready leaving <<<"$answer"
    [[ -n $leaving || -z $phase ]] || echo "$phase $ready"
}

# Why the helper does not start, in one line.
helper_reason() {
    local answer uid waiting message unscheduled
    answer=$(kc get pod "$helper" --ignore-not-found -o 'jsonpath={.metadata.uid}|'\
'{.status.containerStatuses[*].state.waiting.reason}|{.status.containerStatuses[*].state.waiting.message}') || return 0
    IFS='|' read -r uid waiting message <<<"$answer"
    unscheduled=$(kc get pod "$helper" --ignore-not-found -o 'jsonpath={.status.conditions[?(@.type=="PodScheduled")].message}') || true
    if [[ -n $waiting && $waiting != ContainerCreating ]]; then
        echo "$waiting: $message"
    elif [[ -n $unscheduled ]]; then
        echo "${unscheduled%%. *}"
    elif [[ -n $uid ]]; then
        last_warning "$uid"
    fi
}

# Makes the pod, unless the user keeps that of k8s/volume, and waits until it runs. An image that is not there does not come by waiting.
open_volume() { # NAME
    local began=$SECONDS state phase reason claim_s=$((wait_s < 30 ? wait_s : 30)) pod_s=$((wait_s < 120 ? wait_s : 120))
    helper=volume
    [[ $(helper_state) != "Running True" ]] || return 0
    helper=volume-$1 helper_is_ours=true
    while state=$(helper_state) && [[ $state != "Running True" ]]; do
        case $state in
            "") render_helper "$helper" | kc apply -f - >/dev/null || stop 1 "the pod $helper cannot be made; see above" ;;
            Failed* | Succeeded*) kc delete pod "$helper" --wait=false >/dev/null || true ;;
        esac
        if ((SECONDS - began >= claim_s)); then
            phase=$(kc get pvc work -o 'jsonpath={.status.phase}') || phase=
            [[ $phase != Pending ]] || stop 2 "the claim 'work' has been Pending for $claim_s s: $(why_unbound)"
        fi
        if ((SECONDS - began >= (pod_s < 15 ? pod_s : 15))); then
            reason=$(helper_reason)
            if ((SECONDS - began >= pod_s)) || [[ $reason == *ErrImage* || $reason == *ImagePullBackOff* || $reason == InvalidImageName* ]]; then
                stop 1 "the pod $helper does not start: $(with_remedy "${reason:-no reason is known}")"
            fi
        fi
        sleep 1
    done
}

# How a user can look at the volume: the pod that was made here is gone when he reads this.
look_hint() {
    if [[ -n $helper_is_ours ]]; then echo "kubectl apply -f k8s/volume, then kubectl -n $namespace exec volume --"; else
        echo "kubectl -n $namespace exec $helper --"
    fi
}

close_volume() {
    if [[ -n $helper_is_ours ]]; then
        helper_is_ours=''
        bounded 20 "${kubectl[@]}" delete pod "$helper" --ignore-not-found --wait=false >/dev/null 2>&1 || true
    fi
}

# Runs a program in the pod for so many seconds at most.
on_volume() { # SECONDS PROGRAM...
    local limit=$1
    shift
    bounded "$limit" "${kubectl[@]}" exec "$helper" -c volume -- "$@"
}

# Whether something is true in the pod.
asks_volume() { # SCRIPT of sh, ARGUMENT
    local answer
    answer=$(on_volume 30 sh -c "if $1; then echo yes; else echo no; fi" sh "$2") || stop 1 "the pod $helper does not answer; try again"
    [[ $answer == yes ]]
}

# Whether the pods of a job may write where they have to.
expect_writable() { # NAME
    local closed folders=("" "/$1" "/$1/result")
    # shellcheck disable=SC2016 # for the shell of the pod
    closed=$(on_volume 30 sh -c 'n=0; for folder; do if test -e "$folder" && ! test -w "$folder"; then stat -c "$n|%u" "$folder"; exit; fi; n=$((n + 1)); done' \
        sh "${folders[@]/#//work}") || stop 1 "the pod $helper does not answer; try again"
    [[ -n $closed ]] || return 0
    local folder=${folders[${closed%|*}]}
    stop 2 "the folder /work$folder of the volume belongs to uid ${closed##*|}; expected uid 1000, as which pods run; there, e.g.: \
chown -R 1000:1000 /srv/lapilli$folder"
}

# A file or folder that holds several images may be named with one of them, FILE:/DATASET.
# shellcheck disable=SC2016 # for the shell of the pod
is_on_volume() { asks_volume 'test -e "$1" || test -e "${1%%:/*}" || test -e "${1%:*}"' "$1"; } # PATH

# shellcheck disable=SC2016
has_results() { asks_volume 'test -e "$1"' "/work/$1/result/result.json"; } # NAME
