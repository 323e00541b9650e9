# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Pore networks as people use them: tables, files for other programs, what is refused.
. "$(dirname "$0")/lib.sh"

"$LAPILLI" generate blobs --size 48 --porosity 0.4 --correlation 4 -o rock.tif --ranks 1 >/dev/null || fail 'no image to test with'

# The same files, to the last byte, on any number of ranks; of voxels that are no cubes and of periodic images, too.
files='network_pores.csv network_throats.csv network.npz network.vtp'
same() { # name, files, arguments
  name=$1 compared=$2
  shift 2
  for ranks in 1 3; do
    run "$LAPILLI" network rock.tif --ranks $ranks --out "$name$ranks" "$@"
    expect_code 0
    [ $ranks = 1 ] && one=$out
  done
  [ "$(printf %s "$out" | sed '/^results in/d')" = "$(printf %s "$one" | sed '/^results in/d')" ] || fail "$name: another table on three ranks"
  for file in $compared; do cmp "${name}1/$file" "${name}3/$file" || fail "$name: another $file on three ranks"; done
}
same cubes "$files network_node1.dat network_node2.dat network_link1.dat network_link2.dat" \
  --voxel 2um --fields --export openpnm,statoil,vtp
expect_contains stdout "$out" 'pore network'
expect_contains stdout "$out" 'good for a quick look'
same flat "$files" --voxel 2um,2um,4um --export openpnm,vtp
same periodic "$files" --boundary periodic --export openpnm,vtp

# All files have the same pores and throats.
grep -q 'region' cubes1/fields.xdmf || fail 'no regions in the fields'
python3 - cubes1 <<'END' || fail 'the files of a network do not fit each other'
import csv, json, struct, sys, zipfile
folder = sys.argv[1] + "/"
network = json.load(open(folder + "result.json"))["result"]["network"]
pores, throats = (list(csv.DictReader(open(f"{folder}network_{what}.csv"))) for what in ("pores", "throats"))
assert (len(pores), len(throats)) == (network["pores"], network["throats"])
assert abs(sum(float(p["radius_m"]) for p in pores) / len(pores) / network["mean_pore_radius_m"] - 1) < 1e-12
assert sum(int(p["throats"]) for p in pores) == 2 * len(throats)
voxels = sum(float(p["volume_voxels3"]) for p in pores)
assert voxels == round(json.load(open(folder + "result.json"))["result"]["porosity"]["total"] * 48 ** 3)

archive = zipfile.ZipFile(folder + "network.npz")
assert archive.testzip() is None
def array(name):
    bytes = archive.read(name + ".npy")
    assert bytes[:8] == b"\x93NUMPY\x01\x00"
    end = 10 + struct.unpack("<H", bytes[8:10])[0]
    assert end % 64 == 0
    head = eval(bytes[10:end])
    kind = {"<f8": "d", "<i8": "q", "|b1": "?"}[head["descr"]]
    count = 1
    for n in head["shape"]: count *= n
    return head["shape"], struct.unpack(f"<{count}{kind}", bytes[end:])
shape, coords = array("pore.coords")
boundary = array("pore.boundary")[1]
assert shape == (len(boundary), 3) and boundary.count(False) == len(pores)
assert [float(p["x_m"]) for p in pores] == list(coords[0:3 * len(pores):3])
shape, conns = array("throat.conns")
assert shape[0] == len(throats) + sum(boundary)
assert [int(t["pore_1"]) - 1 for t in throats] == list(conns[0:2 * len(throats):2])
assert min(array("throat.hydraulic_size_factors")[1]) > 0

node1 = open(folder + "network_node1.dat").read().splitlines()
link1 = open(folder + "network_link1.dat").read().splitlines()
assert int(node1[0].split()[0]) == len(pores) == len(node1) - 1
assert float(node1[0].split()[1]) == 48 * 2e-6
assert int(link1[0]) == len(link1) - 1 == len(throats) + sum(array("pore.xmin")[1]) + sum(array("pore.xmax")[1])
for i, line in enumerate(node1[1:], 1):
    words = line.split()
    n = int(words[4])
    assert int(words[0]) == i and len(words) == 5 + n + 2 + n
    for link in words[5 + n + 2:]:
        assert str(i) in link1[int(link)].split()[1:3]
for name in ("node2", "link2"):
    lines = open(f"{folder}network_{name}.dat").read().splitlines()
    assert len(lines) == {"node2": len(pores), "link2": len(link1) - 1}[name]
vtp = open(folder + "network.vtp", "rb").read()
assert f'NumberOfVerts="{len(pores)}" NumberOfLines="{len(throats)}"'.encode() in vtp
END

# Beside the solution for the image, with the difference.
run "$LAPILLI" analyze rock.tif --network --axis z --out all.lapilli --report none
expect_code 0
expect_contains stdout "$out" 'off by'
python3 - <<'END' || fail 'the differences to the solution are wrong'
import json
result = json.load(open("all.lapilli/result.json"))["result"]
network, direct = result["network"]["z"], result["diffusivity"]["z"]
assert network["formation_factor_difference"] == network["formation_factor"] / direct["formation_factor"] - 1
assert abs(network["permeability_difference"]) < 1
assert network["permeability_m2"] is None and "formation_factor_difference" not in result["network"]["x"]
END

# Another network in the same folder leaves nothing of the one before.
run "$LAPILLI" network rock.tif --voxel 2um --alpha 0.7 --out cubes1
expect_code 2
run "$LAPILLI" network rock.tif --voxel 2um --alpha 0.7 --out cubes1 --replace
expect_code 0
[ ! -e cubes1/network.npz ] && [ ! -e cubes1/network_node1.dat ] && [ ! -e cubes1/network.vtp ] || fail 'files of another network are left'

# Nothing flows across a tube; images of one kind of voxel have no network.
"$LAPILLI" generate tube --size 24 --radius 5 -o tube.tif --ranks 1 >/dev/null
run "$LAPILLI" network tube.tif --json
expect_code 0
[ "$(printf %s "$out" | json /dev/stdin result network x formation_factor)" = None ] || fail 'something flows through the wall'
[ "$(printf %s "$out" | json /dev/stdin result network x permeability_voxel2)" = 0.0 ] || fail 'something flows through the wall'
"$LAPILLI" generate open --size 8 -o open.tif --ranks 1 >/dev/null
run "$LAPILLI" network open.tif
expect_code 0
expect_contains stderr "$err" 'no pore network: the image is all pores'
run "$LAPILLI" drainage open.tif
expect_code 0
expect_contains stderr "$err" 'no drainage: the image is all pores'
run "$LAPILLI" network open.tif --pore 7 --export openpnm --out none
expect_code 0
expect_contains stderr "$err" 'the image has no pores'
[ ! -e none/network.npz ] || fail 'a network without pores was written'

refuse 'but there is no folder for them' network rock.tif --export vtp
refuse '--voxel 5um' network rock.tif --export statoil --out other
refuse 'leave out --boundary periodic' network rock.tif --voxel 1um --export statoil --out other --boundary periodic
refuse 'expected openpnm, statoil, vtp' network rock.tif --export vtk --out other
refuse 'expected a number above 0 and up to 1' network rock.tif --alpha 0
refuse 'expected edges whose squares are in ratios of whole numbers' network rock.tif --voxel 1um,1um,2.1um
mkdir mine && echo 'my own arrays' >mine/network.npz
refuse 'mine/network.npz was not written by lapilli' network rock.tif --out mine
finish
