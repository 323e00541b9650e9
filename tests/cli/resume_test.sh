# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# A run that was killed or stopped goes on where it was, on any number of ranks, and its results are those of an undisturbed
# one; what is not its own it refuses.
. "$(dirname "$0")/lib.sh"

"$LAPILLI" generate blobs --size 56 --porosity 0.45 --seed 1 -o rock.tif >/dev/null || fail 'no image to test with'
options='rock.tif --voxel 2um --accuracy 1e-9 --blocks 0 --checkpoint-every 0s'

events() { # of checkpoints in a folder, so far
  n=$(grep -cs '"event":"checkpoint"' "$1/progress.jsonl")
  echo "${n:-0}"
}

# Starts a run in the background and waits until it has written so many checkpoints: $pid.
start_until() { # folder, checkpoints, arguments
  before=$(events "$1")
  set -m # as from a terminal: a shell in a script would have it ignore SIGINT
  "$LAPILLI" analyze $options --out "$1" "${@:3}" >.background.out 2>.background.err &
  pid=$!
  set +m
  for _ in $(seq 3000); do
    [ "$(events "$1")" -ge $((before + $2)) ] && return
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.02
  done
  fail "$* wrote no $2 checkpoints: $(cat .background.err)"
}

below() { # all processes that a process has started
  for child in $(pgrep -P "$1"); do echo "$child"; below "$child"; done
}

kill_run() {
  all="$pid $(below "$pid")" # those who watch first, or they still say who was killed
  kill -9 $all 2>/dev/null
  wait "$pid" 2>/dev/null
}

same_results() { # folder, what was done
  python3 - "$1" <<'END' || fail "$2: other results than an undisturbed run"
import json, sys
mine, truth = (json.load(open(f + "/result.json")) for f in (sys.argv[1], "undisturbed"))
sys.exit(any(json.dumps(mine[key]) != json.dumps(truth[key]) for key in ("image", "result", "warnings")))
END
}

expect_clean() { # folder: nothing is left of a run that is done
  [ ! -e "$1/checkpoint" ] && [ ! -e "$1/journal.jsonl" ] || fail "$1: $(ls "$1" "$1/checkpoint") is left"
  [ -z "$(find "$1" -name '*.tmp-*')" ] || fail "$1: $(find "$1" -name '*.tmp-*') is half written"
}

run "$LAPILLI" analyze $options --out undisturbed --ranks 2
expect_code 0
expect_clean undisturbed
[ "$(json undisturbed/result.json run resumed_from)" = None ] || fail 'an undisturbed run came from somewhere'
run "$LAPILLI" analyze $options --out plain --ranks 1 --checkpoint-every 1h # an option given twice
expect_code 2
run "$LAPILLI" analyze ${options% --checkpoint*} --out plain --ranks 1
expect_code 0
same_results plain 'without checkpoints'

# Killed three times, on other numbers of ranks each.
start_until killed 2 --ranks 1
kill_run
start_until killed 3 --ranks 3
kill_run
start_until killed 5 --ranks 2
kill_run
[ -z "$(find killed -name 'result.json')" ] || fail 'a killed run has a result'
cp -r killed kept
run "$LAPILLI" analyze $options --out killed --ranks 1
expect_code 0
same_results killed 'killed three times'
expect_clean killed
[ "$(json killed/result.json run resumed_from journal_steps)" -ge 1 ] || fail 'no finished step was taken over'
json killed/result.json run resumed_from iteration >/dev/null || fail 'resumed from nowhere'

# Fields and tensors need the fields of all axes: those that are finished are kept until the end.
options_before=$options
options='rock.tif --voxel 2um --boundary periodic --fields --blocks 0 --checkpoint-every 0s'
run "$LAPILLI" analyze $options --out fields --ranks 2
expect_code 0
mv fields undisturbed_fields
start_until fields 8 --ranks 2
kill_run
ls fields/checkpoint | grep -q '_x.h5' || fail "no field of a finished axis is kept, but $(ls fields/checkpoint)"
run "$LAPILLI" analyze $options --out fields --ranks 2 # the same command: it stands in the file
expect_code 0
cmp fields/fields.h5 undisturbed_fields/fields.h5 || fail 'other fields'
python3 - <<'END' || fail 'another tensor'
import json, sys
a, b = (json.load(open(f + "/result.json"))["result"] for f in ("fields", "undisturbed_fields"))
sys.exit(json.dumps(a) != json.dumps(b))
END
expect_clean fields
options=$options_before

