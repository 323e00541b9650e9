# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Machines of infra/azure that join by themselves: cloud-init/join on hosts that are played, with an Azure that fake_azure plays. Tokens
# reach K3s and are nowhere else; a wrong package is not run; and faults that are planted in the program are noticed.
python=$(python3 -c 'import sys; print(sys.executable)')
command -v openssl >/dev/null && command -v dpkg-deb >/dev/null || { echo 'skipped: there is no openssl or no dpkg-deb' >&2 && exit 77; }
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=k3s -keyout key.pem -out certificate.pem 2>/dev/null
dpkg_deb=$(type -P dpkg-deb)
. "$(dirname "$0")/fake_hosts.sh"
ln -s "$python" programs/python3 && ln -s "$dpkg_deb" programs/dpkg-deb
# what the installer is started with is seen, too
rm programs/bash
printf '#!/bin/bash\necho "bash $*" >>"$FAKE/calls"; export -p >>"$FAKE/environments"; exec /bin/bash "$@"\n' >programs/bash
chmod +x programs/bash
join=$here/../../infra/azure/cloud-init/join
net=127.$((1 + $$ / 250 % 250)).$((1 + $$ % 250)) # no other test has these addresses
servers=$net.4 agents="$net.5 $net.6"
server=$net.4 agent=$net.5 other=$net.6 url=https://$net.4:6443

# The package, as a release has it.
mkdir -p package/DEBIAN package/usr/share/lapilli azure/files azure/secrets
printf '%s\n' 'Package: lapilli' 'Version: 0.1.0' 'Architecture: all' 'Maintainer: x <x@example>' 'Description: x' >package/DEBIAN/control
cp -r tree/scripts tree/k8s package/usr/share/lapilli
dpkg-deb -Znone --build package lapilli.deb >/dev/null && cp lapilli.deb azure/files
mv key.pem certificate.pem azure
of_servers=$(printf '5e%.0s' $(seq 32)) of_agents=$(printf 'a6%.0s' $(seq 32))
echo pass-of-the-machine >azure/pass
fresh
python3 "$here/fake_azure" azure $server 2>azure/log &
azure=$!
trap 'kill $azure' EXIT
for _ in $(seq 200); do [ -e azure/port ] && break; /bin/sleep 0.05; done
[ -e azure/port ] || fail "fake_azure does not start: $(cat azure/log)"
address=http://127.0.0.1:$(cat azure/port)
package=$address/files/lapilli.deb sum=$(digest azure/files/lapilli.deb)

