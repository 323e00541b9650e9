#!/usr/bin/env bash
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# From an image on a laptop to its numbers by a cluster: upload, MPIJob, log, exit code.
# shellcheck disable=SC2034,SC2154 # its parts share its variables
set -euo pipefail

usage="usage: scripts/user/submit.sh IMAGE -n N [OPTIONS] [FLAGS OF lapilli analyze]
Runs 'lapilli analyze IMAGE FLAGS' on N pods of a K3s cluster, as the MPIJob of k8s/mpijob, and shows its log until it has ended.
IMAGE is a file here, a folder of Zarr, DICOM or slices, a CASE.toml here (then the image that it names goes along), or /work/... on the
cluster's volume.

  -n N               workers
  --verb VERB        of lapilli, one that leaves a result folder (default: analyze), e.g. permeability
  --slots S          ranks a worker (default: 1)
  --cpu C            for each worker (default: S less a quarter of a core, which leaves room for the launcher, or without --slots
                     as in k8s/mpijob/mpijob.yaml), e.g. 2
  --memory M         for each worker, and no more (default: as there), e.g. 4Gi
  --name NAME        of the job and of its folder /work/NAME (default: by the name of the file)
  --image IMAGE:TAG  container image (default: as there)
  --namespace NAME   where the job and its volume are (default: lapilli)
  --elastic          go on without workers that do not come back
  --replace          stop a job of the same name, or do again what has ended; goes on from a checkpoint if there is one
  --wait SECONDS     for pods that do not start (default: 900)
  --detach           print the name of the job and return when it is submitted
  --dry-run          print the job as YAML; needs no cluster
  --help             this text
  --                 all that follows are flags of lapilli

Exit codes are those of lapilli: 0 done, 1 failed, 2 wrong usage or input, 3 not converged, 4 taken over by another run, 75 workers
missing, or no answer from the cluster. Ctrl-C ends this program and not the job.
Example:  scripts/user/submit.sh rock.tif --voxel 2um -n 3 --memory 4Gi"

program=submit
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
for part in kubectl manifest room volume transfer input job log follow cleanup; do
    # shellcheck source=/dev/null
    . "$root/scripts/user/cluster/$part.sh"
done

workers='' verb=analyze slots='' cpu='' memory='' name='' container_image='' wait_s=900
stall_s=120
elastic=() words=() replace=false detach=false dry_run=false

set_option() { # option, value
    local variable pattern expected
    case $1 in
        -n) variable=workers pattern='[1-9][0-9]{0,3}' expected='how many workers, e.g. 3' ;;
        --verb) variable=verb pattern='analyze|diffusivity|drainage|interfaces|network|permeability|pore-size|rev'
            expected="one of ${pattern//|/, }" ;;
        --slots) variable=slots pattern='[1-9][0-9]{0,2}' expected='how many ranks a worker has, e.g. 2' ;;
        --cpu) variable=cpu pattern='[0-9]+(\.[0-9]+)?|[0-9]+m' expected='cores, e.g. 2 or 500m' ;;
        --memory) variable=memory pattern='[0-9]+(\.[0-9]+)?([KMGT]i|[kMGT])' expected='bytes with a unit of Kubernetes, e.g. 4Gi' ;;
        --name) variable=name pattern='.*' expected= ;;
        --namespace) variable=namespace pattern='.*' expected= ;;
        --image) variable=container_image pattern='.*' expected= ;;
        --wait) variable=wait_s pattern='0|[1-9][0-9]{0,5}' expected='seconds, e.g. 900' ;;
    esac
    pattern="^($pattern)\$"
    [[ $2 =~ $pattern ]] || stop 2 "$1 $2 is not possible; expected $expected; see scripts/user/submit.sh --help"
    printf -v "$variable" %s "$2"
}
while [[ $# -gt 0 ]]; do
    case $1 in
        --help | -h) echo "$usage" && exit 0 ;;
        --elastic) elastic=(--elastic) ;;
        --replace) replace=true ;;
        --detach) detach=true ;;
        --dry-run) dry_run=true ;;
        -n | --verb | --slots | --cpu | --memory | --name | --namespace | --image | --wait)
            [[ -n ${2:-} ]] || stop 2 "$1 needs a value; see scripts/user/submit.sh --help"
            set_option "$1" "$2"
            shift
            ;;
        --verb=* | --slots=* | --cpu=* | --memory=* | --name=* | --namespace=* | --image=* | --wait=*) set_option "${1%%=*}" "${1#*=}" ;;
        -o | -o?* | --out | --out=*) stop 2 "$1 is not possible here: results go to the cluster's volume; fetch_results.sh brings them" ;;
        --) shift && words+=("$@") && break ;;
        *) words+=("$1") ;;
    esac
    shift
done
[[ ${#words[@]} -gt 0 ]] || stop 2 "there is no image; expected scripts/user/submit.sh IMAGE -n N; see scripts/user/submit.sh --help"
[[ ${words[0]} != -* ]] || stop 2 "${words[0]} stands where the image is expected; name that before all flags of lapilli"
[[ -n $workers ]] || stop 2 "it is not said how many workers; expected -n N, e.g. -n 3"
name=${name:-$(name_of "${words[0]}")}
cpu=${cpu:-${slots:+$((slots * 1000 - 250))m}} slots=${slots:-1}
check_name "$name"
check_namespace "$namespace"
check_image "$container_image"
check_text "${words[@]}"
read_input "${words[0]}"
if $replace; then words+=(--replace); fi # lapilli, too, is to know that it is meant
yaml=$(render_job ${elastic[@]+"${elastic[@]}"} "$verb" "${inputs[@]}" "${words[@]:1}" --out "/work/$name/result") || exit
if $dry_run; then
    printf '%s\n' "$yaml"
    exit
fi

clean_up_at_the_end
find_kubectl
set_hints
reach_cluster
need_operator
expect_room
claim_volume
look_at_job "$name" || stop 1 "the cluster does not say whether there is a job $name; are you allowed to list mpijobs?"
$replace || is_over || stop 2 "a job $name is not finished yet; take another --name, or --replace it, which goes on from its checkpoint"
open_volume "$name"
$replace || ! has_results "$name" || stop 2 "there are results of a job $name; fetch them with $results_hint, \
and take another --name, or --replace them"
[[ -z $job_uid ]] || remove_job "$name"
expect_writable "$name"
bring_input
close_volume
kc apply -f - >/dev/null <<<"$yaml" || stop 1 "the cluster refuses the job $name; see above"
give_policy "$name"
say "submitted $name ($workers workers, $slots ranks each)"
if $detach; then
    say "its log: $log_hint; its results: $results_hint; to stop it: $stop_hint"
    echo "$name"
    exit
fi
follow_to_the_end
