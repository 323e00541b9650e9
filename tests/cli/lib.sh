# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# For tests of the program as it is installed. LAPILLI is its path, MPIEXEC the launcher (default: mpirun); each test runs in an
# empty folder. A test says what it expects and goes on after a failure; the last line must be `finish`.
LAPILLI=${LAPILLI:?the path of the program}
MPIEXEC=${MPIEXEC:-mpirun}
failures=0

# The version of Open MPI. At 1 of 300 ends mpirun 4 prints a warning of its event library about itself; not with this variable.
# mpirun 5 prints a banner whenever the program ends with another code than 0, and no setting stops it; nobody sees it who lets
# the program start itself, but where a test calls mpirun, only the lines of the program count.
mpi=$("$MPIEXEC" --version | sed -n 's/.*(Open[^)]*) \([0-9]*\).*/\1/p') # mpiexec 4 says (OpenRTE)
mpi=${mpi:-0}
[ "$mpi" -eq 4 ] && export EVENT_NOEPOLL=1 # 5 has nothing but epoll

fail() {
  printf 'FAILED: %s\n' "$*"
  failures=$((failures + 1))
}

finish() {
  [ "$failures" -eq 0 ] || { printf '%s failed\n' "$failures"; exit 1; }
  exit 0
}

# Runs a command; its stdout, stderr and exit code are then in $out, $err and $code.
run() {
  ran="$*"
  "$@" >.out 2>.err </dev/null
  code=$?
  if [ "$1" = "$MPIEXEC" ] && [ "$mpi" -ge 5 ]; then sed -i '/^lapilli: /!d' .err; fi
  out=$(cat .out) err=$(cat .err)
}

# The installed program on one rank, on two of its own making, and under mpirun.
start_alone() { run "$LAPILLI" "$1" --ranks 1 "${@:2}"; }
start_itself() { run "$LAPILLI" "$1" --ranks 2 "${@:2}"; }
start_by_mpirun() { run "$MPIEXEC" -np 2 "$LAPILLI" "$@"; }

expect_code() {
  [ "$code" -eq "$1" ] || fail "$ran: exit code $code instead of $1; stderr: $err"
}

expect_contains() { # what, text, part
  case $2 in *"$3"*) ;; *) fail "$ran: no '$3' in its $1: $2" ;; esac
}

# What a file of stderr has besides progress, of which a run on a busy machine tells every 10 s.
said() { # FILE, which may have names in it that are no text
  LC_ALL=C grep -aEv '^(read|percolation|the image, then .*|.*--blocks 0 leaves .* out|(diffusivity|permeability)[a-z0-9, ]*)(  iteration [0-9]+  .*)?$' "$1"
}
expect_silence() {
  [ -z "$(said .err)" ] || fail "$ran: says $(said .err)"
}

# Exit code, exactly one line on stderr that says what is wrong, and nothing on stdout.
expect_refusal() { # code, part of the sentence
  expect_code "$1"
  err=$(said .err)
  [ "$(said .err | wc -l)" -eq 1 ] || fail "$ran: more or less than one line on stderr: $err"
  case $err in 'lapilli: error: '*) ;; *) fail "$ran: not an error of lapilli: $err" ;; esac
  expect_contains stderr "$err" "$2"
  [ ! -s .out ] || fail "$ran: printed $out"
}

# That the program refuses something as wrong input: part of the sentence, arguments.
refuse() {
  local expected=$1
  shift
  run "$LAPILLI" "$@"
  expect_refusal 2 "$expected"
}

# A field of the JSON object in a file, by its path: json result.json image shape 0
json() {
  python3 -c 'import json, sys
value = json.load(open(sys.argv[1]))
for key in sys.argv[2:]: value = value[int(key) if isinstance(value, list) else key]
print(value)' "$@"
}
