# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Containers of the image as "nodes" of their own do what the manifests ask of them: the MPI job with the launcher's command of
# k8s/mpijob, also when a node is lost or a pod told to leave, the workbench, and the batch.
here=$(cd "$(dirname "$0")" && pwd)
[ -n "${CLUSTER:-}" ] || exec "$here/in_cluster" "$PWD/cluster" bash "$0"
. "$here/../cli/lib.sh"

root=$(cd "$PWD/../image/root" 2>/dev/null && pwd) || { echo 'skipped: there is no image (cluster.image)' >&2; exit 77; }
export LC_ALL=C
mkdir -p mounts/{work,ssh,mpi,case}
ssh-keygen -q -t ecdsa -b 521 -m PEM -N '' -f mounts/ssh/id_rsa # as the operator does
cp mounts/ssh/id_rsa.pub mounts/ssh/authorized_keys
chmod 644 mounts/ssh/* # as a Secret is mounted, too
chown 1000:1000 mounts/work

node() { "$here/node" "$@"; }
container() { # MOUNTS ARGUMENTS: in namespaces of its own, on the cluster's network
  unshare --mount --pid --fork --kill-child "$here/container" "$root" "$@"
}
start_worker() { NODE_INIT="$here/container $root $PWD/mounts worker" node start "$1"; }
await() { # seconds, condition
  for _ in $(seq $((10 * $1))); do eval "$2" 2>/dev/null && return; sleep 0.1; done
  fail "waited in vain for: $2; $(tail -n 5 .log)"
}

for n in 1 2 3; do start_worker $n & done
wait
cp "$CLUSTER/hostfile" mounts/mpi/hostfile

# the launcher's command in the manifest: args: [launch, analyze, ...]
read -r -a launcher <<<"$(sed -n 's/^ *args: \[\(launch, .*\)\].*/\1/p' "$LAPILLI_SOURCE_DIR/k8s/mpijob/mpijob.yaml" | tr -d ',')"
[ "${launcher[0]}" = launch ] || fail "no launcher's command in the manifest"
cat >mounts/case/case.toml <<END
image = "/usr/share/lapilli/data/blobs.tif"
voxel = "2um"
accuracy = 1e-11
blocks = 0
checkpoint-every = "0.2s"
END

result=mounts/work/sample/result
container "$PWD/mounts" lapilli analyze /etc/lapilli-case/case.toml --out /work/alone --ranks 1 --quiet >/dev/null || fail 'one rank failed'

start_job() { # in the background
  rm -rf mounts/work/sample
  container "$PWD/mounts" "${launcher[@]}" >.table 2>.log &
  job=$!
}
expect_same_result() {
  wait "$job" || fail "the launcher ended with $?: $(tail -n 5 .log)"
  "$LAPILLI" compare --bits $result mounts/work/alone >.compared || fail "$1: another result: $(cat .compared)"
}
in_permeability='grep -q "permeability.*iteration.*value" '$result/progress.jsonl

start_job
expect_same_result 'undisturbed'
grep -q 'k x' .table || grep -q 'k \[mD\]' .table || fail "no table in the launcher's log: $(cat .table)"
[ "$(json $result/result.json run hosts)" = 3 ] || fail 'did not run on three hosts'

# a node is lost, and another takes its name
start_job
await 60 "$in_permeability"
await 30 "[ -n \"\$(ls $result/checkpoint/*.h5)\" ]"
node off 2
since=$SECONDS
sleep 3
start_worker 2
expect_same_result 'node lost'
printf 'node lost, and done %s s later\n' $((SECONDS - since))
[ "$(json $result/result.json run resumed_from)" != None ] || fail 'was not resumed from a checkpoint'

# a pod is told to leave: its ranks write a checkpoint, and the pod is gone in seconds
start_job
await 60 "$in_permeability"
kill -TERM "$(node pids 3 tini)"
await 15 '[ -z "$(node pids 3)" ]'
ip link del port3 2>/dev/null # unless it went with the pod
rm "$CLUSTER/node3.pid"
start_worker 3
expect_same_result 'pod told to leave'
[ "$(json $result/result.json run resumed_from)" != None ] || fail 'did not go on from the checkpoint'

