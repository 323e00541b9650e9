# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# scripts/user/jobs.sh lists jobs, stops one for a while, and deletes just what it was told to. tests/cluster/fake_kubectl plays the cluster.
. "$(dirname "$0")/fake.sh"
jobs() { run "$BASH_OF_USER" "$scripts/user/jobs.sh" "$@"; }

# The list.
fresh
printf '%s\n' 'rock|2026-01-01T10:20:30Z|3|Created Succeeded ' 'blob|2026-01-02T10:20:30Z|12|Created Suspended ' \
  'foam|2026-01-03T10:20:30Z|2|Created Running ' 'new|2026-01-04T10:20:30Z|2|' 'done|2026-01-05T10:20:30Z|2|Created Failed ' >fake/mpijobs
echo '2026 iteration 7  eta 2 s, of all 5 min' >fake/log.rest
jobs
expect_code 0
[ "$(tr -s ' ' <<<"$out" | sed 's/ $//')" = 'NAME STATE WORKERS SINCE LAST WORDS
rock Succeeded 3 2026-01-01 10:20 UTC
blob Suspended 12 2026-01-02 10:20 UTC
foam Running 2 2026-01-03 10:20 UTC 2026 iteration 7 eta 2 s, of all 5 min
new Created 2 2026-01-04 10:20 UTC
done Failed 2 2026-01-05 10:20 UTC' ] || fail "another list: $out"
expect_call 'logs job/foam-launcher -c launcher --tail 1'
rm fake/mpijobs
jobs
expect_code 0
expect_contains stderr "$err" 'there is no job'

# One job: what it is doing, also when Kubernetes is about to start it again in vain; its log, and how it ended.
fresh && touch fake/submitted && rm fake/pods.*
echo '2026 iteration 7' >fake/log.rest
jobs show rock
expect_code 0
expect_out $'Running\n2026 iteration 7'
launcher u3 1 '' '' 3 CrashLoopBackOff >fake/pods.1
jobs show rock
expect_out $'Failed\n2026 iteration 7'
fresh && touch fake/submitted
jobs follow rock
expect_code 0
expect_out $'line 1\nline 2\nline 3'
expect_contains stderr "$err" 'rock has ended with code 0; its results: scripts/user/fetch_results.sh rock'
fresh && touch fake/submitted && rm fake/mpijob.4 fake/pods.4 && launcher u3 1 '' '' 3 CrashLoopBackOff >fake/pods.2
jobs follow rock
expect_code 3
expect_call 'patch job rock-launcher'
for verb in show follow; do
  fresh
  jobs $verb rock
  expect_error jobs 2 'there is no job rock'
done

# Stopped, with its checkpoint, and on again.
fresh && echo 'u9||Created Running' >fake/mpijob.before
jobs stop rock
expect_code 0
expect_call 'patch mpijob rock --type merge --patch {"spec": {"runPolicy": {"suspend": true}}}'
expect_contains stderr "$err" 'to go on: scripts/user/jobs.sh resume rock'
expect_no_call delete
echo rock-worker-1 >fake/pods.left
jobs stop rock --wait 1
expect_error jobs 1 'pods of the job rock do not end: rock-worker-1'
echo 'u9||Created Suspended' >fake/mpijob.before && : >fake/calls
jobs resume rock
expect_code 0
expect_call 'patch mpijob rock --type merge --patch {"spec": {"runPolicy": {"suspend": false}}}'
expect_contains stderr "$err" 'rock goes on'
[ "$(grep -nF 'delete job rock-launcher' fake/calls | cut -d : -f 1)" -lt "$(grep -nF '"suspend": false' fake/calls | cut -d : -f 1)" ] ||
  fail "the launcher is to be deleted before: $(cat fake/calls)"
: >fake/calls # once more: what runs is left alone
jobs resume rock
expect_code 0
expect_no_call delete
fresh && echo 'u9||Created Suspended' >fake/mpijob.before && touch fake/operator_asleep
jobs resume rock --wait 1
expect_error jobs 1 'rock does not go on yet: the MPI operator has not taken notice for 1 s'
fresh && echo 'u9|t|Created Succeeded' >fake/mpijob.before
for verb in stop resume; do
  jobs $verb rock
  expect_error jobs 2 'the job rock has ended already (Succeeded)'
  expect_no_call patch
done

# Deleted: the job, and only if that is said, its folder.
results() { mkdir -p fake/work/rock/result fake/work/rock-2 && touch fake/work/rock/{rock.tif,result/result.json}; }
for flag in '' --results; do
  fresh && echo 'u9||Created Running' >fake/mpijob.before && results
  jobs delete rock $flag
  expect_code 0
  expect_call 'delete mpijob rock'
  expect_call 'delete networkpolicy rock'
  if [ -z $flag ]; then
    [ -e fake/work/rock/result/result.json ] || fail 'results were deleted'
    expect_contains stderr "$err" 'what it has computed stays in /work/rock'
    expect_no_call exec
  else
    [ "$(ls fake/work)" = rock-2 ] || fail "left: $(ls fake/work)"
    expect_call 'delete pod volume-rock'
  fi
done
fresh && results # a folder whose job is gone already
jobs delete rock --results
expect_code 0
[ "$(ls fake/work)" = rock-2 ] || fail "left: $(ls fake/work)"
expect_no_call 'delete mpijob'

# What is wrong is said before anything is done.
refused() { # PART OF THE SENTENCE, WORDS
  fresh
  jobs "${@:2}"
  expect_error jobs 2 "$1"
  expect_no_call 'delete\|patch'
}
refused 'there is no job rock' delete rock
refused 'there is no job rock' stop rock
refused 'which job to stop' stop
refused "'../rock'" delete ../rock --results
refused "'.'" delete . --results
refused 'remove is not a verb' remove rock
refused 'one word too many' delete rock stone
refused '--results belongs to delete' stop rock --results
refused '--all is unknown' delete rock --all
fresh && touch fake/down
jobs
expect_error jobs 75 'the cluster does not answer'
finish
