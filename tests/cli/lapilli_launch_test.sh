# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# lapilli-launch starts again what may heal, obeys final codes and signals, and ends an mpirun that hangs: with an mpirun and an ssh
# that do as they are told here. tests/cluster has the real ones.
. "$(dirname "$0")/lib.sh"

launcher=$(dirname "$LAPILLI")/lapilli-launch
mkdir bin
# The n-th start does what the n-th line of `plan` says: exit with a code, or stay until a signal; it tells what happened in `calls`.
cat >bin/mpirun <<'END'
#!/usr/bin/env bash
printf '%s\n' "$*" >>calls
sed 's/^/  /' "$2" >>calls
env | grep -E '^(OMPI|PRTE)_' >environment
exec {nothing}<> <(:)
trap 'echo TERM >>calls; [ "$do" = stubborn ] || exit 1' TERM
trap 'echo USR1 >>calls; [ "$do" != stays ] || exit 143' USR1
do=$(sed -n "$(grep -c -- --hostfile calls)p" plan)
case $do in
  stays | deaf | stubborn) echo $$ >mpirun.pid; for _ in {1..600}; do read -rt 0.1 -u "$nothing"; done ;;
  works) echo $$ >mpirun.pid; for n in {1..12}; do echo $n >>out/progress.jsonl; read -rt 0.5 -u "$nothing"; done; echo $$ >out/result.json ;;
  lies) echo >>out/progress.jsonl; exit 0 ;;
  *) [ "$do" != 0 ] || echo $$ >out/result.json; exit "${do:?}" ;;
esac
END
# A host answers unless it stands in `down`; it has a rank unless it stands in `idle`. With a file `hungry`, node2 has killed something for
# want of memory at each start; the file says who counts.
cat >bin/ssh <<'END'
#!/usr/bin/env bash
host=${*: -2:1} command=${*: -1}
grep -qsx "$host" down && exit 255
case $command in
  nproc) echo 2 ;;
  if*) grep -qsx "$host" idle || echo runs ;;
  group=*) if [[ $host == node2 && -e hungry ]]; then echo "$(cat calls 2>/dev/null | grep -c -- --hostfile) $(cat hungry)"; else echo 7 host; fi ;;
