# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# A case file is the same as its flags, whoever starts the program.
. "$(dirname "$0")/lib.sh"

mkdir cases
"$LAPILLI" generate layers --size 24 --thickness 4 -o cases/rock.raw --ranks 1 >/dev/null || fail 'no image to test with'
cat >cases/rock.toml <<'END'
# every kind of value
image = "rock.raw"
shape = [24, 24, 24]
type = "u8"
voxel = "2um"
crop = ["0:20", ":", ":"]
conductivity = {0 = 1.0, 1 = 0.05}
axis = ["x", "z"]
boundary = "sealed"
accuracy = 1e-6
max-iterations = 100
out = "rock.lapilli"
END

flags='--shape 24x24x24 --type u8 --voxel 2um --crop 0:20,:,: --conductivity 0=1 --conductivity 1=0.05 --axis x,z
  --boundary sealed --accuracy 1e-6 --max-iterations 100'
run "$LAPILLI" analyze cases/rock.raw $flags --out flags.lapilli --ranks 1 --quiet
expect_code 0
result() { json "$1/result.json" result; }
for start in start_alone start_itself start_by_mpirun; do
  rm -rf rock.lapilli
  $start analyze cases/rock.toml --quiet
  expect_code 0
  [ "$(result rock.lapilli)" = "$(result flags.lapilli)" ] || fail "$ran: other numbers than with the flags"
done
[ "$(json rock.lapilli/result.json image voxel_size_m)" = 2e-06 ] || fail 'the voxel size of the case file is lost'
[ "$(json rock.lapilli/result.json image path)" = cases/rock.raw ] || fail 'the image is not beside the case file'

# Another verb, and flags that override.
run "$LAPILLI" diffusivity cases/rock.toml --axis z --out other.lapilli --json --ranks 2
expect_code 0
cmp -s .out other.lapilli/result.json || fail "$ran: what --json prints is not result.json"
case $(result other.lapilli) in *"'x': {'percolates': True, 'converged'"*) fail "$ran: solved x" ;; esac
[ "$(json other.lapilli/result.json result diffusivity z relative)" = \
  "$(json flags.lapilli/result.json result diffusivity z relative)" ] || fail "$ran: another number"
echo 'ranks = 2' >>cases/rock.toml
run "$LAPILLI" analyze cases/rock.toml --quiet
expect_code 0
[ "$(json rock.lapilli/result.json run ranks)" = 2 ] || fail 'ranks = 2 in the case file does not start two'

# What is wrong is said once, with its place.
refused() { # part of the sentence, text of the case file, flags
  sentence=$1
  printf '%b' "$2" >wrong.toml
  shift 2
  for start in start_alone start_itself start_by_mpirun; do
    $start analyze wrong.toml "$@"
    expect_refusal 2 "$sentence"
  done
}
good='image = "cases/rock.raw"\n'
refused 'wrong.toml:2:1: there is no key' "${good}voxle = '2um'\n"
refused 'did you mean voxel?' "${good}voxle = '2um'\n"
refused 'wrong.toml:2:9: voxel: the length' "${good}voxel = 2\n"
refused 'wrong.toml:2:8: json' "${good}json = 'yes'\n"
refused 'wrong.toml:3:8: this is not TOML' "${good}axis = 'x'\naxis = 'y'\n"
refused 'wrong.toml:2:' "${good}axis = [\n"
refused 'this is not TOML' '\0211HDF\r\n\0032\n\0\0377\0376'
refused 'IMAGE' ''
refused 'no option --axes' "$good" --axes x
for start in start_alone start_itself start_by_mpirun; do
  $start analyze missing.toml
  expect_refusal 2 'missing.toml'
done
mkdir folder.toml
run "$LAPILLI" analyze folder.toml --ranks 1
expect_refusal 2 'is a folder'
head -c 2000000 /dev/zero >large.toml
run "$LAPILLI" analyze large.toml --ranks 1
expect_refusal 2 'at most'
mkfifo pipe.toml
run "$LAPILLI" analyze pipe.toml --ranks 1
expect_refusal 2 'a pipe'

run "$LAPILLI" analyze --help
expect_contains stdout "$out" 'case file'
run "$LAPILLI" analyze missing.toml --help
expect_code 0
finish
