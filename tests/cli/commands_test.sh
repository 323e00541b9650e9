# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# The commands of README.md and docs/running.md, as they are typed.
. "$(dirname "$0")/lib.sh"
PATH=$(dirname "$LAPILLI"):$PATH

run lapilli generate spheres --size 64 --porosity 0.4 --seed 1 -o s64.tif
expect_code 0
run lapilli info s64.tif
expect_code 0
expect_contains stdout "$out" '64 x 64 x 64'
run lapilli analyze s64.tif --voxel 2um --out s64.lapilli
expect_code 0
expect_contains stdout "$out" 'tortuosity'
cp s64.lapilli/result.json first.json
[ -s s64.lapilli/progress.jsonl ] || fail 'no progress.jsonl'
run "$MPIEXEC" -np 2 lapilli analyze s64.tif --voxel 2um --out s64.lapilli
expect_code 0
for axis in x y z; do
  for key in relative formation_factor tortuosity; do
    [ "$(json first.json result diffusivity $axis $key)" = "$(json s64.lapilli/result.json result diffusivity $axis $key)" ] ||
      fail "$key $axis depends on who starts the ranks"
  done
done
[ "$(json first.json image voxel_size_m)" = 2e-06 ] || fail "--voxel 2um is $(json first.json image voxel_size_m) m"

run lapilli generate spheres --size 40 --porosity 0.4 --seed 1 -o rock.raw
run "$MPIEXEC" -np 2 lapilli diffusivity rock.raw --shape 40x40x40 --type u8 --pore 0 --voxel 5.345um --axis all --accuracy 1e-4 --json
expect_code 0
cp .out rock.json
[ "$(json rock.json status)" = done ] || fail "$ran: not done"
[ "$(json rock.json image voxel_size_m)" = 5.345e-06 ] || fail "--voxel 5.345um is $(json rock.json image voxel_size_m) m"
[ "$(json rock.json result diffusivity x converged)" = True ] || fail "$ran: not converged"
run lapilli diffusivity rock.raw --shape nx=40,ny=40,nz=40 --type u8 --axis x --quiet
expect_code 0
finish
