# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# --fields writes files that hang together, the same on any number of ranks.
. "$(dirname "$0")/lib.sh"

"$LAPILLI" generate spheres --size 40 --porosity 0.4 --seed 1 -o rock.tif --ranks 1 >/dev/null || fail 'no image to test with'
for ranks in 1 2 3 4; do
  run "$MPIEXEC" -np $ranks "$LAPILLI" diffusivity rock.tif --voxel 2um --axis x,z --crop 3:40,:,8:40 --fields --out f --quiet
  expect_code 0
  for file in fields.h5 fields.xdmf; do
    [ $ranks -ne 1 ] || cp f/$file one.$file
    cmp -s f/$file one.$file || fail "$file of $ranks ranks is not that of one"
  done
done
[ -z "$(find f -name '*.tmp*')" ] || fail 'a temporary file is left'

# What ParaView will see: valid XML, cell data of a grid with one more node than voxels, in the files that are there.
python3 - <<'END' || fail 'fields.xdmf is not as it should be'
import os
import xml.etree.ElementTree as xml
grid = xml.parse('f/fields.xdmf').getroot().find('Domain/Grid')
assert [t.get('Value') for t in grid.findall('Time')] == ['0'], 'a grid without a time is none for some readers'
nodes = [int(n) for n in grid.find('Topology').get('Dimensions').split()]
assert grid.find('Topology').get('TopologyType') == '3DCoRectMesh' and nodes == [38, 41, 33], nodes
origin, spacing = [[float(n) for n in item.text.split()] for item in grid.findall('Geometry/DataItem')]
assert grid.find('Geometry').get('GeometryType') == 'ORIGIN_DXDYDZ'
assert max(abs(a - b) for a, b in zip(origin, [6e-6, 0, 16e-6])) < 1e-12 and spacing == [2e-6] * 3, (origin, spacing)
names = []
for attribute in grid.findall('Attribute'):
    assert attribute.get('Center') == 'Cell'
    item = attribute.find('DataItem')
    file, name = item.text.split(':/')
    assert os.path.exists('f/' + file) and name == attribute.get('Name')
    assert [int(n) for n in item.get('Dimensions').split()] == [n - 1 for n in nodes]
    names.append(name)
assert names == ['pore', 'c_x', 'c_z'], names
END

# The mask is an image that this program reads, with the same pores and the voxel size.
run "$LAPILLI" porosity rock.tif --crop 3:40,:,8:40 --json --quiet --ranks 1
cp .out rock.json
run "$LAPILLI" porosity f/fields.h5:/pore --pore 1 --json --quiet --ranks 2
expect_code 0
[ "$(json .out result)" = "$(json rock.json result)" ] || fail "$ran: not the pores of the image"
[ "$(json .out image voxel_size_m)" = 2e-06 ] || fail "$ran: another voxel size"

# The key of a case file, and a folder by default.
printf 'image = "rock.tif"\nfields = true\naxis = "y"\n' >rock.toml
run "$LAPILLI" analyze rock.toml --quiet --ranks 2
expect_code 0
for file in fields.h5 fields.xdmf; do [ -s rock.lapilli/$file ] || fail "$ran: no $file"; done

for start in start_alone start_itself start_by_mpirun; do
  $start diffusivity rock.tif --fields
  expect_refusal 2 '--out'
done
if [ "$(id -u)" -ne 0 ]; then # root may write everywhere
  mkdir closed && chmod 500 closed
  run "$LAPILLI" diffusivity rock.tif --axis x --fields --out closed --ranks 2 --quiet
  expect_refusal 2 'closed'
fi
mkdir -p taken/fields.h5
run "$LAPILLI" diffusivity rock.tif --axis x --fields --out taken --ranks 2 --quiet
expect_refusal 2 'it is a folder'

# Nothing percolates: the mask is there, and nothing else.
"$LAPILLI" generate layers --size 24 --thickness 4 -o layers.tif --ranks 1 >/dev/null
run "$LAPILLI" diffusivity layers.tif --axis z --fields --out none --quiet --ranks 2
expect_code 0
[ "$(grep -c '<Attribute' none/fields.xdmf)" -eq 1 ] || fail "$ran: more than the mask"
finish
