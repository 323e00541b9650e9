# shellcheck shell=bash disable=SC2154 # it shares the variables of the scripts that it is part of
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of submit.sh, fetch_results.sh and jobs.sh: kubectl. All parts run with bash 3.2 and the tools of macOS, too.

# shellcheck source=/dev/null
. "$root/scripts/limits.sh"
# shellcheck disable=SC2034
namespace=lapilli # as in k8s/
of_namespace='' # for what a user may type
kubectl=() # the command, for the namespace of Lapilli

find_kubectl() {
    if command -v kubectl >/dev/null; then
        kubectl=(kubectl)
    elif command -v k3s >/dev/null; then
        kubectl=(k3s kubectl)
    else
        stop 2 "there is no kubectl on the path; install it, or run this on a server of K3s, which has 'k3s kubectl'"
    fi
    kubectl+=(--namespace "$namespace")
    [[ $namespace == lapilli ]] || of_namespace=" --namespace $namespace"
}

# kubectl for a question that is answered at once, or not at all.
kc() { "${kubectl[@]}" --request-timeout 20s "$@"; }

last_line() { tail -n 1 | tr -d '\r'; }

reach_cluster() {
    local answer
    answer=$(bounded 30 "${kubectl[@]}" --request-timeout 10s get --raw /version 2>&1) ||
        stop 75 "the cluster does not answer ($(last_line <<<"$answer")); expected a kubeconfig of a cluster that is up; \
give it with KUBECONFIG=FILE"
}

need_operator() {
    local answer
    answer=$(kc get --raw /apis/kubeflow.org/v2beta1 2>/dev/null) || answer=
    [[ $answer == *'"mpijobs"'* ]] ||
        stop 2 "the cluster knows no MPIJob; expected the MPI operator; install it once: kubectl apply --server-side -f \
https://raw.githubusercontent.com/kubeflow/mpi-operator/v0.8.2/deploy/v2beta1/mpi-operator.yaml"
}

# The last warning of Kubernetes about an object.
last_warning() { # UID
    kc get events --field-selector "involvedObject.uid=$1,type=Warning" --sort-by=.lastTimestamp \
        -o 'jsonpath={range .items[*]}{.message}{"\n"}{end}' 2>/dev/null | last_line
}

# What a user can do about something that keeps a pod from starting.
with_remedy() { # REASON
    case $1 in
        *ErrImage* | *ImagePullBackOff* | *InvalidImageName*)
            echo "$1; bring the image to all nodes with scripts/owner/import_image.sh, or name another one with --image" ;;
        *'must specify limits.cpu'*)
            echo "$1; the namespace has a quota of limits.cpu: give it a LimitRange with a default, see docs/cluster.md" ;;
        *Insufficient*) echo "$1; wait, or ask for less with -n, --cpu or --memory" ;;
        *'persistentvolumeclaim "work" not found'* | *'unbound immediate PersistentVolumeClaims'*)
            echo "$1; apply one of the folders of k8s/storage" ;;
        *) echo "$1" ;;
    esac
}
