# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Sweeps: each case has the results that it has alone, what is done is not done again, and what fails does not stop the rest.
. "$(dirname "$0")/lib.sh"

"$LAPILLI" generate spheres --size 24 --porosity 0.5 --seed 1 -o 'my rock.tif' --ranks 1 >/dev/null || fail 'no image to test with'
"$LAPILLI" generate spheres --size 24 --porosity 0.5 --seed 2 -o other.tif --ranks 1 >/dev/null || fail 'no image to test with'
python3 -c 'import random; random.seed(1); open("grey.raw", "wb").write(bytes(random.choice(b"\x14\x1e\x28\x32\xc8") for _ in range(8000)))'
sweep() { run "$LAPILLI" sweep "$@"; }
grey=(porosity grey.raw --shape 20x20x20 --type u8 --quiet)
solve=(diffusivity 'my rock.tif' --axis x --blocks 0 --quiet)
same() { # folders
  run "$LAPILLI" compare --bits "$1" "$2"
  expect_code 0
}

# What would be run: one line each, as it can be typed.
sweep "${grey[@]}" --vary threshold=25:45:10 --vary boundary=sealed,periodic --list
expect_code 0
[ "$(wc -l <.out)" -eq 7 ] || fail "$ran: not a head and six cases: $out"
expect_contains stdout "$out" 'lapilli porosity grey.raw --shape 20x20x20 --type u8 --quiet --threshold 25 --boundary periodic --out sweep/threshold=25,boundary=periodic'
[ ! -e sweep ] || fail "$ran: made a folder"

# Thresholds: a folder each, one table with what varies first, and nothing done twice.
sweep "${grey[@]}" --vary threshold=25:45:10 -o th --ranks 1
expect_code 0
expect_silence
expect_contains stdout "$out" '3 of 3  threshold=45'
expect_contains stdout "$out" 'table in th/sweep.csv'
python3 - <<'END' || fail "$ran: another table: $(cat th/sweep.csv)"
import csv
rows = list(csv.DictReader(open('th/sweep.csv', newline='')))
assert list(rows[0])[:3] == ['threshold', 'result_path', 'converged'], list(rows[0])[:3]
assert [row['threshold'] for row in rows] == ['25', '35', '45']
data = open('grey.raw', 'rb').read()
for row in rows:
    assert row['result_path'] == f"th/threshold={row['threshold']}/result.json"
    assert float(row['porosity']) == sum(value < int(row['threshold']) for value in data) / 8000
END
run "$LAPILLI" porosity grey.raw --shape 20x20x20 --type u8 --quiet --pore 0:35 --out alone --ranks 1
same alone th/threshold=35
expected=$(cat th/sweep.csv)
cp th/threshold=35/result.json kept.json
sweep "${grey[@]}" --vary threshold=45,35,35,25 -o th --ranks 1
expect_code 0
[ "$(grep -c 'was there already' .out)" -eq 3 ] || fail "$ran: was done again, or twice: $out"
cmp kept.json th/threshold=35/result.json || fail "$ran: wrote a result again"
sweep "${grey[@]}" --vary threshold=25:45:10 -o th --ranks 1
[ "$(cat th/sweep.csv)" = "$expected" ] || fail "$ran: another table"
[ "$(json th/threshold=25/result.json run command)" = 'lapilli porosity grey.raw --shape 20x20x20 --type u8 --quiet --threshold 25 --out th/threshold=25' ] ||
  fail "another command is recorded: $(json th/threshold=25/result.json run command)"

# Images by a pattern that no shell has seen, a case file, conductivities; the bits of each case are those that it has alone.
mkdir scans && cp 'my rock.tif' other.tif scans/
printf 'image = "scans/*.tif"\naxis = "x"\nblocks = 0\nquiet = true\nconductivity = {0 = 1.0}\nvary = {"conductivity=1" = [0.1, 0.5]}\n' >case.toml
sweep diffusivity case.toml -o im --ranks 2
expect_code 0
[ "$(ls -d im/*/ | xargs -d '\n')" = 'im/my rock,conductivity=1=0.1/ im/my rock,conductivity=1=0.5/ im/other,conductivity=1=0.1/ im/other,conductivity=1=0.5/' ] ||
  fail "$ran: other folders: $(ls im)"
expect_contains head "$(sed -n 1p im/sweep.csv)" 'image,conductivity=1,result_path,'
run "$LAPILLI" diffusivity 'my rock.tif' --axis x --blocks 0 --quiet --conductivity 0=1 --conductivity 1=0.5 --out alone2 --ranks 1
same alone2 'im/my rock,conductivity=1=0.5'

