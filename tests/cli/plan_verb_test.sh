# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# `lapilli plan` says what an image takes on a cluster, with one model for it and for --plan, and which machines are the cheapest.
. "$(dirname "$0")/lib.sh"

"$LAPILLI" generate spheres --size 96 --porosity 0.2 --seed 1 -o rock.tif --ranks 1 >/dev/null || fail 'no image to test with'
cluster='--nodes 4 --cores 16 --memory 64GB --network 1ms,10Gbit'

# a table for people, and nothing is written
start_itself plan rock.tif $cluster --blocks 0
expect_code 0
expect_contains stderr "$err" 'the voxel size is not known'
start_itself plan rock.tif $cluster --blocks 0 --quiet
expect_code 0
expect_silence
expect_contains stdout "$out" 'ranks         64: nodes 4, cores of each 16'
expect_contains stdout "$out" 'memory        '
expect_contains stdout "$out" 'time          about '
expect_contains stdout "$out" 'Standard_D4as_v5'
[ "$(find . -name '*.lapilli' | wc -l)" = 0 ] || fail 'a plan made a result folder'

# what `plan` says of one machine is what --plan says of it
start_itself plan rock.tif --for diffusivity --axis x --blocks 0 --nodes 1 --cores 2 --memory 64GB --json
expect_code 0
cp .out cluster.json
start_itself diffusivity rock.tif --axis x --blocks 0 --plan --json --quiet
expect_code 0
cp .out here.json
python3 - <<'PY' || fail 'plan and --plan do not agree'
import json
there, here = (json.load(open(name)) for name in ('cluster.json', 'here.json'))
plan, cluster = here['result']['plan'], there['cluster']
assert cluster['ranks'] == len(plan['ranks']) == 2 and cluster['fits']
assert abs(cluster['time_s']['total'] / plan['time_s'] - 1) < 0.05, (cluster['time_s'], plan['time_s'])
assert abs(cluster['memory_of_rank_bytes'] * 2 / plan['memory_bytes'] - 1) < 0.1, (cluster, plan)
parts = dict(cluster['time_s'])
assert abs(parts.pop('total') - sum(parts.values())) < 1e-9
assert there['image']['pores'] >= there['image']['percolating'] > 0.19 * 96**3
offers = there['offers']
assert len(offers) == 9 and all(offer['fits'] for offer in offers)
assert [o['cost'] for o in offers] == sorted(o['cost'] for o in offers)
PY

# an image that is not there yet, and prices that the user has
printf '%s\n' '| size | cores | memory [GiB] | image | USD an hour | as a spot machine |' '|---|--:|--:|--:|--:|--:|' \
  '| Small | 4 | 32 | 1010³ | 1.000 | 0.200 |' '| Large | 16 | 128 | 1630³ | 0.500 | 0.100 |' '| Gone | 64 | 999 | 9³ | - | - |' >prices.md
start_alone plan --shape 1000x1000x1000 --porosity 0.2 --prices prices.md --json
expect_code 0
[ "$(json .out offers 0 size)" = Large ] || fail "$ran: not the cheapest first: $out"
[ "$(json .out cost)" = price ] || fail "$ran: not by price"
case $out in *Gone*) fail "$ran: offers what is not sold" ;; esac
start_alone plan --shape 1000x1000x1000 --porosity 0.2 --within 1s
expect_code 0
expect_contains stdout "$out" 'no size of machine is enough'

# what does not fit is shown, and refused in one sentence
start_alone plan --shape 1000x1000x1000 --porosity 0.2 --for permeability --nodes 1 --cores 16 --memory 32GB
expect_code 2
expect_contains stdout "$out" 'ranks         16'
[ "$(wc -l <.err)" = 1 ] || fail "$ran: more than one sentence: $err"
expect_contains stderr "$err" 'it does not fit: each node needs '
expect_contains stderr "$err" ' such nodes'

# senseless words
while read -r words; do
  start_alone plan $words
  expect_refusal 2 ''
done <<'END'

rock.tif --network 5s,10Gbit
rock.tif --network 1ms
rock.tif --network quick,10Gbit
rock.tif --network 1ms,1kbit
rock.tif --nodes 4
rock.tif --nodes 0 --cores 4 --memory 1GB
rock.tif --nodes 4 --cores 4 --memory 64
rock.tif --speed 0
rock.tif --for info
rock.tif --porosity 0.2
rock.tif --pore-width 5
rock.tif --nodes 1000000 --cores 4 --memory 1GB
rock.tif --nodes 4 --cores 5000 --memory 1GB
rock.tif --prices rock.tif
rock.tif --prices nowhere.md
--shape 100x100x100
--shape 100x100x100 --porosity 1.5
END
start_alone plan rock.tif --network 5s,10Gbit
expect_refusal 2 'a message takes between 100 ns and 1 s'
start_alone plan rock.tif --pore 7 --quiet
expect_refusal 2 'nothing to solve'
finish
