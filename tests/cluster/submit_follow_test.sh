# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# scripts/user/submit.sh stays with its job whatever happens to the pods, shows every line of the log once, and ends with the code of lapilli.
# tests/cluster/fake_kubectl plays the cluster.
. "$(dirname "$0")/fake.sh"
echo stone >rock.tif

# What keeps the job from running is said once; what cannot heal ends it.
waits() { # reason of the container, of the scheduler, what is said
  fresh
  for n in 2 3 4; do rm -f fake/mpijob.$n; done
  echo 'u1||Created' >fake/mpijob.1
  rm -f fake/pods.*
  echo "worker|rock-worker-1|u4||Pending|||||$1|$2" >fake/pods.1
  submit rock.tif -n 3 --wait "1"
  expect_error submit 1 "$3"
  expect_contains stderr "$err" 'kubectl -n lapilli delete mpijob rock'
  [ "$(grep -c "waiting for $3" .err)" -eq 1 ] || fail "$ran: not said once: $err"
}
waits ErrImageNeverPull '' 'rock-worker-1: ErrImageNeverPull; bring the image to all nodes with scripts/owner/import_image.sh'
waits '' '0/4 nodes are available: 3 Insufficient cpu.' 'rock-worker-1: 0/4 nodes are available: 3 Insufficient cpu.; wait, or ask'
fresh
rm fake/pods.* fake/mpijob.4
echo 'worker pod created failed: pods "rock-worker-0" is forbidden: violates PodSecurity "restricted:latest": ...' >fake/events
submit rock.tif -n 3 # does not wait
expect_error submit 1 'violates PodSecurity'
fresh # is over when it can run
echo "worker|rock-worker-1|u4||Pending|||||ImagePullBackOff|" >fake/pods.1
launcher u3 0 t '' '' '' >fake/pods.2
submit rock.tif -n 3
expect_code 0
expect_out $'line 1\nline 2\nline 3'

# Another launcher, the same one started again, a connection that breaks: every line once.
line() { printf '2026-01-01T00:00:0%s.%s00000000Z %s\n' "$@"; }
fresh
{ line 1 1 old; line 1 2 older; } >fake/log.1
touch fake/log.1.open # a node that is dark does not close its connections
line 0 5 new >fake/log.2
launcher u3 0 t '' '' '' >fake/pods.1
launcher u5 0 t '' '' '' >fake/pods.2
launcher u5 0 '' 0 '' '' >fake/pods.4
{ line 0 5 new; line 0 6 last; } >fake/log.rest
submit rock.tif -n 3
expect_code 0
expect_out $'old\nolder\nnew\nlast'
fresh
{ line 1 1 a; line 1 2 b; } >fake/log.1
{ line 1 2 b; line 2 1 c; } >fake/log.previous
{ line 2 2 d; echo 'kubectl says something itself'; } >fake/log.2
launcher u3 0 t '' '' '' >fake/pods.1
launcher u3 1 t '' 137 '' >fake/pods.2
launcher u3 1 '' 0 137 '' >fake/pods.4
submit rock.tif -n 3
expect_code 0
expect_out $'a\nb\nc\nd'
expect_call '--since-time=2026-01-01T00:00:01.200000000Z'

# Codes that are final end it at once, though Kubernetes would go on; others only when the cluster gives up.
for final in 2 3 4; do
  fresh
  rm fake/mpijob.4
  launcher u3 1 '' '' $final CrashLoopBackOff >fake/pods.2
  rm fake/pods.4
  submit rock.tif -n 3
  expect_code $final
  expect_call 'patch job rock-launcher'
  expect_contains stderr "$err" "rock has ended with code $final"
done
for end in 75=75 1=1 137=1; do
  fresh
  echo 'u1|t|Created Failed' >fake/mpijob.4
  launcher u3 1 '' '' ${end%=*} CrashLoopBackOff >fake/pods.2
  : >fake/pods.4 # the cluster has deleted it
  submit rock.tif -n 3
  expect_code ${end#*=}
  expect_no_call 'patch job'
done
fresh # an evicted worker makes it Failed, but not for good
echo 'u1||Created Failed' >fake/mpijob.2
submit rock.tif -n 3
expect_code 0
fresh # deleted by somebody else
rm fake/mpijob.4
: >fake/mpijob.3
submit rock.tif -n 3
expect_error submit 1 'was deleted'

# Ctrl-C ends submit.sh, and says how to end the job.
fresh
rm fake/mpijob.4 fake/pods.4
touch fake/log.1.open
set -m
"$BASH_OF_USER" "$scripts/user/submit.sh" rock.tif -n 3 >.out 2>.err &
pid=$!
set +m
await 'grep -q "line 3" .out'
sleep 0.4 # until it waits: bash 5.2 stumbles over a trap that comes while it reads a $(...)
kill -INT -- -$pid
wait $pid
code=$? ran='submit and Ctrl-C' err=$(cat .err)
expect_code 130
expect_contains stderr "$err" 'which goes on; its log: kubectl -n lapilli logs -f job/rock-launcher'
expect_contains stderr "$err" 'to stop it: kubectl -n lapilli delete mpijob rock'
expect_no_call 'delete mpijob'
finish
