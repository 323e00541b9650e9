# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# scripts/install_k3s.sh takes each inventory of infra/inventory, and the one that infra/azure makes, and plans what it says.
. "$(dirname "$0")/fake_hosts.sh"
examples=$here/../../infra/inventory

would() { grep -q -- "^$1" .err || fail "$ran: no '$1' in its plan: $err"; }

# Hosts are played under the names of the file, and nothing but the plan is made.
plan() { # FILE
  local host words
  servers=$(awk '$1 == "server" {print $2}' "$1") agents=$(awk '$1 == "agent" {print $2}' "$1")
  fresh
  cp "$1" inventory
  for host in $servers $agents; do
    echo "node-${host//./-}" >fake/$host/name
    ! grep -q '^option docker' inventory || touch fake/$host/docker
    [ "${1##*/}" != boxes ] || echo aarch64 >fake/$host/arch
  done
  cluster --plan
  expect_code 0
  for host in $servers; do would "server $host: would start k3s$"; done
  for host in $agents; do would "agent $host: would start k3s-agent$"; done
  expect_no_call 'systemctl restart\|systemctl enable\|apt-get\|kubectl'
}
[ "$(cd "$examples" && echo *)" = 'README.md boxes lab laptop' ] || fail "there are other examples than those tried here: $(ls "$examples")"
plan "$examples/boxes"
would 'server 192.168.1.20: would export /srv/lapilli by NFS to .* 192.168.1.21 192.168.1.22$'
plan "$examples/lab"
would 'server node1.lab.example: would make the volume lapilli-work: nfs://10.1.0.100/export/lapilli$'
expect_call ' ssh .*node2.lab.example .*install_k3s.sh check .* --plain .*--flannel-iface eth1 --node-ip 10.1.0.2 '
expect_call ' ssh .*-p 2222 admin@node7.lab.example .*install_k3s.sh agent '
plan "$examples/laptop"
would 'server localhost: would export /srv/lapilli by NFS to 192.168.1.10 .*192.168.1.11 192.168.1.12$'

# A wrong word in an example is found.
sed 's/user=pi/users=pi/' "$examples/boxes" >boxes
run "$BASH_OF_USER" $install_k3s cluster --inventory boxes --plan
expect_error 2 "'users=pi' is unknown"

# What infra/azure makes of its variables, as its own tests say.
awk '/output.inventory == <<-END/ {on = 1; next} on && $1 == "END" {exit} on {sub(/^ +/, ""); print}' \
  "$here/../../infra/azure/tests/plan.tftest.hcl" >azure
[ "$(wc -l <azure)" -eq 9 ] || fail "there is no inventory in plan.tftest.hcl: $(cat azure)"
plan azure
would 'server rocks-server-0: would make the volume lapilli-work: nfs://rocksexample.file.core.windows.net/rocksexample/lapilli'
expect_call ' ssh .*lapilli@rocks-agent-3 .*install_k3s.sh check .*--docker '
expect_no_secret
finish
