# shellcheck shell=bash disable=SC2154 # it shares the variables of install_k3s.sh
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of install_k3s.sh: manifests that K3s applies by itself, at its start and when they change: the namespace of jobs and the MPI operator.

manifests=$data/server/manifests

# Namespace, network policy and claim, which no job may take with it when it is deleted.
put_namespace() {
    put_file 'make the namespace lapilli' "$manifests/lapilli-namespace.yaml" \
        "$(for part in namespace network volume; do cat "$source_folder/k8s/namespace/$part.yaml" && echo ---; done)"
}

# On a node that goes dark the operator would stay for minutes, so it is tied to the servers, and tolerates their taint; and if it is a
# server that goes dark, it is to move to another one soon, not after 300 s.
tie_to_servers() { # from standard input
    awk '
        /^kind: /                             { deployment = $2 == "Deployment" }
        deployment && /^      nodeSelector:/  { tied = 1 }
        deployment && /^      containers:/ && !tied {
            print "      nodeSelector:"
            print "        node-role.kubernetes.io/control-plane: \"true\""
            print "      tolerations:"
            print "      - key: node-role.kubernetes.io/control-plane"
            print "        operator: Exists"
            print "        effect: NoSchedule"
            print "      - {key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 20}"
            print "      - {key: node.kubernetes.io/not-ready, operator: Exists, effect: NoExecute, tolerationSeconds: 20}"
            tied = 1
        }
        { print }
        END { exit !tied }'
}

put_operator() {
    local mark="# $MPI_OPERATOR" # tells an earlier one apart
    [[ ! -f $manifests/mpi-operator.yaml || $(head -n 1 "$manifests/mpi-operator.yaml") != "$mark" ]] || return 0
    change "install the MPI operator ${MPI_OPERATOR_VERSION}" write_operator "$mark"
}
write_operator() { # MARK
    local original manifest
    original=$scratch/mpi-operator.yaml
    obtain mpi-operator.yaml "$MPI_OPERATOR" "$original"
    check_sum "$original" "$MPI_OPERATOR_SHA256" mpi-operator.yaml
    manifest=$(tie_to_servers <"$original") ||
        stop 1 "mpi-operator.yaml has no Deployment that could be tied to the servers; expected that of $MPI_OPERATOR"
    write_file "$manifests/mpi-operator.yaml" "$1"$'\n'"$manifest"
}