settings() { # HOST BEGINS SERVERS SECRETS WORDS, the lists as JSON
  mkdir -p "fake/$1/etc/lapilli"
  printf '{"vault": "x", "identity": "of-this-cluster", "package": "%s", "sha256": "%s", "begins": %s, "servers": %s, "secrets": %s, "words": %s}' \
    "$package" "$sum" "${@:2}" >"fake/$1/etc/lapilli/join.json"
}
both='["x-server", "x-agent"]'
first() { settings $server true "${1:-[]}" "$both" '["server", "--nodes", "'$net'.0/24", "--taint", "--tls-san", "x-server-0"]'; }
second() { settings $1 false '["'$url'"]' '["x-agent"]' '["agent", "--nodes", "'$net'.0/24"]'; }
begin() {
  fresh
  printf '%s\n' $of_servers >azure/secrets/x-server
  printf '%s' $of_agents >azure/secrets/x-agent
  : >azure/refusals
  echo of-this-cluster >azure/identities
  : >azure/asked
  first && second $agent
}
boot() { # HOST [PATIENCE] [PROGRAM]
  run env LAPILLI_ROOT="$FAKE/$1" JOIN_AZURE="$address" JOIN_PATIENCE="${2:-20}" JOIN_PAUSE=0.05 http_proxy=http://127.0.0.1:1 \
    https_proxy=http://127.0.0.1:1 python3 "${3:-$join}"
}
# The tokens are in the files of K3s, for root only, and nowhere else; the pass for the vault is nowhere.
tokens_are_kept() {
  local file
  for file in $(grep -rlF -e $of_servers -e $of_agents -e "$(cat azure/pass)" fake/ tmp .out .err package ${1:-}); do
    case $file in
      fake/$net.*/etc/rancher/k3s/token | fake/$net.*/etc/rancher/k3s/agent-token)
        [ "$(/usr/bin/stat -c %a "$file")" = 600 ] || { echo "$file is for others, too" && return 1; }
        ;;
      fake/$net.*/var/lib/rancher/k3s/server/token | fake/$net.*/var/lib/rancher/k3s/server/agent-token) ;; # of K3s itself
      *) echo "$file has a secret" && return 1 ;;
    esac
  done
  [ -z "$(ls tmp)" ] || { echo "$(ls tmp) was left behind" && return 1; }
}
kept() { tokens_are_kept "$@" || fail "$ran: a secret is not kept"; }
nothing_ran() { # HOST
  [ ! -e "fake/$1/etc/rancher" ] && ! grep -q "^$1 " fake/calls
}
refuses() { # HOST, PART OF THE SENTENCE
  boot "$1" 0.3
  expect_code 1
  [ "$(grep -c '^join: error: ' .err)" -eq 1 ] || fail "$ran: not one error: $err"
  grep -q '^join: error: .*; expected .*[;,] .*$' .err || fail "$ran: not one sentence: $err"
  expect_contains stderr "$err" "$2"
  nothing_ran "$1" || fail "$ran: something ran"
  kept
}
await() { for _ in $(seq 400); do eval "$1" 2>/dev/null && return; /bin/sleep 0.02; done; fail "waited in vain for $1"; }

# An agent that is quicker than its server waits for it; the server gets its right to read late.
begin
printf '1\n2\n3\n' >azure/refusals
env LAPILLI_ROOT="$FAKE/$agent" JOIN_AZURE="$address" JOIN_PATIENCE=60 JOIN_PAUSE=0.05 python3 "$join" >agent.log 2>&1 &
quick=$!
await 'grep -q "join: the server is not there yet (none of $url answers); expected" agent.log'
nothing_ran $agent || fail 'the agent did not wait for its server'
boot $server
expect_code 0
[ "$(grep -c 'join: the secret x-server is not there yet (HTTP Error 403: Forbidden); expected secrets in the vault x' .err)" -eq 1 ] ||
  fail "a refusal is not said once: $err"
expect_contains stderr "$err" 'join: this machine is in the cluster'
[ "$(cat fake/$server/etc/rancher/k3s/token)" = $of_servers ] || fail 'the server has another token'
[ "$(cat fake/$server/etc/rancher/k3s/agent-token)" = $of_agents ] || fail 'the server has another token for agents'
grep -q 'cluster-init' fake/$server/etc/rancher/k3s/config.yaml && fail 'a single server has a database for three'
grep -q "$net.0/24(rw" fake/$server/etc/exports.d/lapilli.exports || fail 'the folder is not exported to the network'
wait $quick || fail "the agent did not join: $(cat agent.log)"
[ "$(cat fake/$agent/etc/rancher/k3s/token)" = $of_agents ] || fail 'the agent has another token'
grep -q "^server: \"$url\"$" fake/$agent/etc/rancher/k3s/config.yaml || fail 'the agent joins another server'
[ -e fake/cluster/node-5 ] && [ -e fake/cluster/node-4 ] || fail "not both are in the cluster: $(ls fake/cluster)"
kept agent.log

# Once more, and an agent that comes later: it asks for its own secret only.
boot $server
expect_code 0
expect_contains stderr "$err" 'done: nothing had to be changed'
second $other
: >azure/asked
boot $other
expect_code 0
grep -q x-server azure/asked && fail 'an agent asks for the token of servers'
kept