# so is the launcher: what comes after it goes on
start_job
await 60 "$in_permeability"
kill -TERM "$(pgrep -f 'lapilli-launch analyze' | sed -n 1p)"
wait "$job"
[ $? -eq 143 ] || fail "the launcher that was told to leave ended with $?"
container "$PWD/mounts" "${launcher[@]}" >.table 2>.log &
job=$!
expect_same_result 'launcher told to leave'
[ "$(json $result/result.json run resumed_from)" != None ] || fail 'the second launcher began anew'

# a worker whose container was killed, as for want of memory, says so when it is back; one that leaves with nothing to do ends with 0
count=$(container "$PWD/mounts" bash -c 'set -m
  start() {
    touch /tmp/before && sleep 0.1 && { lapilli-pod worker & }
    for _ in {1..200}; do [[ /tmp/.lapilli.boot -nt /tmp/before ]] && return; sleep 0.1; done
  }
  for signal in KILL KILL TERM; do start; kill -$signal -- -$!; wait $!; code=$?; done
  start; echo "$(cat /tmp/.lapilli.killed) $code"; kill -KILL -- -$!' 2>/dev/null)
[ "$count" = '2 0' ] || fail "workers that were killed twice, and left once, count and end with $count"

# wrong input ends with 2, at once and again
sed -i 's/blobs.tif/no_such.tif/' mounts/case/case.toml
for _ in 1 2; do
  container "$PWD/mounts" launch analyze /etc/lapilli-case/case.toml --out /work/wrong >/dev/null 2>.log
  [ $? -eq 2 ] || fail "wrong input: $(cat .log)"
done

# a launcher that is started again in its pod has the name that it had, one of another pod, with the same host name, has not
name='cp /usr/bin/env /tmp/lapilli-launch && PATH=/tmp:$PATH lapilli-pod launch | sed -n s/LAPILLI_POD=//p'
for _ in 1 2; do container "$PWD/mounts" bash -c "$name && $name" 2>&1; done | uniq -c | sed 's/ *\([0-9]*\) .*-[0-9a-f]\{8\}$/\1/' | xargs >.names
[ "$(cat .names)" = '2 2' ] || fail "names of launchers: $(cat .names)"

for n in 1 2 3; do node off $n; done

# the workbench: no keys but those that the pods agree upon
mv mounts/ssh keys.of.the.job
export POD_LAPILLI_KEYS=/work/.workbench/ssh POD_OMPI_MCA_orte_default_hostfile=/etc/mpi/hostfile
export POD_PRTE_MCA_prte_default_hostfile=/etc/mpi/hostfile
sed -n 's/^ *\(lapilli-[0-9].* slots=\)/\1/p' "$LAPILLI_SOURCE_DIR/k8s/workbench/workbench.yaml" >mounts/mpi/hostfile
# as DNS has them: no short names
mapfile -t names < <(cut -d ' ' -f 1 mounts/mpi/hostfile)
for n in 1 2 3; do echo "10.77.0.1$n ${names[n - 1]}"; done >hosts
for n in 1 2 3; do
  mkdir -p bench$n/ssh
  chown 1000:1000 bench$n/ssh
  cp hosts bench$n/
  ln -s "$PWD/mounts/work" "$PWD/mounts/mpi" bench$n/
  NODE_INIT="$here/container $root $PWD/bench$n worker" node start $n 2 &
done
wait
[ "$(cat bench?/ssh/id_rsa | sort -u | wc -l)" -eq "$(sort -u bench1/ssh/id_rsa | wc -l)" ] || fail 'the pods have different keys'
[ "$(stat -c %a mounts/work/.workbench/ssh/id_rsa)" = 600 ] || fail 'others can read the key'
first=$(node pids 1 sshd | sed -n 1p)
run nsenter -t "$first" --mount --net --pid --uts --root --wd setpriv --reuid 1000 --regid 1000 --clear-groups \
  env -i -C /work HOME=/home/lapilli PATH=/usr/bin OMPI_MCA_orte_default_hostfile=/etc/mpi/hostfile PRTE_MCA_prte_default_hostfile=/etc/mpi/hostfile \
  mpirun -np 6 lapilli analyze /usr/share/lapilli/data/bcc.tif --blocks 0 --out bench --quiet --expect-ranks 6 --expect-hosts 3
expect_code 0
[ "$(json mounts/work/bench/result.json run ranks)" = 6 ] || fail 'the workbench did not use six ranks'
unset POD_LAPILLI_KEYS

# the batch
read -r -a batch <<<"$(sed -n 's/^ *args: \[\(batch, .*\)\].*/\1/p' "$LAPILLI_SOURCE_DIR/k8s/job/job.yaml" | tr -d ',"')"
for index in 0 1 2; do
  POD_JOB_COMPLETION_INDEX=$index container "$PWD/mounts" "${batch[@]}" --blocks 0 --quiet >/dev/null 2>.log || fail "batch $index: $(cat .log)"
done
[ "$(ls mounts/work/batch | xargs)" = 'bcc.tif.lapilli blobs.tif.lapilli spheres.tif.lapilli' ] || fail "batch left $(ls mounts/work/batch)"
POD_JOB_COMPLETION_INDEX=3 container "$PWD/mounts" "${batch[@]}" >/dev/null 2>.log
[ $? -eq 2 ] || fail 'a fourth image of three'

# without an index pods share the images, each done once: what a dead pod was at is taken over, and one told to leave gives it back
mkdir mounts/work/images
cp "$root"/usr/share/lapilli/data/*.tif mounts/work/images/
share() ( # POD OUT
  POD_HOSTNAME=$1 exec timeout 100 unshare --mount --pid --fork --kill-child "$here/container" "$root" "$PWD/mounts" \
    batch /work/images "/work/$2" --voxel 2um --ranks 1 --blocks 0 --quiet >/dev/null 2>".log.$1"
)
share dead shared &
await 20 'grep -q dead mounts/work/shared/.bcc.tif.claim.1'
kill -KILL "$(pgrep -f '^/usr/bin/tini -- lapilli-pod batch /work/images')"
wait $!
[ -e mounts/work/shared/.bcc.tif.claim.1 ] || fail 'the dead pod was too quick for this test'
since=$SECONDS
share one shared &
first=$!
share two shared || fail "the second pod: $(cat .log.two)"
wait $first || fail "the first pod: $(cat .log.one)"
printf 'a dead pod, and all images done %s s later\n' $((SECONDS - since))
[ "$(cat .log.one .log.two | sort)" = "$(printf 'image: /work/images/%s.tif\n' bcc blobs spheres)" ] ||
  fail "the pods did $(cat .log.one .log.two)"
[ "$(ls -A mounts/work/shared | xargs)" = 'bcc.tif.lapilli blobs.tif.lapilli spheres.tif.lapilli' ] || fail "left: $(ls -A mounts/work/shared)"
echo 'no image' >mounts/work/images/wrong.tif
share three shared
[ $? -eq 2 ] || fail 'a wrong image ended otherwise'
[ "$(grep -c image: .log.three)" -eq 1 ] || fail "was done again: $(cat .log.three)"
share leaves left &
await 20 'grep -q leaves mounts/work/left/.bcc.tif.claim.1'
await 20 'pgrep -f "^lapilli analyze /work/images/bcc.tif" >.pid'
kill -TERM "$(pgrep -f '^/usr/bin/tini -- lapilli-pod batch /work/images')"
wait $!
[ $? -eq 143 ] || fail "a pod that was told to leave: $(cat .log.leaves)"
[ ! -e mounts/work/left/.bcc.tif.claim.1 ] || fail 'a pod that was told to leave keeps its image'
finish
