# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Where ranks cannot be started, the program says why in one sentence, or does the work on one rank with a warning; it never hangs.
# What needs root is left out without it.
. "$(dirname "$0")/lib.sh"

"$LAPILLI" generate spheres --size 24 --porosity 0.4 --seed 1 -o rock.tif --ranks 1 >/dev/null || fail 'no image to test with'
"$LAPILLI" porosity "$PWD/rock.tif" --voxel 2um --ranks 1 >answer 2>/dev/null || fail 'no answer to compare with'
here=$PWD

# The verb on so many ranks, by the commands of a shell before it.
under() { # RANKS, SHELL COMMANDS
  run timeout -k 1 30 bash -c "$2; exec \"\$LAPILLI\" porosity '$here/rock.tif' --voxel 2um --ranks $1"
}
expect_answer() {
  expect_code 0
  cmp -s .out answer || fail "$ran: another answer: $out"
}
expect_warning() { # part of the sentence
  expect_answer
  expect_contains stderr "$err" "lapilli: warning: "
  expect_contains stderr "$err" "$1"
  [ "$(said .err | wc -l)" -eq 1 ] || fail "$ran: more or less than one line: $err"
}
export LAPILLI

# Runs of one rank that begin and end beside each other do not meet.
many() { # NUMBER
  for _ in $(seq 25); do
    "$LAPILLI" porosity "$here/rock.tif" --voxel 2um --ranks 1 >many.$1 2>&1 && cmp -s many.$1 answer || head -n 3 many.$1 >>disturbed
  done
}
for n in 1 2 3 4 5 6; do many $n & done
wait
[ ! -e disturbed ] || fail "runs of one rank disturb each other: $(cat disturbed)"

# Limits of this process.
under 2 'ulimit -n 30'
expect_refusal 2 'only 30 files here (ulimit -n)'
expect_contains stderr "$err" '--ranks 1'
under 1 'ulimit -n 30'
expect_answer
expect_silence
under 2 'ulimit -Sn 30' # it raises what it may raise
expect_answer
expect_silence
under 2 'ulimit -v 300000'
expect_refusal 2 '300000 kB of address space here (ulimit -v)'
for ranks in 1 2; do
  under $ranks 'ulimit -n 10'
  expect_refusal 2 'only 10 files here (ulimit -n)'
  under $ranks 'ulimit -v 100000'
  expect_refusal 2 '100000 kB of address space here (ulimit -v)'
done

# Folders for temporary files.
under 2 "export TMPDIR='$here/missing'"
expect_warning "TMPDIR=$here/missing does not exist, so temporary files go to "
under 2 "export TMPDIR='$here/rock.tif'"
expect_warning 'is not a folder'
long=$here/$(printf 'a%.0s' {1..90})/$(printf 'b%.0s' {1..90})
mkdir -p "$long" 'two words'
for folder in "$long" "$here/two words"; do
  under 2 "export TMPDIR='$folder'"
  expect_answer
  expect_silence
done

# No home; an mpirun that does not start.
under 2 'unset HOME'
expect_answer
expect_silence
under 2 'export PMIX_MCA_gds=nonsense'
expect_refusal 1 'mpirun ended before any of 2 ranks had started'
expect_contains stderr "$err" '--ranks 1'

# Ctrl-Z stops all processes, and fg goes on.
states() { # of the program, mpirun and the ranks
  for process in "$pid" $(pgrep -P "$pid") $(for launcher in $(pgrep -P "$pid"); do pgrep -P "$launcher"; done); do
    sed -n 's/^State:[[:space:]]*\(.\).*/\1/p' "/proc/$process/status" 2>/dev/null
  done | tr -d '\n'
}
expect_states() { # pattern, what was done
  for _ in $(seq 200); do
    case $(states) in $1) return ;; esac
    sleep 0.05
  done
  fail "$2: the states of the four processes are $(states)"
}
"$LAPILLI" generate blobs --size 160 --porosity 0.5 --seed 1 -o large.tif --ranks 1 >/dev/null || fail 'no image to test with'
set -m # as from a terminal
"$LAPILLI" diffusivity large.tif --accuracy 1e-300 --max-iterations 100000000 --ranks 2 >.out 2>.err &
pid=$!
set +m
expect_states '[!T][!T][!T][!T]' start
kill -TSTP "$pid"
expect_states TTTT Ctrl-Z
kill -CONT "$pid"
expect_states '[!T][!T][!T][!T]' fg
kill -INT "$pid"
wait "$pid"
code=$?
[ "$code" -eq 130 ] || fail "stopped and continued: exit code $code instead of 130"
[ -z "$(said .err)" ] || fail "stopped and continued: says $(said .err)"

# What only root can make: in namespaces of its own.
[ "$(id -u)" -eq 0 ] && unshare -mu true 2>/dev/null || { echo 'no root, or no namespaces: the rest is left out' && finish; }
apart() { # RANKS, SHELL COMMANDS
  run timeout -k 1 30 unshare -mu bash -c "$2; exec \"\$LAPILLI\" porosity '$here/rock.tif' --voxel 2um --ranks $1"
}
mkdir small
small() { printf "mount -t tmpfs -o %s none '%s'" "$1" "$2"; }
for ranks in 1 2; do
  apart $ranks "$(small ro small); export TMPDIR='$here/small'"
  expect_warning "TMPDIR=$here/small is read-only"
done
apart 2 "$(small size=100k small); export TMPDIR='$here/small'"
expect_warning "TMPDIR=$here/small is full"
apart 2 "$(small size=100k /dev/shm)"
expect_answer
expect_silence
apart 2 'hostname no-such-host.invalid'
expect_answer
expect_silence
case $here$LAPILLI in # not for those that live in them
  */tmp/* | */dev/shm/*) ;;
  *)
    all="$(small ro /tmp); $(small ro /var/tmp); $(small ro /dev/shm); unset TMPDIR TEMP TMP"
    for ranks in 1 2; do
      apart $ranks "$all"
      expect_refusal 2 'there is no folder for temporary files: /tmp is read-only, /var/tmp is read-only'
    done
    ;;
esac
chmod -R a+rX . 2>/dev/null
if setpriv --reuid 54321 --clear-groups test -x "$LAPILLI" -a -r "$here/rock.tif" 2>/dev/null; then
  run timeout -k 1 30 setpriv --reuid 54321 --clear-groups env -u HOME "$LAPILLI" porosity "$here/rock.tif" --voxel 2um --ranks 2
  expect_answer
  expect_silence
fi
finish
