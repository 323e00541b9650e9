# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# What others have in a folder stays as it is, and so do results of something else; a second property is added to the first.
. "$(dirname "$0")/lib.sh"

make() { "$LAPILLI" generate spheres --size 16 --porosity 0.5 --ranks 1 "$@" >/dev/null || fail 'no image to test with'; }
mkdir a b
make --seed 1 -o a/seg.tif
make --seed 2 -o b/seg.tif

state() { (cd "$1" && find . -not -name .out -not -name .err -printf '%p %y %s %m %l\n' | sort && find . -type f -not -name .out -not -name .err -exec cksum {} + | sort); }
untouched() { # folder, part of the sentence, arguments: refused before anything is done
  local folder=$1 sentence=$2 before
  shift 2
  before=$(state "$folder")
  run "$LAPILLI" "$@" --ranks 1
  expect_refusal 2 "$sentence"
  [ "$(state "$folder")" = "$before" ] || fail "$ran: changed something: $(diff <(state "$folder") <(echo "$before"))"
}

# Names that this program uses, too, with things of others.
foreign() { # file, words
  rm -rf theirs && mkdir theirs
  printf '%s\n' "$2" >"theirs/$1"
  untouched theirs "theirs/$1 was not written by lapilli" porosity a/seg.tif --out theirs
}
foreign lease 'The landlord and the tenant agree.'
foreign journal.jsonl '{"date": "1 May", "weather": "rain"}'
foreign progress.jsonl '{"epoch": 1, "loss": 0.3}'
foreign fields.h5 'of another program'
foreign fields.xdmf '<?xml version="1.0"?><Xdmf Version="2.0"/>'
rm -rf theirs && mkdir theirs
echo '{"accuracy": 0.93}' >theirs/result.json
untouched theirs 'theirs/result.json is not a result of lapilli' porosity a/seg.tif --out theirs
untouched theirs 'theirs/result.json is not a result of lapilli' porosity a/seg.tif --out theirs --replace
mkdir -p trained/checkpoint
for file in model.pt 1-1.h5 epoch-3.h5; do echo weights >"trained/checkpoint/$file"; done
untouched trained 'trained/checkpoint was not made by lapilli' porosity a/seg.tif --out trained
before=$(state trained)
cd trained || fail 'no folder to test in'
run "$LAPILLI" diffusivity ../a/seg.tif --axis x --blocks 0 --out . --ranks 2
expect_refusal 2 'was not made by lapilli'
cd ..
rm -f trained/.out trained/.err
[ "$(state trained)" = "$before" ] || fail '--out . changed the folder'

# With a result of ours beside them, checkpoints of others still stay.
run "$LAPILLI" diffusivity a/seg.tif --axis x --blocks 0 --checkpoint-every 0s --out ours --ranks 2 --quiet
expect_code 0
cp -r trained/checkpoint ours/
mkdir ours/checkpoint/9-9.h5
before=$(state ours/checkpoint)
run "$LAPILLI" diffusivity a/seg.tif --axis x --blocks 0 --checkpoint-every 0s --out ours --ranks 2
expect_code 0
[ "$(state ours/checkpoint)" = "$before" ] || fail "checkpoints of others were touched: $(ls ours/checkpoint)"
[ ! -e ours/journal.jsonl ] || fail 'the journal is left'
expect_contains stderr "$err" '1-1.h5' # it is no checkpoint, which is said

# Places that are no place.
untouched . 'a/seg.tif cannot be made, because it is a file' info a/seg.tif --out a/seg.tif
untouched . 'Not a directory' info a/seg.tif --out a/seg.tif/below
ln -s nowhere dangling
untouched . 'a link that leads nowhere' info a/seg.tif --out dangling
mkfifo pipe
untouched . 'pipe cannot be made' info a/seg.tif --out pipe
for name in lease progress.jsonl result.json fields.h5; do
  rm -rf odd && mkdir -p "odd/$name"
  untouched odd "odd/$name: it is a folder" porosity a/seg.tif --out odd
  rm -rf odd && mkdir odd && mkfifo "odd/$name"
  untouched odd "odd/$name: it is a device, a pipe" porosity a/seg.tif --out odd
  rm -rf odd && mkdir odd && ln -s /nowhere/at/all "odd/$name"
  untouched odd "odd/$name: it is a device, a pipe or a link" porosity a/seg.tif --out odd
done
rm -rf odd && mkdir odd && : >odd/checkpoint
untouched odd 'odd/checkpoint is no folder' porosity a/seg.tif --out odd
if [ "$(id -u)" -ne 0 ]; then # root may write everywhere
  mkdir closed && chmod 500 closed
  untouched closed 'Permission denied' info a/seg.tif --out closed
  untouched closed 'Permission denied' info a/seg.tif --out closed/new/one
fi