esac
END
printf '#!/bin/sh\n' >bin/lapilli
chmod +x bin/*
printf 'node1 slots=2\n# a comment\n\nnode2 slots=1 max_slots=4\nnode3\n' >hosts
export PATH=$PWD/bin:$PATH

fresh() { # plan
  rm -rf calls down idle out hungry mpirun.pid
  mkdir out
  printf '%s\n' "$@" >plan
}
launch() { run "$launcher" --hostfile hosts --program "$PWD/bin/lapilli" "$@"; }
analyze() { launch "$@" analyze rock.tif --out out; }
starts() { grep -c -- --hostfile calls; }
expect_starts() { [ "$(starts)" -eq "$1" ] || fail "$ran: $(starts) starts instead of $1: $(cat calls) $err"; }
await() { # a condition, at most 20 s
  for _ in $(seq 400); do eval "$1" 2>/dev/null && return; sleep 0.05; done
  fail "waited in vain for: $1; $(cat .err)"
}
# Starts the launcher and waits until mpirun runs.
begin() {
  set -m # as from a terminal: a shell in a script would have it ignore SIGINT
  "$launcher" --hostfile hosts --program "$PWD/bin/lapilli" "$@" analyze rock.tif --out out >.out 2>.err &
  pid=$!
  set +m
  await '[ -s mpirun.pid ]'
}
expect_end() { # exit code, most seconds
  since=$SECONDS
  wait "$pid"
  code=$? ran="lapilli-launch" err=$(cat .err)
  expect_code "$1"
  [ $((SECONDS - since)) -le "$2" ] || fail "ended after $((SECONDS - since)) s instead of $2: $err"
}

# What mpirun is told.
echo stone >rock.tif
fresh 0
analyze
expect_code 0
expect_contains calls "$(cat calls)" "-np 4 "
expect_contains calls "$(cat calls)" "$PWD/bin/lapilli analyze rock.tif --out out --expect-ranks 4 --grace 20s --expect-hosts 3"
[ "$(grep slots calls | tr -s ' \n' ' ')" = ' node1 slots=2 node2 slots=1 node3 slots=1 ' ] || fail "another hostfile: $(cat calls)"
for setting in OMPI_MCA_oob_tcp_keepalive_time=5 PRTE_MCA_oob_tcp_keepalive_time=5 OMPI_ALLOW_RUN_AS_ROOT=1 \
  PRTE_ALLOW_RUN_AS_ROOT=1 OMPI_MCA_plm_rsh_agent=ssh PRTE_MCA_plm_ssh_agent=ssh; do
  expect_contains environment "$(cat environment)" "$setting"
done
[ -z "$(printf '%s' "$err" | grep -v '^lapilli-launch: ')" ] || fail "another style: $err"

# The forms of MPICH and Intel MPI, which the MPI operator writes for them; IPv6 addresses are no such thing.
printf 'node1:2\nnode2:1 # a comment\nfe80::1\nnode3 max_slots=8 slots = 3\nnode1\n' >colons
fresh 0
run "$launcher" --hostfile colons --program "$PWD/bin/lapilli" analyze rock.tif --out out
expect_code 0
[ "$(grep slots calls | tr -s ' \n' ' ')" = ' node1 slots=3 node2 slots=1 fe80::1 slots=1 node3 slots=3 ' ] || fail "another hostfile: $(cat calls)"

# The verdict answers the same command, not another one, nor another image.
analyze
expect_code 0
expect_starts 1
for change in 'analyze --again' 'launch analyze rock.tif --out out --axis x'; do
  fresh 0 0
  analyze
  $change
  expect_starts 2
done
fresh 3 0
analyze
echo rocks >rock.tif
analyze
expect_code 0
expect_starts 2

# What was killed for want of memory would be killed again; on a host of many, it may have been something else.
fresh 1 0
echo 1073741824 >hungry
analyze
expect_code 2
expect_starts 1
expect_contains stderr "$err" 'error: node2 has killed a process that needed more than the 1024 MiB that it may take, so it is not started'
analyze # the verdict stands
expect_code 2
expect_starts 1
fresh 137 0
echo host >hungry
analyze
expect_code 2
expect_contains stderr "$err" 'more than the memory that it has'
fresh 1 0
echo host >hungry
analyze
expect_code 0
expect_starts 2

# Who counts, and how much he may have: a container by either version of control groups, else the host.
count() { # FILE OF THE GROUP=CONTENT...
  rm -rf group && mkdir -p group/memory
  for file; do printf '%b\n' "${file#*=}" >"group/${file%%=*}"; done
  ( . "$(dirname "$launcher")/../share/lapilli/parts/memory.sh" && sh -c "${count_killed//\/sys\/fs\/cgroup/$PWD/group}" )
}
[ "$(count 'memory.events=oom 4\noom_kill 3\noom_group_kill 1' memory.max=1073741824)" = '3 1073741824' ] || fail "version 2: $(cat group/*)"
[ "$(count 'memory/memory.oom_control=under_oom 0\noom_kill 2' memory/memory.limit_in_bytes=1048576)" = '2 1048576' ] || fail 'version 1'
[ "$(count 'memory/memory.oom_control=oom_kill 2' memory/memory.limit_in_bytes=9223372036854771712)" = "$(count)" ] || fail 'a host of version 1'
[[ $(count) =~ ^[0-9]+\ host$ ]] || fail "a host: $(count)"

# Final codes are final, also for a launcher that is started again; codes 2 and 4 for that of this host only.
for final in 2 3 4; do
  fresh $final 0
  analyze
  expect_code $final
  analyze
  expect_code $final
  expect_starts 1
  HOSTNAME=elsewhere analyze
  if [ $final = 3 ]; then expect_code 3; else expect_code 0; fi
done
for change in 'analyze --again' 'another_pod'; do
  fresh 2 0
  analyze
  another_pod() { LAPILLI_POD=another analyze; }
  $change
  analyze
  expect_code 0
  expect_starts 2
done

# What is refused without some of the hosts, perhaps for want of their memory, is not.
fresh 2 0
echo node2 >down
analyze --elastic --patience 0
expect_code 0
expect_starts 2

# Others are tried again, so many times.
fresh 1 137 0
analyze
expect_code 0
expect_starts 3
fresh 1 75 0
analyze --retries 1
expect_code 75
expect_starts 2
[ ! -e out/verdict ] || fail 'a failure that may heal left a verdict'
fresh 137
analyze --retries 0
expect_code 1
fresh 0 lies 0
analyze
analyze --again
expect_code 0
expect_starts 3

# Hosts that do not answer.
fresh 0
echo node2 >down
analyze --wait 1
expect_code 75
[ ! -e calls ] || fail 'started without all hosts'
expect_contains stderr "$err" 'no answer from node2'
"$launcher" --hostfile hosts --program bin/lapilli analyze rock.tif 2>.err &
pid=$!
sleep 0.5
kill -TERM "$pid"
expect_end 143 6

# Signals reach the ranks as SIGUSR1; whoever does not listen is ended.
for signal in TERM:143 INT:130; do
  fresh stays
  begin
  kill -"${signal%:*}" "$pid"
  expect_end "${signal#*:}" 2
  expect_contains calls "$(tail -n 1 calls)" USR1
  [ ! -e out/verdict ] || fail 'a stop left a verdict'
done
fresh deaf
begin --grace 1
kill -TERM "$pid"
expect_end 143 3
[ "$(tail -n 2 calls | tr '\n' ' ')" = 'USR1 TERM ' ] || fail "not USR1, then TERM: $(cat calls)"
fresh stubborn
begin --grace 1
kill -TERM "$pid"
expect_end 143 6
kill -0 "$(cat mpirun.pid)" 2>/dev/null && fail 'a stubborn mpirun is left'
fresh stays
begin
kill -KILL "$pid"
wait "$pid" 2>/dev/null
await '! kill -0 "$(cat mpirun.pid)"'

# An mpirun that hangs: a host that falls silent, or has no rank any more.
for fault in down idle; do
  fresh deaf 0
  begin --lost 2 --check 1
  sleep 3 # its ranks have been seen
  echo node2 >$fault
  await 'grep -q TERM calls'
  rm $fault
  expect_end 0 8
  expect_starts 2
  expect_contains stderr "$err" 'node2'
done
# A host that makes progress with the others is alive, however slow its ssh is.
fresh works 2
begin --lost 3 --check 1
echo node2 >down
expect_end 0 20
expect_starts 1

# --elastic goes on without a host, and takes it in again.
fresh stays 0
echo node1 >down
begin --elastic --patience 1 --check 1
expect_contains calls "$(cat calls)" '--expect-hosts 2'
rm down
expect_end 0 20
expect_starts 2
expect_contains calls "$(cat calls)" USR1
expect_contains calls "$(cat calls)" '--expect-hosts 3'

# Nonsense is refused with a sentence.
refused() { # part of the sentence, arguments
  sentence=$1
  shift
  run "$launcher" "$@"
  expect_code 2
  [ "$(wc -l <.err)" -eq 1 ] || fail "$ran: more or less than one line: $err"
  case $err in 'lapilli-launch: error: '*) ;; *) fail "$ran: says $err" ;; esac
  expect_contains stderr "$err" "$sentence"
}
printf 'node1 slots=0\n' >no_slots
printf '# nobody\n' >nobody
printf -- '-oProxyCommand=true slots=1\n' >option
refused 'no verb'
refused 'no verb' --elastic
refused '--elastc' --elastc analyze rock.tif
refused '--retries many' --retries many analyze rock.tif
refused '--check 0' --check 0 analyze rock.tif
refused '--wait -1' --wait -1 analyze rock.tif
refused 'needs a value' --hostfile
refused 'missing' --hostfile missing analyze rock.tif
refused 'no slots' --hostfile no_slots analyze rock.tif
for line in 'node1 slots=two' 'node1 slots=' 'node1 slots=2x' 'node1:2 slots=-1'; do
  printf '%s\n' "$line" >wrong_slots
  refused 'expected a whole number' --hostfile wrong_slots analyze rock.tif
done
for line in node1:two node1: :2 node1:2x; do
  printf '%s\n' "$line" >wrong_host
  refused 'not the name of a host' --hostfile wrong_host analyze rock.tif
done
printf 'node1:0\n' >no_slots_either
refused 'no slots' --hostfile no_slots_either analyze rock.tif
refused 'names no host' --hostfile nobody analyze rock.tif
refused 'not the name of a host' --hostfile option analyze rock.tif
run "$launcher" --help
expect_code 0
expect_contains stdout "$out" 'usage: lapilli-launch'
finish