# What is not the same run is refused, and nothing is touched.
state() { (cd "$1" && find . -type f ! -name progress.jsonl -exec cksum {} + | sort); }
before=$(state kept)
run "$LAPILLI" analyze ${options/1e-9/1e-8} --out kept --ranks 1
expect_refusal 2 'accuracy is 1e-09 there and 1e-08 here'
run "$LAPILLI" percolation rock.tif --voxel 2um --out kept --ranks 2
expect_refusal 2 'diffusivity is true there and false here'
run "$LAPILLI" info rock.tif --out kept --ranks 1
expect_refusal 2 'the unfinished run in kept is another one'
run "$LAPILLI" analyze $options --out kept --boundary periodic --ranks 2
expect_refusal 2 'boundary is "sealed" there and "periodic" here'
"$LAPILLI" generate blobs --size 48 --porosity 0.45 --seed 2 -o other.tif >/dev/null
run "$LAPILLI" analyze ${options/rock/other} --out kept --ranks 1
expect_refusal 2 'image is "xxh3:'
[ "$(state kept)" = "$before" ] || fail 'a refusal changed something'

# Damaged checkpoints: the older one is used, with a warning; then the step begins again.
newest() { ls kept/checkpoint | sort -t- -k1,1nr -k2,2nr | grep -E '^[0-9]+-[0-9]+\.h5$' | sed -n "$1p"; }
first=$(newest 1) second=$(newest 2)
cp -r kept damaged
truncate -s 1000 "kept/checkpoint/$first"
cp -r kept older
run "$LAPILLI" analyze $options --out older --ranks 2
expect_code 0
expect_contains stderr "$err" "warning: older/checkpoint/$first is damaged"
same_results older 'the older checkpoint'
cp -r damaged numbers
for file in "numbers/checkpoint/$first" "numbers/checkpoint/$second"; do
  printf 'not the numbers' | dd of="$file" conv=notrunc bs=1 seek=$(($(stat -c %s "$file") / 2)) 2>/dev/null
done
run "$LAPILLI" analyze $options --out numbers --ranks 2
expect_code 0
expect_contains stderr "$err" "warning: numbers/checkpoint/$first is damaged: cells is not what was written"
same_results numbers 'other numbers in both checkpoints'
cp -r damaged forgotten
rm forgotten/journal.jsonl # then the steps before that of the checkpoints come again, which replace them
run "$LAPILLI" analyze $options --out forgotten --ranks 2
expect_code 0
expect_silence
same_results forgotten 'no journal'
rm -r kept/checkpoint/"$second"
printf x | dd of="kept/checkpoint/$first" conv=notrunc bs=1 seek=5 2>/dev/null
: >kept/checkpoint/1-1000.h5
run "$LAPILLI" analyze $options --out kept --ranks 1
expect_code 0
expect_contains stderr "$err" '1-1000.h5 is empty, but a checkpoint is expected'
same_results kept 'no checkpoint that is whole'
run "$LAPILLI" analyze ${options/1e-9/1e-2} --out damaged --resume never --ranks 1
expect_code 0
[ "$(json damaged/result.json run resumed_from)" = None ] || fail '--resume never resumed'
expect_clean damaged

# Asked to stop, a run writes a last checkpoint if there is time, and says so.
for case in TERM:143:1 INT:130:2 TERM:143:2 USR1:143:1; do
  IFS=: read -r signal expected ranks <<<"$case"
  start_until "stopped$signal$ranks" 1 --ranks "$ranks"
  kill -"$signal" "$pid"
  wait "$pid"
  code=$?
  [ "$code" -eq "$expected" ] || fail "SIG$signal on $ranks ranks: exit code $code; $(cat .background.err)"
  grep -q '^lapilli: stopped: on request; in ' .background.err || fail "SIG$signal: says $(cat .background.err)"
  [ ! -e "stopped$signal$ranks/result.json" ] || fail "SIG$signal: a result"
  run "$LAPILLI" analyze $options --out "stopped$signal$ranks" --ranks 2
  expect_code 0
  same_results "stopped$signal$ranks" "SIG$signal"
done

# Two at once: the older one finds that it is shut out, and ends without touching anything.
start_until shared 1 --ranks 1
run "$LAPILLI" analyze $options --out shared --ranks 1
expect_code 0
wait "$pid"
code=$?
[ "$code" -eq 4 ] || fail "a run that was shut out: exit code $code; $(cat .background.err)"
grep -q '^lapilli: error: another run works in shared' .background.err || fail "says $(cat .background.err)"
same_results shared 'two at once'
expect_clean shared