# Results of another image, other settings, or a file that shall stay.
run "$LAPILLI" diffusivity a/seg.tif --axis x --blocks 0 --voxel 2um --out seg --ranks 1 --quiet
expect_code 0
common='--axis x --blocks 0 --voxel 2um --out seg'
untouched seg 'they are of a/seg.tif' diffusivity b/seg.tif $common
untouched seg '--accuracy is 0.0001 there and 1e-06 here' diffusivity a/seg.tif $common --accuracy 1e-6
untouched seg '--axis is "x" there and "xy" here' diffusivity a/seg.tif ${common/axis x/axis x,y}
untouched seg '--blocks is 0 there and 1 here' diffusivity a/seg.tif ${common/0/1}
untouched seg '--fields is false there and true here' diffusivity a/seg.tif $common --fields
untouched seg '--pore is [0] there and [1] here' diffusivity a/seg.tif $common --pore 1
untouched seg '--boundary is "sealed" there and "periodic" here' porosity a/seg.tif --voxel 2um --out seg --boundary periodic
untouched seg 'the voxel size [m] is 2e-06 there and not given here' permeability a/seg.tif --axis x --blocks 0 --out seg
untouched seg 'they are of a/seg.tif' info b/seg.tif --out seg
untouched seg 'they are of a/seg.tif' porosity a/seg.tif --crop 0:8,:,: --out seg
chmod 444 seg/result.json
untouched seg 'seg/result.json: it is read-only' diffusivity a/seg.tif $common
chmod 644 seg/result.json
run "$LAPILLI" analyze a/seg.tif --axis x --blocks 0 --ranks 1 --quiet # the folder by the name of the image
run "$LAPILLI" analyze b/seg.tif --axis x --blocks 0 --ranks 2
expect_refusal 2 'seg.lapilli has the results of something else: the image is another one: they are of a/seg.tif'

# The same image under another name is the same, and so is the same run again. A second property is added.
cp a/seg.tif copy.tif
digits() { python3 -c 'import json, sys; print(json.dumps(json.load(open(sys.argv[1]))["result"][sys.argv[2]]))' seg/result.json "$1"; }
first=$(digits diffusivity)
run "$LAPILLI" diffusivity copy.tif $common --ranks 2 --quiet
expect_code 0
[ "$(digits diffusivity)" = "$first" ] || fail 'the same run has other bits'
run "$LAPILLI" permeability a/seg.tif $common --ranks 2 --quiet
expect_code 0
[ "$(digits diffusivity)" = "$first" ] || fail 'the diffusivity is not kept as it was'
run "$LAPILLI" permeability a/seg.tif $common --ranks 1 --quiet --json
expect_code 0
cmp .out seg/result.json || fail 'another object is printed than written'
for verb in porosity percolation info; do
  run "$LAPILLI" $verb a/seg.tif --voxel 2um --out seg --ranks 1 --quiet
  expect_code 0
done
python3 - <<'END' || fail 'the results of several verbs do not stand together'
import json, shlex
whole = json.load(open('seg/result.json'))
assert list(whole['result']) == ['porosity', 'percolation', 'diffusivity', 'permeability'], list(whole['result'])
assert whole['status'] == 'done' and whole['image']['pore'] == [0] and whole['image']['labels']
made = {p: shlex.split(run['command'])[1] for run in whole['runs'] for p in run['properties']}
assert made == {'porosity': 'percolation', 'percolation': 'percolation', 'diffusivity': 'diffusivity', 'permeability': 'permeability'}, made
assert [run['properties'].get('diffusivity', {}).get('accuracy') for run in whole['runs']].count(1e-4) == 1
END
run "$LAPILLI" collect seg --json
expect_code 0
run "$LAPILLI" analyze a/seg.tif $common --ranks 1 --quiet # finds all of it again
expect_code 0
[ "$(digits diffusivity)" = "$first" ] || fail 'analyze finds another diffusivity'
[ "$(json seg/result.json run command | xargs -n 1 | sed -n 2p)" = analyze ] || fail 'the run is not the last one'

# --replace says that it is meant: of the same image only the property goes, of another one everything.
run "$LAPILLI" diffusivity a/seg.tif $common --accuracy 1e-6 --replace --fields --ranks 1 --quiet
expect_code 0
digits permeability >/dev/null || fail 'the permeability is gone'
[ "$(digits diffusivity)" != "$first" ] || fail 'the diffusivity was not replaced'
[ -s seg/fields.h5 ] || fail 'no fields'
run "$LAPILLI" analyze b/seg.tif --blocks 0 --axis x --out seg --replace --ranks 2 --quiet
expect_code 0
[ "$(json seg/result.json image path)" = b/seg.tif ] || fail 'not replaced'
[ ! -e seg/fields.h5 ] && [ ! -e seg/fields.xdmf ] || fail 'fields of another image are left'

# Fields of one property are not lost to those of another.
run "$LAPILLI" diffusivity a/seg.tif --axis x --blocks 0 --fields --out f --ranks 1 --quiet
expect_code 0
untouched f 'their fields are of another property' permeability a/seg.tif --axis x --blocks 0 --fields --out f
run "$LAPILLI" permeability a/seg.tif --axis x --blocks 0 --out f --ranks 1 --quiet
expect_code 0
[ -s f/fields.h5 ] && json f/result.json result diffusivity x relative >/dev/null || fail 'the fields are gone'

# Files that a user names are not written over, unless that is said.
echo mine >kept.tif && echo mine >new.tif.json && ln -s /nowhere/at/all link.tif && echo mine >table.csv
untouched . 'kept.tif is there already' generate tube --size 8 -o kept.tif
untouched . 'new.tif.json is there already' generate tube --size 8 -o new.tif
untouched . 'link.tif is there already' generate tube --size 8 -o link.tif
mkdir folder.tif
untouched . 'cannot write folder.tif: it is a folder' generate tube --size 8 -o folder.tif
run "$LAPILLI" collect seg -o table.csv
expect_refusal 2 'table.csv is there already'
chmod 444 kept.tif
untouched . 'kept.tif: it is read-only' generate tube --size 8 -o kept.tif --force
[ "$(cat kept.tif new.tif.json table.csv)" = $'mine\nmine\nmine' ] || fail 'a file was written over'
make --seed 3 -o new.tif --force
run "$LAPILLI" collect seg -o table.csv --force
expect_code 0
[ "$(wc -l <table.csv)" -eq 2 ] || fail 'no table'
finish
