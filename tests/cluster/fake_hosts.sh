# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# For tests of install_k3s.sh on hosts that fake_host plays: three of them, and a laptop on which the test runs.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../cli/lib.sh"
BASH_OF_USER=${BASH_OF_USER:-bash} # another one to test with

mkdir -p programs tree/build/image
for program in ssh sudo id hostname uname date stat ip ufw firewall-cmd curl apt-get docker chown journalctl systemctl lapilli; do
  cp "$here/fake_host" programs/$program
done
# of this machine only what hosts have in any case, so that nothing of it is touched
for program in awk bash cat chmod cksum cmp cp cut dirname env find flock ls ln grep head mkdir mktemp mv od paste printenv rm sed seq \
  sh sha256sum sort tail tar tee touch tr true uniq wc; do
  ln -s "$(type -P $program)" programs/$program
done
printf '#!/bin/sh\nexec /bin/sleep 0.02\n' >programs/sleep && chmod +x programs/sleep
export PATH=$PWD/programs FAKE=$PWD/fake HOME=$PWD/home TMPDIR=$PWD/tmp
mkdir -p tmp home
unset K3S_URL K3S_TOKEN K3S_TOKEN_FILE K3S_AGENT_TOKEN KUBECONFIG

# The tree with digests of what the network has here.
version=v1.35.1+k3s1
mkdir net
cp -r "$here/../../scripts" "$here/../../k8s" tree/
install_k3s=tree/scripts/install_k3s.sh
cat >tree/scripts/owner/install_guard.sh <<'END'
#!/usr/bin/env bash
echo "${LAPILLI_ROOT##*/} install_guard.sh $*" >>"$FAKE/calls"
[[ ! -e $FAKE/guard_fails ]] || { echo 'install_guard: error: no' >&2 && exit 1; }
timer=$LAPILLI_ROOT/etc/systemd/system/node-guard.timer
if [[ ${1:-} == --uninstall ]]; then rm -f "$timer"; else touch "$timer"; fi
END
digest() { sha256sum "$1" | cut -d ' ' -f 1; }
make_binary() { # VERSION
  sed "s/VERSION/$1/g" "$here/fake_k3s" >net/k3s && chmod +x net/k3s && echo "$(digest net/k3s)  k3s" >net/sha256sum-amd64.txt
}
make_binary $version
cp "$here/fake_installer" net/install.sh
printf '%s\n' 'kind: CustomResourceDefinition' --- 'kind: Deployment' spec: '  template:' '    spec:' '      containers:' \
  '      - image: x' >net/mpi-operator.yaml
sed -i "s/^K3S_INSTALLER_SHA256=.*/K3S_INSTALLER_SHA256=$(digest net/install.sh)/
s/^MPI_OPERATOR_SHA256=.*/MPI_OPERATOR_SHA256=$(digest net/mpi-operator.yaml)/" tree/scripts/owner/k3s/versions.env
config=$(printf 'ab%.0s' $(seq 32))
printf '[{"Config":"%s.json","RepoTags":["localhost/lapilli:0.1.0"],"Layers":[]}]' $config >manifest.json
tar -cf tree/build/image/lapilli-0.1.0.tar manifest.json

servers=10.0.0.4 agents='10.0.0.5 10.0.0.6'
fresh() {
  local host
  rm -rf fake home/.kube
  mkdir -p fake
  ln -s "$PWD/net" fake/net
  for host in $servers $agents; do
    mkdir -p fake/$host/etc fake/$host/sys
    printf 'ID=debian\nVERSION_ID=12\n' >fake/$host/etc/os-release
    echo x86_64 >fake/$host/arch
  done
  for host in $servers; do echo "server $host"; done >inventory
  for host in $agents; do echo "agent $host user=debian"; done >>inventory
  : >fake/calls
}
# Calls that fail from now on, and what they say.
fails() { printf '%s\n' "$@" >fake/fails; } # PATTERN MESSAGE
provision() { run "$BASH_OF_USER" $install_k3s "$@"; }
cluster() { provision cluster --inventory inventory --wait 2 "$@"; }
on_host() { # HOST, WORDS
  run env LAPILLI_ROOT="$FAKE/$1" "$BASH_OF_USER" $install_k3s "${@:2}"
}
all_files() { (cd fake && find 10.* -type f ! -path '*/home/*' ! -name lapilli-k3s -exec cksum {} + | sort); }

expect_call() { grep -q -- "$1" fake/calls || fail "$ran: no call $1; stderr: $err"; }
expect_no_call() { if grep -- "$1" fake/calls; then fail "$ran: called $1"; fi; }
# That one call came before another one.
expect_order() {
  local first second
  first=$(grep -n -m 1 -- "$1" fake/calls | cut -d : -f 1) second=$(grep -n -m 1 -- "$2" fake/calls | cut -d : -f 1)
  [ "${first:-0}" -gt 0 ] && [ "${second:-0}" -gt "$first" ] ||
    fail "$ran: '$1' (${first:-never}) does not come before '$2' (${second:-never})"
}
expect_error() { # code, part of the sentence
  expect_code "$1"
  expect_contains stderr "$err" "$2"
  expect_no_secret
}
# Neither a token nor a part of one is in what is printed, called or handed down.
expect_no_secret() {
  local file word
  for file in fake/10.*/etc/rancher/k3s/*token fake/10.*/var/lib/rancher/k3s/server/*token; do
    [ -s "$file" ] || continue
    word=$(cat "$file")
    [ ${#word} -ge 8 ] || fail "$file has no secret"
    if grep -qF -- "${word##*:}" .out .err fake/calls fake/environments; then fail "$ran: told the secret of $file"; fi
  done
  [ -z "$(ls tmp)" ] || fail "$ran: left $(ls tmp) behind"
}

# For tests on one host.
host=10.0.0.4
root=fake/$host
refused() { # CODE, PART OF THE SENTENCE, WORDS
  on_host $host "${@:3}"
  expect_error "$1" "$2"
  [ "$(grep -c '^install_k3s: error: ' .err)" -eq 1 ] || fail "$ran: not one error: $err"
}