# Machines may have been given further identities, by which the vault is not opened.
begin && printf '%s\n' of-this-cluster of-monitoring >azure/identities && boot $server && expect_code 0
kept

# A first server of three: begins, but not where another one runs already.
begin && first '["https://'$net'.9:6443"]' && boot $server && expect_code 0
grep -q '^cluster-init: true$' fake/$server/etc/rancher/k3s/config.yaml || fail 'the first of three has no database for them'
settings $other true '["'$url'"]' "$both" '["server"]'
boot $other
expect_code 0
grep -q "^server: \"$url\"$" fake/$other/etc/rancher/k3s/config.yaml || fail 'a first server that was made anew begins another cluster'
[ "$(cat fake/$other/etc/rancher/k3s/token)" = $of_servers ] || fail 'another server has another token'
kept

# What is not there, or not what it should be.
begin && echo more >>azure/files/lapilli.deb && refuses $server "so nothing of it was run"
cp lapilli.deb azure/files
begin && package=$address/files/none.deb && first && refuses $server 'the package did not come within 0 s (HTTP Error 404'
package=$address/files/lapilli.deb
begin && seq 1000 >azure/refusals && refuses $server 'identity of-this-cluster with the role Key Vault Secrets User on them'
begin && echo of-monitoring >azure/identities && refuses $server 'the secret x-server did not come within 0 s (HTTP Error 400'
begin && rm azure/secrets/x-agent && refuses $server 'the secret x-agent did not come within 0 s (HTTP Error 404'
begin && echo "two words $of_servers" >azure/secrets/x-server && refuses $server 'not at least 32 letters and digits'
begin && echo "<html>$of_servers" >azure/secrets/x-server && refuses $server '(JSONDecodeError)'
begin && refuses $agent "none of $url answers"
begin && touch fake/$server/installer_fails && boot $server && expect_code 1
expect_contains stderr "$err" 'this machine is not in the cluster (the reason stands above); expected'
kept

# Faults planted in the program; an installer that only takes what it is given is enough for them.
printf '#!/usr/bin/env bash\nread -r token\nhostname\n' >package/usr/share/lapilli/scripts/install_k3s.sh
dpkg-deb -Znone --build package azure/files/lapilli.deb >/dev/null
sum=$(digest azure/files/lapilli.deb)
planted() { # SED'S COMMAND
  sed "$1" "$join" >faulty
  ! cmp -s "$join" faulty || fail "the fault is not planted: $1"
  begin
}
for fault in 's/^        done = .*/        subprocess.run(["hostname", tokens[0]])/' \
  's/^        done = .*/        done = subprocess.run(words, env={**os.environ, "K3S_TOKEN": tokens[0]})/' \
  's/^        done = .*/        words += tokens\n&/' \
  's/^        done = .*/        say(tokens[1])\n&/' \
  's/^        done = .*/        open(ROOT + "\/left", "w").write(tokens[0])\n&/' \
  's/^        done = .*/        os.environ["PASS"] = "pass-of-the-machine"\n&/'; do
  planted "$fault" && boot $server 20 faulty
  if tokens_are_kept >/dev/null; then fail "a fault that is not noticed: $fault"; fi
done
planted 's/if digest != .*:/if False:/' && sum=$(printf '0%.0s' $(seq 64)) && first && boot $server 0.3 faulty
if nothing_ran $server; then fail 'a package that is not compared is not noticed'; fi
sum=$(digest azure/files/lapilli.deb)
planted 's/, "client_id": identity//' && printf '%s\n' of-this-cluster of-monitoring >azure/identities && boot $server 0.3 faulty
if [ "$code" -eq 0 ]; then fail 'a program that leaves the choice of its identity to Azure is not noticed'; fi
planted 's/        if answers(server):/        if True:/'
boot $agent 0.3 faulty
if nothing_ran $agent; then fail 'an agent that does not wait is not noticed'; fi
finish
