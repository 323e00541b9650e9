# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# What users do on a real K3s: they stop a job and let it go on, and 200 look at the dashboard while one of its nodes goes dark, and
# another one is drained. Traefik is not there; clients come through a port of the nodes, which asks nobody else where one is silent.
. "$(dirname "$0")/real_k3s.sh"
export PATH=$PATH:$LAPILLI_AIRGAP KUBECONFIG=$PWD/kubeconfig
jobs() { run "$scripts/user/jobs.sh" "$@"; }
of_lapilli() { kubectl --namespace lapilli "$@"; }
replicas() { # those that are Ready and stay: their nodes
  of_lapilli get pods -l app.kubernetes.io/component=dashboard -o 'jsonpath={range .items[*]}{.spec.nodeName} '\
'{.status.conditions[?(@.type=="Ready")].status} {.metadata.deletionTimestamp}{"\n"}{end}' | sed -n 's/ True $//p' | sort
}
replicas_without() { replicas | grep -cvx "$1"; } # NODE
look() { python3 "$here/dashboard_clients.py" 10.77.0.11 30080 lapilli.localhost 200 "$1" >"$2" & } # SECONDS FILE
met() { json "$1" "$2"; }

since=$SECONDS
for n in 1 2 3 4; do start $n; done
printf '%s\n' "option airgap=$LAPILLI_AIRGAP" 'option storage=hostpath' 'option allow-cgroup-v1' 'option no-guard' 'server 10.77.0.11' \
  'agent 10.77.0.12' 'agent 10.77.0.13' 'agent 10.77.0.14' >inventory
provision cluster
took 'a cluster of one server and three agents'
expect_code 0
[ "$(grep -c ' Ready .* 0.1.0' <<<"$out")" -eq 4 ] || { fail "not all are Ready with an image: $out $err"; finish; }

# Three servers on three nodes, which only Traefik reaches. Its own kinds are not known here, which is said of these alone.
run kubectl apply -f "$here/../../k8s/dashboard"
expect_code 1
[ "$(grep -c 'no matches for kind' .err)" -eq "$(grep -c 'no matches for kind "Middleware"' .err)" ] || fail "more is refused: $err"
of_lapilli rollout status deployment dashboard --timeout=120s >/dev/null || { fail 'the dashboard does not start'; finish; }
took 'the dashboard'
[ "$(replicas | uniq | wc -l)" -eq 3 ] || fail "not on three nodes: $(replicas)"
kubectl apply -f - >/dev/null <<'END'
apiVersion: v1
kind: Service
metadata: {name: port, namespace: lapilli}
spec:
  type: NodePort
  selector: {app.kubernetes.io/component: dashboard}
  ports: [{port: 80, targetPort: http, nodePort: 30080}]
END
page() { curl -s -o page -m 5 -w '%{http_code}' -H "Host: $1" http://10.77.0.11:30080/; } # NAME
sleep 3
[ "$(page lapilli.localhost)" = 000 ] || fail 'the NetworkPolicy lets anybody in'
kubectl apply -f - >/dev/null <<'END'
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: port, namespace: lapilli}
spec:
  podSelector: {matchLabels: {app.kubernetes.io/component: dashboard}}
  policyTypes: [Ingress]
  ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: http}]}]
END
await 30 '[ "$(page lapilli.localhost)" = 200 ]'
[ "$(page evil.example)" = 421 ] || fail 'it answers to any name'

# A job is stopped, its cores are free, and it goes on from where it was.
apply_long rock
await 120 '[ "$(lines)" -ge 10 ]'
jobs stop rock
took 'a job stopped'
expect_code 0
jobs
expect_contains stdout "$(tr -s ' ' <<<"$out")" 'rock Suspended 3'
[ -z "$(where rock worker)" ] || fail "workers are left: $(where rock worker)"
jobs resume rock
expect_code 0
await 60 '[ -n "$(where rock worker)" ]'
took 'it goes on'
await 300 'ended rock'
took 'its end'
[ "$(json "$CLUSTER/shared/rock/result/result.json" run resumed_from)" != None ] || fail 'the job has begun anew'

# One of the nodes goes dark: those whose connections lead there wait, and all others see nothing.
look 20 calm.json
wait $!
[ "$(met calm.json requests)" -ge 1800 ] && [ "$(met calm.json failed)" -eq 0 ] || fail "without any fault: $(cat calm.json)"
look 80 dark.json
clients=$! dark=$(replicas | sed -n 1p)
sleep 5
took '200 clients'
"$here/node" off "${dark#node}"
await 90 "[ \"\$(replicas_without $dark)\" -eq 3 ]"
took "$dark is dark, three servers again"
wait $clients
took "$(cat dark.json)"
[ "$(met dark.json requests)" -ge 6000 ] || fail "clients were held up: $(cat dark.json)"
# of the third of 200 that this node served those whom two more tries lead there, too: one of nine, now and again
[ "$(met dark.json unanswered)" -le 30 ] || fail "too many did not see the list: $(cat dark.json)"
awk -v last="$(met dark.json last_failure)" 'BEGIN {exit last > 45}' || fail "it went on failing: $(cat dark.json)"

# Another one is drained, with all servers that moved there, and nobody notices.
look 45 drain.json
clients=$! drained=$(replicas | grep -vx "$dark" | sort | uniq -c | sort -n | awk 'END {print $2}')
sleep 5
kubectl cordon "$dark" >/dev/null
run kubectl drain "$drained" --ignore-daemonsets --delete-emptydir-data --timeout=120s --request-timeout=0
expect_code 0
took "$drained is drained"
wait $clients
took "$(cat drain.json)"
[ "$(met drain.json failed)" -eq 0 ] || fail "a drained node was noticed: $(cat drain.json)"
finish
