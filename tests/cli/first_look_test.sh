# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# What an image is, is said before anything is made of it: which label is the pore, grey values, exchanged axes, missing labels.
. "$(dirname "$0")/lib.sh"

python3 - <<'PY'
import random
random.seed(3)
n = (20, 24, 28)
balls = [[random.uniform(0, extent) for extent in n] for _ in range(45)]
def ball(z, y, x): return 1 if any((z - c) ** 2 + (y - b) ** 2 + (x - a) ** 2 < 14 for c, b, a in balls) else 0
grey = bytes(min(255, max(0, round(70 + 80 * ball(z, y, x) + random.gauss(0, 25)))) for z in range(n[0]) for y in range(n[1]) for x in range(n[2]))
labels = bytes(ball(z, y, x) for z in range(n[0]) for y in range(n[1]) for x in range(n[2]))
open('grey.raw', 'wb').write(grey)
open('labels.raw', 'wb').write(labels)
open('phases.raw', 'wb').write(bytes(v + (85 if v and i % 7 == 0 else 0) for i, v in enumerate(labels)))
open('solid.raw', 'wb').write(b'\1' * len(labels))
open('shifted.raw', 'wb').write(bytes(v + 1 for v in labels))
PY
raw='--shape 20x24x28 --type uint8'

# which label is the pore
for verb in porosity percolation; do
  start_alone $verb labels.raw $raw --quiet
  expect_code 0
  expect_contains stdout "$out" 'pores         label 0 ('
  expect_contains stdout "$out" ' %); solid: 1 ('
done
start_alone info labels.raw $raw --quiet
expect_contains stdout "$out" 'unless --pore names others; solid: 1 ('
start_alone diffusivity phases.raw $raw --conductivity 0=1 --conductivity 86=0,05 --axis X --quiet
expect_code 0
expect_contains stdout "$out" 'labels 0 ('
expect_contains stdout "$(tr -s ' \n' ' ' <.out)" 'conducts 0.05); solid: 1 ('

# a sample without pores is solid, whatever is outside
{ head -c 256 /dev/zero | tr '\0' '\1'; head -c 256 /dev/zero | tr '\0' '\377'; } >core.raw
start_alone porosity core.raw --shape 8x8x8 --type u8 --outside 255
expect_code 0
expect_contains stdout "$out" 'porosity      0.000000'
expect_contains stderr "$err" 'no voxel of core.raw has label 0'

# grey values: looked at with a warning, solved only if they are meant
for start in start_alone start_itself; do
  $start info grey.raw $raw
  expect_code 0
  expect_contains stdout "$out" 'threshold     '
  expect_contains stdout "$out" 'next          lapilli analyze '
  expect_contains stdout "$out" " grey.raw $raw --segment"
done
start_alone info labels.raw $raw
expect_contains stdout "$out" " labels.raw $raw"
case $out in *--segment*) fail "$ran: would segment labels: $out" ;; esac
for verb in info porosity percolation; do
  start_alone $verb grey.raw $raw
  expect_code 0
  expect_contains stderr "$err" 'look like grey levels'
  expect_contains stderr "$err" 'add --segment'
done
for verb in diffusivity permeability analyze; do
  start_alone $verb grey.raw $raw --out no
  expect_refusal 2 'add --segment'
done
[ ! -e no ] || fail 'a refused run left a folder behind'
start_alone porosity grey.raw $raw --pore 60,61
expect_code 0
case $err in *grey*) fail "$ran: doubts what was meant: $err" ;; esac
start_alone info labels.raw $raw
case $err in *grey*) fail "$ran: takes labels for grey values: $err" ;; esac

# exchanged axes
start_by_mpirun info labels.raw --shape 28x24x20 --type u8
expect_code 0
expect_contains stderr "$err" 'if the shape is 20x24x28 than with --shape 28x24x20'
[ "$(grep -c 'agree far better' .err)" = 1 ] || fail "$ran: not said once: $err"
start_alone info labels.raw $raw
case $err in *agree*) fail "$ran: doubts a right shape: $err" ;; esac

# a label that is not there: an answer of a part that is solid alone, and where the label was named
for arguments in "porosity solid.raw" "analyze solid.raw --pore 0 --out solid" "analyze shifted.raw --pore 0 --out shifted" \
  "diffusivity solid.raw --boundary periodic" "permeability solid.raw --boundary periodic"; do
  for start in start_alone start_itself; do
    $start $arguments $raw
    expect_code 0
    expect_contains stderr "$err" 'has label 0'
    expect_contains stdout "$out" 'porosity      0.000000'
    case $out in *nan*) fail "$ran: prints nan: $out" ;; esac
  done
done
for axis in x y z; do
  [ "$(json solid/result.json result diffusivity $axis relative)" = 0.0 ] || fail "$ran: D is not 0"
  [ "$(json solid/result.json summary permeability $axis value)" = 0.0 ] || fail "$ran: k is not 0"
done
for verb in porosity percolation diffusivity permeability; do
  start_alone $verb labels.raw $raw --pore 7
  expect_code 0
  expect_contains stderr "$err" 'has label 7, so nothing of it is pore by that; its labels are 0, 1'
  expect_contains stdout "$out" 'pores         label 7 (0 %)'
done
start_alone porosity solid.raw $raw
expect_contains stderr "$err" 'its only label is 1'
start_alone diffusivity labels.raw $raw --axis x --blocks 0 --pore 0 --json --quiet
plain=$out
for labels in '--pore 0,7' '--conductivity 0=1 --conductivity 7=0.5'; do # nothing else changes
  start_alone diffusivity labels.raw $raw --axis x --blocks 0 --json $labels
  expect_code 0
  expect_contains stderr "$err" 'has label 7'
  python3 -c 'import json, sys
a, b = (json.loads(text)["summary"]["diffusivity"]["x"]["value"] for text in sys.argv[1:])
assert abs(a / b - 1) < 1e-3, (a, b)' "$plain" "$out" || fail "$ran: another value"
done
start_alone porosity shifted.raw $raw
expect_refusal 2 'has label 0; its labels are 1, 2'
finish
