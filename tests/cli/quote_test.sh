# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# The number to quote comes first, in the table and in result.json, and everything fits the terminal.
. "$(dirname "$0")/lib.sh"

"$LAPILLI" generate spheres --size 40 --porosity 0.4 --seed 1 -o rock.tif --ranks 1 >/dev/null || fail 'no image to test with'

widest() { python3 -c 'import sys; print(max(len(line) for line in open(sys.argv[1], encoding="utf-8").read().split("\n")))' "$1"; }

start_alone analyze rock.tif --voxel 2um --out a
expect_code 0
cp .out table
[ "$(widest table)" -le 80 ] || fail "$ran: a line is $(widest table) characters wide: $out"
python3 - <<'PY' || fail "$ran: what is to be quoted does not follow from what was measured"
import json, re
json_of, table = json.load(open('a/result.json')), open('table', encoding='utf-8').read()
summary, result = json_of['summary'], json_of['result']
assert list(json_of).index('summary') < list(json_of).index('result')
for name, key in (('diffusivity', 'relative'), ('permeability', 'permeability_md')):
    for axis in 'xyz':
        quoted, solved = summary[name][axis], result[name][axis]
        assert quoted['made_by'] == 'two_grid' and quoted['converged'] is True and quoted['note'] is None
        assert quoted['value'] == solved['two_grid'][key + '_extrapolated']
        assert set(quoted['parts']) == {'solver', 'grid', 'sample', 'segmentation'}
        assert quoted['parts']['solver'] > 0 and quoted['parts']['sample'] is None and quoted['parts']['segmentation'] is None
        first = re.search(rf'^{axis} +{quoted["value"]:.4g} .*±? *[0-9.e-]+ %', table, re.M)
        plain = re.search(rf'^{axis} +{solved[key]:.6g} ', table, re.M)
        assert first and plain and first.start() < plain.start(), (name, axis)
    assert summary[name]['x']['unit'] == {'diffusivity': '1', 'permeability': 'mD'}[name]
PY
expect_contains stdout "$out" 'pores         label 0 (40.0 %); solid: 1 (60.0 %)'

python3 - <<'PY' || fail "$ran: does not say beforehand what it will solve"
import json
events = [json.loads(line) for line in open('a/progress.jsonl', encoding='utf-8')]
stages = [event.get('stage', event.get('event')) for event in events]
plan = events[stages.index('plan')]
assert 'then the same on two cells per voxel' in plan['sentence'] and '--blocks 0' in plan['sentence'] and plan['time_s'] > 0
assert stages.index('plan') < stages.index('diffusivity')
assert any(event.get('eta_all_s', 0) > 0 for event in events)
PY

# without a measurement of the grid: as solved, and that is said
start_alone permeability rock.tif --axis x --blocks 0 --quiet --out b
expect_code 0
expect_contains stdout "$out" 'not corrected for the grid'
[ "$(json b/result.json summary permeability x value)" = "$(json b/result.json result permeability x permeability_voxel2)" ] || fail "$ran: not the value as solved"
[ "$(json b/result.json summary permeability x parts grid)" = None ] || fail "$ran: a part that was not measured is not null"
[ "$(json b/result.json summary permeability x made_by)" = one_cell_per_voxel ] || fail "$ran: made by something else"

# a periodic image: the tensor to quote has the quotes on its diagonal
start_alone diffusivity rock.tif --boundary periodic --quiet --out c
expect_code 0
[ "$(widest .out)" -le 80 ] || fail "$ran: a line is $(widest .out) characters wide: $out"
[ "$(json c/result.json summary diffusivity tensor value 1 1)" = "$(json c/result.json summary diffusivity y value)" ] || fail "$ran: another diagonal"
[ "$(json c/result.json summary diffusivity tensor value 0 1)" = "$(json c/result.json result diffusivity two_grid tensor_extrapolated 0 1)" ] || fail "$ran: another tensor"

# a terminal of 60 columns: no line of the progress is wider, and the last one is taken away
python3 - <<'PY' || fail 'progress on a narrow terminal'
import fcntl, os, pty, re, struct, subprocess, termios
program = os.environ['LAPILLI']
for ranks in ('1', '2'):
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack('HHHH', 24, 60, 0, 0))
    environment = {key: value for key, value in os.environ.items() if key != 'COLUMNS'}
    run = subprocess.Popen([program, 'analyze', 'rock.tif', '--voxel', '2um', '--out', 'd' + ranks, '--ranks', ranks],
                           stdin=subprocess.DEVNULL, stdout=open('shown', 'w'), stderr=slave, env=environment)
    os.close(slave)
    seen = b''
    try:
        while piece := os.read(master, 65536): seen += piece
    except OSError: pass # the program has ended
    assert run.wait() == 0
    text = seen.decode()
    lines = re.split(r'[\r\n]|\x1b\[K', text)
    assert re.search('diffusivity|permeability', text) and max(map(len, lines)) < 60, lines
    assert text.endswith('\x1b[K'), text[-80:]
    assert max(map(len, open('shown', encoding='utf-8').read().split('\n'))) <= 80 # tables are as wide as they are

# mpirun 5 passes on to its standard output what of a rank's standard error does not end with a newline
told = subprocess.run([os.environ['MPIEXEC'], '-np', '2', program, 'analyze', 'rock.tif', '--voxel', '2um', '--out', 'd3'],
                      stdin=subprocess.DEVNULL, capture_output=True, env={**os.environ, 'LAPILLI_TERMINAL': '1'})
assert told.returncode == 0 and b'diffusivity' in told.stderr, told
assert told.stderr.endswith(b'\n') and not re.search(rb'[^\n]\r\x1b\[K', told.stderr), told.stderr
assert b'\x1b' not in told.stdout, told.stdout
PY
finish