# A folder that is removed takes its checkpoints along, but not the numbers.
start_until removed 1 --ranks 1
rm -rf removed
wait "$pid"
code=$?
[ "$code" -eq 2 ] || fail "a removed folder: exit code $code; $(cat .background.err)"
grep -q '^lapilli: error: cannot write removed/result.json: ' .background.err || fail "says $(cat .background.err)"
grep -q '^x *yes' .background.out || fail 'the results are lost with the folder'

# Several runs of one process at once do not disturb each other.
for i in 1 2 3 4; do
  "$LAPILLI" analyze $options --axis x --out "beside$i" --ranks 1 --quiet >/dev/null 2>".err$i" &
done
wait
[ -z "$(cat .err[1-4])" ] || fail "runs side by side say $(cat .err[1-4])"

# Where the common file cannot be written: said once, each rank has a file of its own from then on, and any number of ranks goes
# on from these. The ranks may write files that hold the part of a rank, but not the whole, of a flow, which is the largest.
sizes() { sed -n 's/.*"event":"checkpoint","property":"permeability".*"bytes":\([0-9]*\).*/\1/p' apart/progress.jsonl; }
start_until apart 1 --ranks 2
until [ -n "$(sizes)" ] || ! kill -0 "$pid" 2>/dev/null; do sleep 0.02; done
whole=$(sizes | sed -n 1p)
for process in $(below "$pid"); do prlimit --pid "$process" --fsize=$((whole * 3 / 4)): 2>/dev/null; done
goes_on_from_newest() { # folder: the step of the newest checkpoint is not finished
  step=$(sed -n 's/.*"event":"checkpoint","property":"\([^"]*\)","axis":"\(.\)".*/\1 \2/p' "$1/progress.jsonl" | tail -n 1)
  ! grep -qF "\"step\":\"$step\"" "$1/journal.jsonl"
}
for _ in $(seq 3000); do # until a checkpoint of that kind is whole, since the next one has begun
  kill -STOP $(below "$pid") 2>/dev/null || break
  [ "$(ls apart/checkpoint | grep -c '\.rank0$')" -ge 2 ] && goes_on_from_newest apart && break
  kill -CONT $(below "$pid")
  sleep 0.02
done
kill_run
said .background.err | grep -q '^lapilli: warning: cannot write apart/checkpoint/.*: File too large; .* into a file of its own$' ||
  fail "a file system that refuses: says $(cat .background.err)"
[ "$(said .background.err | wc -l)" -eq 1 ] || fail "a file system that refuses: says $(cat .background.err)"
for ranks in 1 3; do
  cp -r apart "apart$ranks"
  run "$LAPILLI" analyze $options --out "apart$ranks" --ranks $ranks
  expect_code 0
  expect_silence
  same_results "apart$ranks" "files of two ranks, on $ranks"
  from=$(json "apart$ranks/result.json" run resumed_from checkpoint)
  [ -e "apart/checkpoint/$from.rank1" ] || fail "resumed from $from instead of files of ranks"
  expect_clean "apart$ranks"
done

# A disk without room for checkpoints: said once, and the run goes on.
if mkdir small && mount -t tmpfs -o size=1100k none small 2>/dev/null; then
  run "$LAPILLI" analyze $options --out small/out --ranks 2
  expect_code 0
  [ "$(grep -c 'No space left on device.*goes on without checkpoints' .err)" -eq 1 ] || fail "a full disk: says $err"
  same_results small/out 'a full disk'
  # One that fills up: the run comes to its end, and what it cannot write it shows.
  mount -o remount,size=64m small
  start_until small/filled 1 --ranks 1
  dd if=/dev/zero of=small/rest bs=64k 2>/dev/null
  wait "$pid"
  code=$?
  [ "$code" -eq 1 ] || fail "a disk that fills up: exit code $code; $(cat .background.err)"
  grep -q '^lapilli: error: cannot write small/filled/result.json: No space' .background.err || fail "says $(cat .background.err)"
  grep -q '^x *yes' .background.out || fail 'a disk that fills up takes the results along'
  rm small/rest
  run "$LAPILLI" analyze $options --out small/filled --ranks 2
  expect_code 0
  same_results small/filled 'a disk that was full'
  umount small
fi
finish
