# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# scripts/owner/hostfile.sh names the hosts that take ranks, and no others, by Kubernetes or by ssh.
. "$(dirname "$0")/fake_hosts.sh"
hostfile() { run "$BASH_OF_USER" tree/scripts/owner/hostfile.sh "$@"; }
expect_out() { [ "$out" = "$1" ] || fail "$ran: printed '$out' instead of '$1'; stderr: $err"; }
fresh

# What kubectl says of nodes: role, Ready, cordoned, effects of taints, CPUs, address.
printf '#!/bin/sh\necho "$*" >>"$FAKE/calls"\ncat "$FAKE/nodes"\n[ ! -e "$FAKE/silent" ]\n' >programs/kubectl && chmod +x programs/kubectl
cat >fake/nodes <<'END'
true|True||NoSchedule|2|10.0.0.4
|True|||4|10.0.0.5
|Unknown||NoSchedule NoExecute|4|10.0.0.6
|False|||4|10.0.0.7
|True|true|NoSchedule|4|10.0.0.8
|True|||3920m|10.0.0.9 fd00::9
|True||PreferNoSchedule|500m|10.0.0.10
END
hostfile
expect_code 0
expect_out $'10.0.0.5 slots=4\n10.0.0.9 slots=3\n10.0.0.10 slots=1'
hostfile --kubeconfig mine.yaml
expect_call '--kubeconfig mine.yaml --request-timeout=20s get nodes'
mkdir -p home/.kube && touch home/.kube/lapilli.yaml && hostfile
expect_call '--kubeconfig .*/home/.kube/lapilli.yaml '

# A server takes ranks where it is alone, and there it must be one that does.
printf 'true|True|||2|10.0.0.4\n|False|||4|10.0.0.5\n' >fake/nodes
hostfile
expect_out '10.0.0.4 slots=2'
printf 'true|True||NoSchedule|2|10.0.0.4\n|False|||4|10.0.0.5\n' >fake/nodes
hostfile
expect_code 1
expect_contains stderr "$err" 'there is no host that takes ranks; expected one that is Ready and not cordoned'
expect_out ''
touch fake/silent
hostfile
expect_code 1
expect_contains stderr "$err" 'the cluster does not answer'
rm programs/kubectl
hostfile
expect_code 2
expect_contains stderr "$err" 'there is no kubectl on the path; install it, or use --inventory FILE'

# By ssh: who does not answer is left out.
printf '#!/bin/sh\necho "nproc ${LAPILLI_ROOT##*/}" >>"$FAKE/calls"\n[ "${LAPILLI_ROOT##*/}" != 10.0.0.7 ] && echo 8\n' >programs/nproc
chmod +x programs/nproc
touch fake/10.0.0.6/away
mkdir fake/10.0.0.7 fake/10.0.0.8
printf 'agent 10.0.0.7\nagent 10.0.0.8 user=rocky port=2222\n' >>inventory
hostfile --inventory inventory --ssh 'ssh -i key'
expect_code 0
expect_out $'10.0.0.5 slots=8\n10.0.0.8 slots=8'
expect_call 'ssh -i key .* -p 2222 rocky@10.0.0.8 nproc'
expect_contains stderr "$err" 'agent 10.0.0.6: error: ssh: connect to host 10.0.0.6 port 22: Connection refused'
touch fake/10.0.0.{5,8}/away
hostfile --inventory inventory
expect_out '10.0.0.4 slots=8'
touch fake/10.0.0.4/away
hostfile --inventory inventory
expect_code 1

# Words.
for pair in '--colour|--colour is unknown' '--inventory|--inventory needs a value' \
  '--inventory nowhere|nowhere cannot be read' 'host|host is unknown'; do
  # shellcheck disable=SC2086 # words
  hostfile ${pair%%|*}
  expect_code 2
  expect_contains stderr "$err" "${pair#*|}"
done
hostfile --help
expect_code 0
finish
