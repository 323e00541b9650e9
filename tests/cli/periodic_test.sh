# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# A periodic image has a tensor, and percolation means to wind around it.
. "$(dirname "$0")/lib.sh"

check() { # what, expected, actual
  [ "$2" = "$3" ] || fail "$ran: $1 is $3 instead of $2"
}

run "$LAPILLI" generate spheres --size 40 --porosity 0.4 --seed 1 -o rock.tif --ranks 1
expect_code 0
start_by_mpirun diffusivity rock.tif --boundary periodic --json
expect_code 0
cp .out two.json
start_alone diffusivity rock.tif --boundary periodic --axis all --json
expect_code 0
cp .out one.json
tensor() { json "$1" result diffusivity tensor; }
check 'the tensor on two ranks' "$(tensor one.json)" "$(tensor two.json)"
python3 - one.json <<'E2' || fail "$ran: the tensor, its principal axes or its solves are not what they should be"
import json, math, sys
result = json.load(open(sys.argv[1]))['result']
d = result['diffusivity']
t, values, directions = d['tensor'], d['principal']['values'], d['principal']['directions']
assert d['boundary'] == result['percolation']['boundary'] == result['porosity']['boundary'] == 'periodic'
assert d['percolates'] is True and d['converged'] is True
assert all(t[i][j] == t[j][i] for i in range(3) for j in range(3)) and abs(t[0][1]) > 1e-4
assert values == sorted(values, reverse=True) and math.isclose(sum(values), sum(t[i][i] for i in range(3)), rel_tol=1e-12)
for value, direction in zip(values, directions):
    for i in range(3):
        assert math.isclose(sum(t[i][j] * direction[j] for j in range(3)), value * direction[i], abs_tol=1e-9)
for i, axis in enumerate('xyz'):
    assert math.isclose(d['formation_factor'][axis], 1 / t[i][i], rel_tol=1e-12)
    assert math.isclose(d['tortuosity'][axis], result['porosity']['total'] / t[i][i], rel_tol=1e-12)
    solve = d['solves'][axis]
    assert solve['converged'] and solve['iterations'] > 0 and 0 < solve['solver_error_estimate'] <= 1e-4
    assert axis not in d
assert d['effective_tensor'] == t
E2

run "$LAPILLI" analyze rock.tif --boundary periodic --out rock.lapilli --quiet --ranks 1
expect_code 0
for part in 'principal D/D0' 'boundary periodic' 'tortuosity'; do expect_contains stdout "$out" "$part"; done
check 'the tensor of analyze' "$(tensor one.json)" "$(tensor rock.lapilli/result.json)"

# a slit between walls across z: nothing winds around z
run python3 -c "open('slit.raw', 'wb').write(bytes([1]) * 60 + bytes(240))"
raw='--shape 5x6x10 --type u8'
start_alone diffusivity slit.raw $raw --boundary periodic --json
expect_code 0
cp .out slit.json
expect_contains stderr "$err" 'along axis z'
check 'the tensor of a slit' '[[0.8, 0.0, 0.0], [0.0, 0.8, 0.0], [0.0, 0.0, 0.0]]' "$(tensor slit.json)"
check 'percolation along z' False "$(json slit.json result diffusivity solves z percolates)"
check 'the formation factor along z' None "$(json slit.json result diffusivity formation_factor z)"
check 'the connected porosity along z' 0.0 "$(json slit.json result porosity connected z)"

# a block with walls all round: it touches nothing, and the answer is zero
run python3 -c "open('box.raw', 'wb').write(bytes(any(c in (0, 4) for c in (i % 5, i // 5 % 5, i // 25)) for i in range(125)))"
start_itself diffusivity box.raw --shape 5x5x5 --type u8 --boundary periodic --json
expect_code 0
cp .out box.json
check 'the tensor of a box' '[[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]' "$(tensor box.json)"
check 'percolation of a box' False "$(json box.json result diffusivity percolates)"

# connectivity alone: a rod from face to face of x whose ends lie side by side percolates sealed, but does not wind
run python3 -c "open('rod.raw', 'wb').write(bytes(0 if z == 1 and (y == 1 if x < 3 else y == 3 if x > 3 else 1 <= y <= 3) else 1 for z in range(4) for y in range(6) for x in range(8)))"
rod='rod.raw --shape 4x6x8 --type u8 --json --quiet'
for verb in porosity percolation; do
  start_alone $verb $rod
  cp .out sealed.json
  start_alone $verb $rod --boundary periodic
  cp .out periodic.json
  check "$verb between faces" True "$(json sealed.json result percolation x percolates)"
  check "$verb round the image" False "$(json periodic.json result percolation x percolates)"
  check "$verb: its boundary" periodic "$(json periodic.json result percolation boundary)"
done

for start in start_alone start_itself start_by_mpirun; do
  $start diffusivity rock.tif --boundary periodic --axis x
  expect_refusal 2 'leave --axis out'
  $start percolation rock.tif --boundary open
  expect_refusal 2 'expected sealed or periodic'
done
finish
