# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# scripts/owner/install_guard.sh installs the guard once, keeps its token to itself, and takes everything away again. Fakes of k3s and
# systemctl do what the folder `fake` says; what was called, and with which words, is in `calls`.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../cli/lib.sh"
scripts=$here/../../scripts

mkdir bin fake
for program in base64 cat chmod cmp cp grep install mktemp mv rm sed sleep stat tee; do # each program can be seen
  printf '#!/bin/sh\necho "%s $*" >>calls\nexec %s "$@"\n' "$program" "$(command -v "$program")" >"bin/$program"
done
cat >bin/k3s <<'K3S'
#!/bin/bash
echo "k3s $*" >>calls
[ ! -e fake/down ] || { echo 'The connection to the server was refused' >&2; exit 1; }
case "$*" in
  *' apply -f '*/guard/rbac.yaml)
    for kind in serviceaccount secret clusterrole; do
      if [ -e fake/account ]; then echo "$kind/node-guard unchanged"; else echo "$kind/node-guard created"; fi
    done
    touch fake/account
    ;;
  *' config view '*) printf https://127.0.0.1:6443 ;;
  *" get secret node-guard -o jsonpath={.data['token']}")
    echo x >>fake/asked
    [ "$(wc -l <fake/asked)" -lt 3 ] || printf %s "$(<token)" # Kubernetes makes it only after a while
    ;;
  *" get secret node-guard -o jsonpath={.data['ca\\.crt']}") printf QVVUSE9SSVRZ ;;
  *' get nodes -l node-role.kubernetes.io/control-plane -o name') /bin/cat fake/servers ;;
  *' get nodes -o jsonpath='*) printf %s "$(<fake/marked)" ;;
  *' delete --ignore-not-found -f '*/guard/rbac.yaml) [ ! -e fake/account ] || { rm fake/account && echo 'secret "node-guard" deleted'; } ;;
  *) echo "fake k3s: what is $*" >&2 && exit 1 ;;
