# shellcheck shell=bash disable=SC2154 # it shares the variables of install_k3s.sh
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of install_k3s.sh: the kubeconfig, for the user only, with the address by which this machine reaches the server.

fetch_kubeconfig() { # HOST'S NUMBER
    local text address=${hosts[$1]}
    text=$(on "$1" 60 cat /etc/rancher/k3s/k3s.yaml </dev/null) || text=''
    [[ $text == *'server: https://127.0.0.1:6443'* ]] ||
        stop 1 "$address has no kubeconfig of K3s; expected a server that has started; see install_k3s.sh status"
    case $address in *:*) address=[$address] ;; esac
    text=${text//https:\/\/127.0.0.1:6443/https:\/\/$address:6443}
    if [[ -f $kubeconfig && $(<"$kubeconfig") == "$text" ]]; then return; fi
    write_file "$kubeconfig" "$text"
    say "wrote $kubeconfig; use it: export KUBECONFIG=$kubeconfig"
}

# From the first server that answers.
kubeconfig_only() {
    local i
    for i in $(with_role server); do
        if (reach "$i" "$(briefly)") 2>"$scratch/$i.err"; then fetch_kubeconfig "$i" && return; fi
    done
    stop 1 "no server answers: $(sentence_of "$(with_role server | sed -n 1p)")"
}
