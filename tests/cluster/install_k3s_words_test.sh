# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# What scripts/install_k3s.sh makes of an inventory, and what it refuses in it before any host is asked.
. "$(dirname "$0")/fake_hosts.sh"

bad() { # PART OF THE SENTENCE, LINES OF THE INVENTORY
  fresh
  printf '%s\n' "${@:2}" >inventory
  cluster
  expect_error 2 "$1"
  [ "$(wc -l <.err)" -eq 1 ] || fail "$ran: more or less than one line: $err"
  expect_no_call '.'
}
bad 'names no host' '# nobody'
bad "inventory:2: 'agents' is unknown; expected server, agent or option" 'server a' 'agents b'
bad "inventory:1: '' is not possible; expected the name or address of a host behind server" 'server'
bad "inventory:1: 'a;b' is not possible" 'server a;b'
bad "inventory:1: '-oProxyCommand=x' is not possible" 'server -oProxyCommand=x'
bad 'inventory:3: a is there twice' 'server a' '' 'agent a'
bad "inventory:1: 'users=x' is unknown; expected user=, ip=, port= or labels=" 'server a users=x'
bad "'user=-x' is not possible; expected user=NAME" 'server a user=-x'
bad "'ip=here' is not possible; expected ip=ADDRESS" 'server a ip=here'
bad "'port=ssh' is not possible; expected port=N" 'server a port=ssh'
bad "'labels=fast' is not possible; expected labels=KEY=VALUE" 'server a labels=fast'
bad "inventory:2: 'speed=1' is no option for an inventory" 'server a' 'option speed=1'
bad "'node-ip=10.0.0.9' is no option for an inventory" 'server a' 'option node-ip=10.0.0.9'
bad "inventory:2: expected option NAME" 'server a' 'option'
bad "'storage' has no value; expected option storage=VALUE" 'server a' 'option storage'
bad "'docker=yes' has a value; expected option docker" 'server a' 'option docker=yes'
bad "inventory:2: --storage 'disk' is not possible; expected nfs" 'server a' 'option storage=disk'
bad 'has no server; expected 1, or 3' 'agent a'
bad 'has 2 servers; expected 1, or 3' 'server a' 'server b'
bad '--airgap nowhere is no folder' 'server a' 'option airgap=nowhere'
bad 'the image archive nowhere cannot be read' 'server a' 'option image=nowhere'
fresh
run "$BASH_OF_USER" $install_k3s cluster
expect_error 2 'not said which hosts; expected --inventory FILE'
provision status --inventory nowhere
expect_error 2 'the inventory nowhere cannot be read'
provision status twice --inventory inventory
expect_error 2 'twice is one word too many'
provision --help
expect_code 0
expect_contains stdout "$out" 'add-node HOST'

# The command line counts more than the inventory; an archive that is none; no archive at all.
printf 'server 10.0.0.4\noption storage=none\noption wait=1' >inventory
cluster --plan --storage hostpath
expect_code 0
expect_contains stderr "$err" 'would make the volume lapilli-work: hostpath'
expect_call 'install_k3s.sh server --wait 2 '
echo text >no.tar
cluster --image no.tar
expect_error 2 'no.tar is not an archive of an image with a tag'
mv tree/build elsewhere
cluster --plan
expect_code 0
expect_contains stderr "$err" 'there is no archive of the image, so none is brought'
finish