esac
K3S
cat >bin/systemctl <<'SYSTEMCTL'
#!/bin/bash
echo "systemctl $*" >>calls
[ "$*" != "$(cat fake/fails 2>/dev/null)" ]
SYSTEMCTL
chmod +x bin/*
base64 <<<'token of the guard' >token

root=$PWD/server
config=$root/etc/lapilli/node-guard.kubeconfig
installed=(/etc/lapilli/node-guard.kubeconfig /etc/systemd/system/node-guard.service /etc/systemd/system/node-guard.timer
  /usr/local/sbin/node-guard)
fresh() {
  rm -rf fake server
  mkdir -p fake server/etc/rancher/k3s
  touch server/etc/rancher/k3s/k3s.yaml fake/marked
  echo node/s1 >fake/servers
}
install_guard() {
  : >calls
  run env -u KUBECONFIG PATH="$PWD/bin:$PATH" "$scripts/owner/install_guard.sh" --root "$root" "$@"
  if grep -i 'token of the guard\|dG9rZW4gb2Y' calls .out .err; then fail "$ran: gave the token away"; fi
}
expect_files() { # FILE...
  local found
  found=$(cd server && find . -type f ! -name k3s.yaml | sed 's/^\.//' | LC_ALL=C sort)
  [ "$found" = "$(printf '%s\n' "$@")" ] || fail "$ran: these files are there: $found"
}
expect_order() { # CALL...; as they stand in `calls`, other calls of these programs not among them
  local found
  found=$(grep -o '^systemctl .*\|^k3s.* \(apply\|delete\) ' calls | sed 's/^k3s.* \(apply\|delete\) /\1/')
  [ "$found" = "$(printf '%s\n' "$@")" ] || fail "$ran: called $found"
}
expect_error() { # EXIT-CODE PART
  expect_code "$1"
  [ "$(grep -c '^install_guard: error: ' .err)" -eq 1 ] || fail "$ran: not one error: $err"
  expect_contains stderr "$err" "$2"
}
starts='systemctl start node-guard.timer'
first_look='systemctl start node-guard.service'

# All is installed, in this order, and the guard has its own kubeconfig, which only root reads.
fresh
install_guard
expect_code 0
expect_files "${installed[@]}"
expect_order apply 'systemctl daemon-reload' 'systemctl --quiet enable node-guard.timer' "$starts" 'systemctl restart node-guard.timer' \
  "$first_look"
[ "$(stat -c '%a %n' "${installed[@]/#/$root}")" = "$(printf '%s\n' "600 $config" "644 $root${installed[1]}" "644 $root${installed[2]}" \
  "755 $root${installed[3]}")" ] || fail "modes are $(stat -c '%a %n' "${installed[@]/#/$root}")"
python3 - "$config" <<'END' || fail "the kubeconfig is $(cat "$config")"
import re, sys
text = open(sys.argv[1]).read()
assert re.search(r'token: "token of the guard"', text)
assert re.search(r'server: "https://127.0.0.1:6443", certificate-authority-data: "QVVUSE9SSVRZ"', text)
END
expect_contains stdout "$out" 'installed: the account /etc/lapilli/node-guard.kubeconfig /usr/local/sbin/node-guard'
cmp "$scripts/owner/guard/node-guard" "$root/usr/local/sbin/node-guard" || fail 'another program was installed'
[ "$(wc -l <fake/asked)" -eq 3 ] || fail 'did not wait for the token'

# Again: nothing changes. What differs is put right, and only that.
install_guard
expect_code 0
[ "$out" = 'install_guard: unchanged' ] || fail "$ran: said $out"
expect_order apply 'systemctl --quiet enable node-guard.timer' "$starts" "$first_look"
chmod 0644 "$config"
install_guard
[ "$out" = 'install_guard: installed: /etc/lapilli/node-guard.kubeconfig' ] || fail "$ran: said $out"
[ "$(stat -c %a "$config")" = 600 ] || fail 'the kubeconfig can be read by all'
base64 <<<'token of the guard, a new one' >token
echo >>"$root/etc/systemd/system/node-guard.service"
install_guard
[ "$out" = "install_guard: installed: ${installed[0]} ${installed[1]}" ] || fail "$ran: said $out"
grep -q 'a new one' "$config" || fail 'the new token is not there'
expect_order apply 'systemctl daemon-reload' 'systemctl --quiet enable node-guard.timer' "$starts" "$first_look"

# A guard that does not work is not passed over, nor is a cluster that does not answer.
echo 'start node-guard.service' >fake/fails
install_guard
expect_error 1 'its first look at the nodes failed'
fresh
touch fake/down
install_guard
expect_error 1 'the account of the guard could not be made'
expect_files ''
expect_order apply

# Uninstalled, on the only server and on one of two; marks are named.
fresh
install_guard
echo -n 'a b' >fake/marked
echo 'reset-failed node-guard.service' >fake/fails # as when all is well
install_guard --uninstall
expect_code 0
expect_files ''
expect_order 'systemctl --quiet disable --now node-guard.timer' 'systemctl stop node-guard.service' \
  'systemctl reset-failed node-guard.service' 'systemctl clean --what=cache node-guard.service' 'systemctl daemon-reload' delete
[ ! -e fake/account ] || fail 'the account is left'
expect_contains stdout "$out" 'still out of service: a b; when they are back: k3s kubectl taint node NAME'
expect_contains stdout "$out" 'removed: /etc/systemd/system/node-guard.timer'
: >fake/marked
install_guard --uninstall
[ "$out" = 'install_guard: unchanged' ] || fail "$ran: said $out"
expect_order delete
install_guard
echo node/s2 >>fake/servers
install_guard --uninstall
expect_files ''
[ -e fake/account ] || fail 'the account is gone, but another server may use it'
expect_contains stdout "$out" 'after the last one: k3s kubectl delete -f'
install_guard
touch fake/down
install_guard --uninstall
expect_error 1 'the cluster does not answer, so its account is left'
expect_files ''

# Only on servers, and only what is understood.
fresh
rm server/etc/rancher/k3s/k3s.yaml
install_guard
expect_error 2 'this is no K3s server'
install_guard --purge
expect_error 2 '--purge is not understood'
run "$scripts/owner/install_guard.sh" --help
expect_code 0
expect_contains stdout "$out" 'usage: scripts/owner/install_guard.sh'
if ! command -v k3s >/dev/null; then
  run "$scripts/owner/install_guard.sh" --root "$root"
  expect_error 2 'there is no k3s'
fi
if [ "$(id -u)" -ne 0 ]; then
  run "$scripts/owner/install_guard.sh"
  expect_error 2 'this is not root'
fi
finish
