#!/usr/bin/env bash
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Installs the node guard on a K3s server, or takes it away.
set -euo pipefail

usage="usage: scripts/owner/install_guard.sh [--uninstall] [--root DIR]
Installs the node guard on this K3s server, as root: its account in the cluster, a kubeconfig with the token of that account, the
program, and a timer of systemd that starts it. Does nothing to what is there already. To be run on each server.

  --uninstall  take all that away; the account stays as long as other servers may use it
  --root DIR   put the files below DIR, e.g. to look at them
  --help       this text

Exit codes: 0 done, 1 failed, 2 wrong usage."

say() { echo "install_guard: $*"; }
stop() { # EXIT-CODE SENTENCE
    say "error: $2" >&2
    exit "$1"
}

root='' uninstall=false
while (($# > 0)); do
    case $1 in
        -h | --help) echo "$usage" && exit 0 ;;
        --uninstall) uninstall=true ;;
        --root) root=${2:?$usage} && shift ;;
        *) stop 2 "$1 is not understood; expected --uninstall or --root; see scripts/owner/install_guard.sh --help" ;;
    esac
    shift
done
[[ -n $root || $(id -u) -eq 0 ]] || stop 2 "this is not root; expected to write to /etc; run it with sudo"
for program in k3s systemctl; do
    command -v "$program" >/dev/null || stop 2 "there is no $program; expected a K3s server with systemd; run it there"
done
# agents have no kubeconfig
export KUBECONFIG=${KUBECONFIG:-$root/etc/rancher/k3s/k3s.yaml}
[[ -r $KUBECONFIG ]] || stop 2 "there is no $KUBECONFIG, so this is no K3s server; expected one; run it there"

source_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
source_of=$source_folder/scripts/owner/guard account=$source_folder/k8s/guard/rbac.yaml
program=/usr/local/sbin/node-guard units=/etc/systemd/system config=/etc/lapilli/node-guard.kubeconfig
kubectl() { k3s kubectl --request-timeout=20s "$@" </dev/null; }
changes=()

place() { # MODE SOURCE TARGET
    local target=$root$3
    if ! cmp -s "$2" "$target" || [[ $(stat -c %a "$target") != "${1#0}" ]]; then
        install -D -m "$1" "$2" "$target"
        changes+=("$3")
    fi
}

# By kubectl and not by K3s' folder of manifests, since here one sees whether it worked, and no server brings it back after --uninstall.
apply_account() {
    local applied
    applied=$(kubectl apply -f "$account") || stop 1 "the account of the guard could not be made (the reason stands above)"
    if grep -qv ' unchanged$' <<<"$applied"; then changes+=("the account"); fi
}

field_of_secret() { # NAME
    kubectl -n kube-system get secret node-guard -o "jsonpath={.data['$1']}"
}

# Writes to a file that only its owner reads. The token is on no command line, since these are seen by all.
write_config() { # FILE
    local server authority token deadline=$((SECONDS + 30))
    server=$(kubectl config view --minify -o 'jsonpath={.clusters[0].cluster.server}')
    until token=$(field_of_secret token) && [[ -n $token ]]; do
        ((SECONDS < deadline)) || stop 1 "Kubernetes has made no token for the guard within 30 s; expected one in the Secret node-guard of \
kube-system; run this again"
        sleep 1
    done
    authority=$(field_of_secret 'ca\.crt')
    token=$(base64 -d <<<"$token")
    cat >"$1" <<END
apiVersion: v1
kind: Config
current-context: node-guard
clusters:
  - name: local
    cluster: {server: "$server", certificate-authority-data: "$authority"}
users:
  - name: node-guard
    user: {token: "$token"}
contexts:
  - name: node-guard
    context: {cluster: local, user: node-guard}
END
}

install_all() {
    local config_made
    apply_account
    config_made=$(umask 077 && mktemp)
    # shellcheck disable=SC2064 # the name as it is now
    trap "rm -f '$config_made'" EXIT
    write_config "$config_made"
    place 0600 "$config_made" "$config"
    place 0755 "$source_of/node-guard" "$program"
    place 0644 "$source_of/node-guard.service" "$units/node-guard.service"
    place 0644 "$source_of/node-guard.timer" "$units/node-guard.timer"
    [[ ${changes[*]} != *"$units"* ]] || systemctl daemon-reload
    systemctl --quiet enable node-guard.timer
    systemctl start node-guard.timer
    [[ ${changes[*]} != *.timer* ]] || systemctl restart node-guard.timer # with its new times
    systemctl start node-guard.service || stop 1 "the guard is installed, but its first look at the nodes failed; expected it to end with \
0; see journalctl -u node-guard"
    if ((${#changes[@]} > 0)); then say "installed: ${changes[*]}"; else say unchanged; fi
}

# What the guard has marked would stay so for ever, and a token that nobody needs is one to be stolen.
uninstall_all() {
    local file servers marked
    if [[ -e $root$units/node-guard.timer ]]; then
        systemctl --quiet disable --now node-guard.timer
        systemctl stop node-guard.service
        systemctl reset-failed node-guard.service 2>/dev/null || true # what has failed is not cleaned; what has not, is not known
        systemctl clean --what=cache node-guard.service
    fi
    for file in "$units/node-guard.timer" "$units/node-guard.service" "$program" "$config"; do
        [[ ! -e $root$file ]] || changes+=("$file")
        rm -f "$root$file"
    done
    ((${#changes[@]} == 0)) || systemctl daemon-reload
    if ! servers=$(kubectl get nodes -l node-role.kubernetes.io/control-plane -o name) ||
        ! marked=$(kubectl get nodes -o 'jsonpath={.items[?(@.spec.taints[*].value=="node-guard")].metadata.name}'); then
        stop 1 "the guard is gone from this server, but the cluster does not answer, so its account is left; run this again"
    fi
    if [[ $servers == *$'\n'* ]]; then
        say "the account stays, since other servers may use it; after the last one: k3s kubectl delete -f $account"
    elif [[ -n $(kubectl delete --ignore-not-found -f "$account") ]]; then
        changes+=("the account")
    fi
    [[ -z $marked ]] || say "still out of service: $marked; when they are back: \
k3s kubectl taint node NAME node.kubernetes.io/out-of-service-"
    if ((${#changes[@]} > 0)); then say "removed: ${changes[*]}"; else say unchanged; fi
}

if "$uninstall"; then uninstall_all; else install_all; fi