# A case alone, by its index: all of them are the whole sweep.
sweep "${solve[@]}" --vary accuracy=1e-2,1e-5 -o whole --ranks 1
expect_code 0
for index in 0 1; do
  sweep "${solve[@]}" --vary accuracy=1e-2,1e-5 -o parts --ranks 1 --index $index
  expect_code 0
done
[ ! -e parts/sweep.csv ] || fail 'a case alone writes the table of all'
for name in 'accuracy=1e-2' 'accuracy=1e-5'; do same "whole/$name" "parts/$name"; done
sweep "${solve[@]}" --vary accuracy=1e-2,1e-5 -o parts --ranks 1
expect_code 0
[ "$(grep -c 'was there already' .out)" -eq 2 ] || fail "$ran: was done again: $out"
diff <(sed 's/parts/whole/' parts/sweep.csv) whole/sweep.csv || fail 'another table of the cases by index'

# What fails is listed, and does not stop the rest; a folder with other results is no place.
mkdir -p bad/crop=0-12,-,- && cp whole/accuracy=1e-2/result.json bad/crop=0-12,-,-/
crops=(--vary crop=0:99,:,: --vary crop=0:12,:,: --vary crop=0:16,:,:)
sweep "${solve[@]}" "${crops[@]}" -o bad --ranks 1
expect_code 2
[ "$(said .err | grep -c '^lapilli: warning: crop=')" -eq 2 ] || fail "$ran: not two failures: $err"
for part in 'crop=0-99,-,-: --crop asks for 0:99' 'has the results of something else' 'error: 2 of 3 cases failed'; do
  expect_contains stderr "$err" "$part"
done
[ "$(wc -l <bad/sweep.csv)" -eq 2 ] || fail "$ran: not one result: $(cat bad/sweep.csv)"
sweep "${solve[@]}" "${crops[@]}" -o bad --ranks 1 --index 0
expect_code 2
expect_contains stderr "$err" 'lapilli: error: --crop asks for 0:99'
sweep "${solve[@]}" --vary max-iterations=1,400 --accuracy 1e-6 -o few --ranks 1
expect_code 3
expect_contains stderr "$err" 'max-iterations=1: has not converged'
[ "$(grep -c ',false,' few/sweep.csv)" -ge 1 ] || fail "$ran: not flagged in the table"

# Ctrl-C in the middle; the same command goes on.
"$LAPILLI" generate blobs --size 64 --porosity 0.5 --seed 1 -o blobs.tif --ranks 1 >/dev/null
long=(sweep permeability blobs.tif --axis x --blocks 0 --vary accuracy=1e-1,1e-10 --checkpoint-every 0s -o long --ranks 1)
set -m
"$LAPILLI" "${long[@]}" >.out 2>.err &
set +m
for _ in $(seq 400); do
  grep -qs '"iteration"' long/accuracy=1e-10/progress.jsonl && break
  sleep 0.02
done
kill -INT $!
wait $!
code=$? ran=${long[*]}
expect_code 130
[ -e long/accuracy=1e-1/result.json ] && [ ! -e long/accuracy=1e-10/result.json ] || fail "stopped elsewhere: $(ls long/*)"
run "$LAPILLI" "${long[@]}"
expect_code 0
[ "$(grep -c 'was there already' .out)" -eq 1 ] || fail "$ran: $out"
run "$LAPILLI" permeability blobs.tif --axis x --blocks 0 --accuracy 1e-10 --out straight --ranks 1 --quiet
same straight long/accuracy=1e-10

# Wrong use.
refused() { # part of the sentence, arguments
  sweep "${@:2}"
  expect_refusal 2 "$1"
}
refused 'needs a verb'
refused 'did you mean analyze?' analize other.tif
refused 'no IMAGE is given' porosity --vary crop=:,:,:
refused 'no file fits' porosity 'nothing/*.tif' --ranks 1
refused 'did you mean threshold?' porosity other.tif --vary treshold=1
refused "'quiet' cannot vary" porosity other.tif --vary quiet=true
refused 'is not KEY=VALUES' porosity other.tif --vary threshold
refused 'is no range' porosity other.tif --vary threshold=9:1:1
refused 'threshold=0: --threshold' porosity other.tif --vary threshold=0,1 -o never --ranks 1
refused '--pore and --threshold both' porosity other.tif --pore 0 --vary threshold=1 --ranks 1
refused 'is too large for 2 cases' porosity other.tif --vary threshold=1,2 --index 2 --ranks 1
refused 'has no option --plan' diffusivity other.tif --plan
refused 'more than 10000 values' porosity other.tif --vary threshold=1:4000:0.01
[ ! -e never ] || fail 'a refused sweep left a folder'
mkdir foreign && echo mine >foreign/sweep.csv
refused 'was not written by lapilli' porosity other.tif -o foreign --ranks 1
finish
