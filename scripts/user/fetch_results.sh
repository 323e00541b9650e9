#!/usr/bin/env bash
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Brings what a job of submit.sh or k8s/mpijob has computed from the cluster's volume.
# shellcheck disable=SC2034,SC2154 # its parts share its variables
set -euo pipefail

usage="usage: scripts/user/fetch_results.sh [NAME [FOLDER]] [OPTIONS]
Copies the results of the job NAME, /work/NAME/result on the cluster's volume, into FOLDER (default: NAME.lapilli), and checks
that all of them have arrived. Deletes nothing. Without NAME: lists the jobs that have results.

  --force            also into a folder that has files; those of the same names are written over
  --namespace NAME   where the job is (default: lapilli)
  --image IMAGE:TAG  container image of the pod that reads the volume (default: as in k8s/volume/pod.yaml)
  --wait SECONDS     for that pod, at most 120 (default: 120)
  --help             this text

Example:  scripts/user/fetch_results.sh rock"

program=fetch_results
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
for part in kubectl manifest volume transfer job log cleanup; do
    # shellcheck source=/dev/null
    . "$root/scripts/user/cluster/$part.sh"
done

container_image='' wait_s=120 stall_s=120 force=false words=()
while [[ $# -gt 0 ]]; do
    case $1 in
        --help | -h) echo "$usage" && exit 0 ;;
        --force) force=true ;;
        --namespace | --image | --wait)
            [[ -n ${2:-} ]] || stop 2 "$1 needs a value; see scripts/user/fetch_results.sh --help"
            case $1 in --namespace) namespace=$2 ;; --image) container_image=$2 ;; --wait) wait_s=$2 ;; esac
            shift
            ;;
        -*) stop 2 "$1 is unknown; expected NAME, FOLDER, --force, --namespace, --image or --wait; see scripts/user/fetch_results.sh --help" ;;
        *) words+=("$1") ;;
    esac
    shift
done
[[ ${#words[@]} -le 2 ]] || stop 2 "${words[2]} is one word too many; expected NAME and FOLDER; see scripts/user/fetch_results.sh --help"
[[ $wait_s =~ ^[0-9]{1,6}$ ]] || stop 2 "--wait $wait_s is not possible; expected seconds, e.g. 120"
wait_s=$((10#$wait_s))
check_namespace "$namespace"
check_image "$container_image"
name=${words[0]:-}
folder=${words[1]:-$name.lapilli}
if [[ -n $name ]]; then
    check_name "$name"
    [[ ! -e $folder || -d $folder ]] || stop 2 "$folder is a file; expected a folder, or none yet; name another one behind $name"
    $force || [[ -z $(ls -A "$folder" 2>/dev/null) ]] ||
        stop 2 "$folder has files already; expected an empty folder, or none yet; name another one behind $name, or use --force"
fi

# One line for each job with results: name, and when they were written.
list_results() {
    # shellcheck disable=SC2016 # for the shell of the pod
    on_volume 60 sh -c 'cd /work && for file in */result/result.json; do
        if test -e "$file"; then printf "%-40s  %s\n" "${file%%/*}" "$(date -u -r "$file" "+%Y-%m-%d %H:%M UTC")"; fi
    done'
}

# "FILES BYTES" of the results on the volume, and of a folder here.
measure_there() {
    # shellcheck disable=SC2016 # for the shell of the pod
    on_volume 60 sh -c 'cd "/work/$1/result" && find . -type f -exec stat -c %s {} +' sh "$name" | add_up
}
measure_here() { find "$1" -type f -exec wc -c {} \; | add_up; }
add_up() {
    local size _ files=0 bytes=0
    while read -r size _; do files=$((files + 1)) bytes=$((bytes + size)); done
    echo "$files $bytes"
}

clean_up_at_the_end
find_kubectl
reach_cluster
found=$(kc get pvc work --ignore-not-found -o name) || stop 1 "the claim 'work' cannot be looked up; is this cluster yours?"
[[ -n $found ]] || stop 2 "there is no claim 'work' in the namespace $namespace, so there are no results; scripts/user/submit.sh makes both"
open_volume "${name:-list}"
if [[ -z $name ]]; then
    list=$(list_results) || stop 1 "the pod $helper does not answer; try again"
    [[ -z $list ]] || printf '%-40s  %s\n%s\n' NAME 'RESULTS OF' "$list"
    [[ -n $list ]] || say "no job has results yet"
    exit
fi
look_at_job "$name" || stop 1 "the cluster does not say whether there is a job $name; are you allowed to list mpijobs?"
if ! has_results "$name"; then
    [[ -n $job_uid ]] || stop 2 "there is no job $name, nor results of one; scripts/user/fetch_results.sh lists the jobs that have some"
    stop 2 "the job $name has no results ($job_state); see kubectl -n $namespace logs job/$name-launcher"
fi
is_over || say "$name is not finished; these are the results of an earlier run"
expected=$(measure_there) || stop 1 "the pod $helper does not answer; try again"
mkdir -p "$(dirname "$folder")" || stop 1 "$folder cannot be made; expected permission; name another one behind $name"
arriving=$(mktemp -d "$folder.XXXXXX") || stop 1 "$folder cannot be made; expected permission; name another one behind $name"
download "/work/$name/result" "${expected#* }" "$arriving" || stop 1 "the results of $name did not arrive$(said); try again"
arrived=$(measure_here "$arriving")
[[ $arrived == "$expected" ]] || stop 1 "of the results of $name, ${arrived% *} files with ${arrived#* } bytes have arrived instead of \
${expected% *} with ${expected#* }; does the job write there? try again"
rmdir "$folder" 2>/dev/null || true
if [[ -e $folder ]]; then cp -R "$arriving/." "$folder/"; else mv "$arriving" "$folder" && arriving=; fi
say "the results of $name are in $folder (${arrived% *} files, $(size "${arrived#* }"))"
