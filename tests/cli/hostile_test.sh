# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Whatever is given as an image or a case file, or as their names: an answer or one sentence, soon, in little memory, and
# nothing half written.
. "$(dirname "$0")/lib.sh"

python3 - <<'PY' || fail 'no files to test with'
import gzip, struct, zlib
open('bomb.raw.gz', 'wb').write(gzip.compress(bytes(100_000_000), 9))
open('nan.raw', 'wb').write(struct.pack('<8f', 0, 1, 0, 1, 0, float('nan'), 0, 1))
open('inf.raw', 'wb').write(struct.pack('<8f', 0, 1, 0, float('inf'), 0, 1, 0, 1))
open('tiny.raw', 'wb').write(bytes(1000))

def tiff(name, width, height, packed, **tags):
    """A page with one strip of deflated bytes."""
    entries = {256: width, 257: height, 258: 8, 259: 8, 262: 1, 273: 8, 277: 1, 278: height, 279: len(packed), **tags}
    directory = struct.pack('<H', len(entries)) + b''.join(struct.pack('<HHII', tag, 4, 1, value) for tag, value in sorted(entries.items()))
    offset = 8 + len(packed)
    open(name, 'wb').write(b'II*\0' + struct.pack('<I', offset) + packed + directory + bytes(4))

zeros = zlib.compress(bytes(100_000_000), 9)
tiff('bomb.tif', 100, 100, zeros)               # unpacks to 10000 times its page
tiff('promise.tif', 60000, 60000, zeros[:5000]) # promises 3.6 GB
tiff('flat.tif', 0, 100, zeros[:5000])
tiff('good.tif', 100, 100, zlib.compress(bytes(10_000)))
PY
printf 'image = "good.tif"\n' >case.toml
printf 'image = 7\n' >wrong.toml
head -c 100000 /dev/zero | tr '\0' '[' >deep.toml
: >empty.tif
: >empty.toml
mkdir folder.tif folder.toml
raw='--shape 2x2x2 --type f32'

# The program on one rank, with its peak memory [kB] in $peak.
measured() {
  run /usr/bin/env python3 -c 'import resource, subprocess, sys
code = subprocess.run(sys.argv[2:], timeout=60).returncode
open(sys.argv[1], "w").write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(code)' .peak "$LAPILLI" "$@" --ranks 1
  peak=$(cat .peak)
}
small() { [ "$peak" -lt 200000 ] || fail "$ran: took $peak kB"; }
refused() { # part of the sentence, arguments
  measured "${@:2}"
  expect_refusal 2 "$1"
  small
}
answered() {
  measured "$@"
  expect_code 0
  small
}

refused 'unpacks to more than' analyze bomb.raw.gz --shape 100x100x100 --type u8 --out result
refused 'too few' info bomb.raw.gz --shape 2000x2000x2000 --type u8
answered info bomb.raw.gz --shape 400x500x500 --type u8 --quiet
answered info bomb.tif --quiet
refused 'too few' analyze promise.tif --out result
refused 'flat.tif' analyze flat.tif --out result
refused 'nan at voxel (z 1, y 0, x 1)' analyze nan.raw $raw --out result
refused 'inf at voxel (z 0, y 1, x 1)' analyze inf.raw $raw --out result
refused '8 000 000 000' diffusivity tiny.raw --shape 2000x2000x2000 --type u8
refused 'more voxels than can be counted' info tiny.raw --shape 2097152x2097152x2097152 --type u8
refused 'above 2097152' info tiny.raw --shape 9223372036854775807x1x1 --type u8
refused 'shape' info tiny.raw --shape 99999999999999999999x1x1 --type u8
refused 'below 1' info tiny.raw --shape -10x-10x10 --type u8
refused 'is empty' analyze empty.tif --out result
refused 'folder' analyze folder.tif --out result
refused 'folder' analyze folder.toml
refused 'no IMAGE' analyze empty.toml
refused 'not TOML' analyze deep.toml
refused 'of a kind' analyze wrong.toml
refused 'byte' info tiny.raw --shape 10x10x10 --type u8 --endian both
[ ! -e result ] || fail 'a refused run left a result folder'

# Names: blanks, other scripts, a leading dash, a new line, no UTF-8.
for name in 'two words.tif' 'поры 孔.tif' '-v.tif' $'new\nline.tif' $'\xff\xfe.tif' "it's.tif"; do
  cp good.tif "./$name"
  answered info "./$name" --json --quiet
  python3 -m json.tool .out >.json || fail "$ran: no JSON"
  answered porosity --image="$name" --quiet --out "./$name.out"
  [ -s "./$name.out/result.json" ] || fail "$ran: no result"
  refused 'check the name' info "./$name.missing"
done
answered porosity case.toml --quiet
finish
