# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# scripts/owner/guard/node-guard marks nodes that have been dark for long enough, and no others, until they are back. node_server.py plays
# the API server; what asks it is node_kubectl, and then kubectl itself where there is one.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../cli/lib.sh"
node_guard=$here/../../scripts/owner/guard/node-guard
real_kubectl=$(command -v kubectl)

mkdir bin api
cat >bin/timeout <<'SHIM'
#!/bin/bash
case $3 in # nobody waits here for a power-off command; but kubectl may be slow where all is slow
  60) set -- -k 1 5 "${@:4}" ;;
  15) set -- -k 1 "${LIMIT:-300}" "${@:4}" ;;
esac
exec /usr/bin/timeout "$@"
SHIM
chmod +x bin/timeout
export PATH=$PWD/bin:$PATH KUBECONFIG=$PWD/kubeconfig HOME=$PWD
python3 "$here/node_server.py" api &
server=$!
trap 'kill $server' EXIT
for _ in $(seq 200); do [ -s api/port ] && break; sleep 0.05; done
connect() { # PORT
  cat >kubeconfig <<END
{apiVersion: v1, kind: Config, current-context: test, clusters: [{name: test, cluster: {
server: http://127.0.0.1:$1 }}], contexts: [{name: test, context: {cluster: test}}]}
END
}
connect "$(cat api/port)"

ours=node.kubernetes.io/out-of-service=node-guard:NoExecute
unreachable=node.kubernetes.io/unreachable:NoExecute
nodes() { # LINE...
  printf '%s\n' "$@" >api/nodes
  : >api/requests
}
guard() { run env "$@" "$node_guard"; } # [VARIABLE=VALUE...]
expect_nodes() { # LINE...
  [ "$(cat api/nodes)" = "$(printf '%s\n' "$@")" ] || fail "$ran: left $(cat api/nodes) instead of $*; it said $out $err"
}
expect_untouched() { # EXIT-CODE; the nodes are those in $given
  expect_code "$1"
  expect_nodes "${given[@]}"
  if grep '^PATCH' api/requests; then fail "$ran: changed something"; fi
}
expect_one_error() { # part of the sentence
  [ "$(grep -c '^node-guard: error: ' .err)" -eq 1 ] || fail "$ran: not one error: $err"
  expect_contains stderr "$err" "$1"
}
# What is given stays as it is, whatever the settings.
left_alone() { # EXIT-CODE LINE...
  given=("${@:2}")
  nodes "${given[@]}"
  guard
  expect_untouched "$1"
}

marks_what_is_dark() {
  nodes 's etcd,control-plane True 900 -' 'a - Unknown 31 -' "b - Unknown 31 $unreachable,x:NoSchedule" 'c - True 900 -'
  guard
  expect_code 0
  expect_nodes 's etcd,control-plane True 900 -' "a - Unknown 31 $ours" "b - Unknown 31 $unreachable,x:NoSchedule,$ours" 'c - True 900 -'
  [[ $out == *'a is dark since 20'*'Z: out of service'* ]] || fail "$ran: said $out"
  if grep -v '/api/v1/nodes\|GET /api\|GET /version' api/requests; then fail "$ran: needs more rights"; fi
  given=("$(sed -n 1p api/nodes)" "$(sed -n 2p api/nodes)" "$(sed -n 3p api/nodes)" "$(sed -n 4p api/nodes)")
  nodes "${given[@]}"
  guard # again, and says nothing
  expect_untouched 0
  [ -z "$out$err" ] || fail "$ran: said $out $err"
}
# Not a second too early nor too late, by a clock that stands still.
marks_at_the_moment() {
  local began=2026-01-02T03:04:05Z
  echo 'unset EPOCHSECONDS; EPOCHSECONDS=$NOW' >clock
  while read -r grace settings; do
    given=("a - Unknown $began -" 'b - True 900 -')
    nodes "${given[@]}"
    guard BASH_ENV=clock NOW=$(($(date -d "$began" +%s) + grace - 1)) $settings
    expect_untouched 0
    guard BASH_ENV=clock NOW=$(($(date -d "$began" +%s) + grace)) $settings
    expect_nodes "a - Unknown $began $ours" 'b - True 900 -'
  done <<<$'25\n30 GRACE=30\n90 GRACE=90\n15 POWER_OFF=true\n40 POWER_OFF=true GRACE=40'
}
leaves_alone_what_may_live() {
  left_alone 0 'a - Unknown 20 -' 'b - True 900 -'                            # too short
  left_alone 0 'a - False 900 -' 'b - True 900 -'                             # it answers
  left_alone 0 'a - - - -' 'b - True 900 -'                                   # it has not begun
  for role in control-plane etcd master; do
    left_alone 0 "s $role,worker Unknown 900 -" 'a - True 900 -'
  done
  left_alone 0 'a - Unknown 900 node.kubernetes.io/out-of-service=nodeshutdown:NoExecute' 'b - True 900 -'
  left_alone 0 'a - True 900 node.kubernetes.io/out-of-service=nodeshutdown:NoExecute' 'b - True 900 -'
  left_alone 0 'a - True 900 node.kubernetes.io/out-of-service:NoExecute' 'b - True 900 -'
  left_alone 0 'a - True 900 node.kubernetes.io/out-of-service=node-guard:NoSchedule' 'b - True 900 -'
  left_alone 0 's control-plane True 900 -'
  left_alone 0 "a - False 10 $ours" 'b - True 900 -'                          # it answers, but is not back yet
  left_alone 1 'a - Unknown -500 -' 'b - True 900 -'
  expect_one_error 'yet to come; set the clocks'
  left_alone 1 'a - Unknown yesterday -' 'b - True 900 -'
  expect_one_error "'yesterday' does not tell since when"
}
leaves_alone_what_is_all_dark() {
  left_alone 1 's control-plane True 900 -' 'a - Unknown 900 -' 'b - Unknown 20 -'
  expect_one_error 'all 2 agents are dark'
  left_alone 1 'a - Unknown 900 -' "b - Unknown 900 $ours"
  expect_one_error 'all 2 agents are dark'
  given=('a - Unknown 900 -' 'b - Unknown 900 -')
  nodes "${given[@]}"
  guard POWER_OFF=true # a command, too, may reach only what the server reaches
  expect_untouched 1
  left_alone 1 's control-plane True 900 -' 'a - Unknown 900 -'
  expect_one_error 'the only agent, a, is dark'
  nodes 's control-plane True 900 -' 'a - Unknown 900 -'
  guard POWER_OFF=true
  expect_code 0
  expect_nodes 's control-plane True 900 -' "a - Unknown 900 $ours"
  nodes 'a - Unknown 900 -' 'b - False 900 -' # one answers
  guard
  expect_nodes "a - Unknown 900 $ours" 'b - False 900 -'
}
unmarks_what_is_back() {
  nodes "a - True 5 $ours" "b - True 5 x:NoSchedule,$ours,y=z:NoExecute" 'c - Unknown 31 -' "d - Unknown 31 $ours"
  guard
  expect_code 0
  expect_nodes 'a - True 5 -' 'b - True 5 x:NoSchedule,y=z:NoExecute' "c - Unknown 31 $ours" "d - Unknown 31 $ours"
  expect_contains stdout "$out" 'b is Ready again: back in service'
  nodes "s control-plane True 5 $ours" 'c - Unknown 31 -' 'd - Unknown 31 -' # also when nothing is marked
  guard
  expect_code 1
  expect_nodes 's control-plane True 5 -' 'c - Unknown 31 -' 'd - Unknown 31 -'
}
leaves_alone_what_changes() {
  nodes 'a - Unknown 31 -' 'b - True 900 -'
  printf '%s\n' 'a - True 0 -' 'b - True 900 -' >api/meanwhile # back in the last moment
  guard
  expect_code 0
  expect_nodes 'a - True 0 -' 'b - True 900 -'
  expect_contains stdout "$out" 'a was changed by somebody else'
  nodes "a - True 5 x:NoSchedule,$ours" 'b - True 900 -'
  printf '%s\n' "a - True 5 $ours,x:NoSchedule" 'b - True 900 -' >api/meanwhile # not the wrong one
  guard
  expect_nodes "a - True 5 $ours,x:NoSchedule" 'b - True 900 -'
}
two_guards_do_not_disturb_each_other() {
  nodes "a - Unknown 31 -" "b - True 5 $ours,x:NoSchedule" 'c - True 900 -'
  touch api/pair
  "$node_guard" >first 2>&1 &
  local first=$!
  guard
  expect_code 0
  wait "$first" || fail "the first of two guards: $(cat first)"
  rm api/pair
  expect_nodes "a - Unknown 31 $ours" 'b - True 5 x:NoSchedule' 'c - True 900 -'
  [ "$(grep -c PATCH api/requests)" = 4 ] || fail "they did not meet: $(cat api/requests)"
}
waits_for_the_server() {
  given=('a - Unknown 31 -' 'b - True 900 -')
  nodes "${given[@]}"
  touch api/hang
  guard
  rm api/hang
  expect_untouched 1
  expect_one_error 'does not tell its nodes, so nothing is done now: '
  connect 1
  guard
  connect "$(cat api/port)"
  expect_untouched 1
  expect_one_error 'does not tell its nodes, so nothing is done now: '
}
powers_off_first() {
  local dark=('a - Unknown 16 -' 'b - True 900 -')
  # shellcheck disable=SC2016
  printf '#!/bin/bash\necho "$*" >>hook.calls; eval "$(cat hook.does)"\n' >bin/hook
  chmod +x bin/hook
  for does in 'grep -q node-guard api/nodes && echo late >>hook.calls; true' 'exit 3' 'sleep 60' 'sed -i s/Unknown/True/ api/nodes' \
    "sed -i /^a/d api/nodes" "sed -i 's|16 -|16 $ours|' api/nodes" 'touch api/hang'; do
    echo "$does" >hook.does
    rm -f hook.calls
    nodes "${dark[@]}"
    given=("${dark[@]}")
    guard POWER_OFF='hook  --now'
    ran="POWER_OFF, $does"
    rm -f api/hang
    [ "$(cat hook.calls)" = '--now a' ] || fail "$ran: called with $(cat hook.calls)"
    case $does in
      grep*) expect_code 0 && expect_nodes "a - Unknown 16 $ours" 'b - True 900 -' && expect_contains stdout "$out" 'and powered off now' ;;
      exit*) expect_untouched 1 && expect_one_error 'a is dark and not marked, since the power-off command ended with code 3' ;;
      sleep*) expect_untouched 1 && expect_one_error 'took more than 60 s' ;;
      *s/Unk*) expect_code 0 && expect_nodes 'a - True 16 -' 'b - True 900 -' && expect_contains stdout "$out" 'not dark any more' ;;
      *d\ api*) expect_code 0 && expect_nodes 'b - True 900 -' ;;
      *s\|16*) given=("a - Unknown 16 $ours" 'b - True 900 -') && expect_untouched 0 ;; # by another guard
      *hang*) expect_untouched 1 && expect_one_error 'does not tell its nodes' ;;
    esac
  done
  nodes 'a - Unknown 10 -' 'b - True 900 -'
  rm -f hook.calls
  guard POWER_OFF=hook
  [ ! -e hook.calls ] || fail 'powered off too early'
}
reads_odd_things() {
  nodes 'a - Unknown 31 -' 'b - True 900 -' 'c\sd - Unknown 31 -'
  guard
  expect_code 1
  expect_nodes "a - Unknown 31 $ours" 'b - True 900 -' 'c\sd - Unknown 31 -'
  expect_one_error 'this node is left alone, since it is not understood'
  for grace in 24 0 -1 030 30s 1e3 999999 ' ' 'x[$(touch harm)]'; do
    given=('a - Unknown 900 -' 'b - True 900 -')
    nodes "${given[@]}"
    guard GRACE="$grace"
    expect_untouched 2
    expect_one_error 'expected at least 25 whole seconds'
  done
  [ ! -e harm ] || fail 'GRACE was run'
  guard GRACE=14 POWER_OFF=true
  expect_untouched 2
  for setting in GRACE=25 GRACE=; do
    nodes 'a - Unknown 31 -' 'b - True 900 -'
    guard "$setting"
    expect_nodes "a - Unknown 31 $ours" 'b - True 900 -'
  done
}

ask_with() { # KUBECTL CASE...
  echo "with $1"
  ln -sf "$1" bin/kubectl
  for case in "${@:2}"; do "$case"; done
}
by_kubectl='marks_what_is_dark leaves_alone_what_may_live unmarks_what_is_back leaves_alone_what_changes
  two_guards_do_not_disturb_each_other waits_for_the_server reads_odd_things'
ask_with "$here/node_kubectl" $by_kubectl marks_at_the_moment leaves_alone_what_is_all_dark powers_off_first
if [ -n "$real_kubectl" ]; then
  ask_with "$real_kubectl" $by_kubectl
else
  echo 'skipped: there is no kubectl, so only the one that plays it was asked'
fi
# Also for a kubectl that does not come back at all.
rm bin/kubectl
printf '#!/bin/sh\nexec sleep 60\n' >bin/kubectl
chmod +x bin/kubectl
guard LIMIT=1
expect_code 1
expect_one_error 'no answer within 15 s'
rm bin/kubectl
if ! PATH=$PWD/bin:/usr/bin:/bin command -v kubectl k3s >/dev/null; then
  guard PATH="$PWD/bin:/usr/bin:/bin"
  expect_code 2
  expect_one_error 'there is neither kubectl nor k3s'
fi
finish
