# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# scripts/owner/mpirun_cluster.sh runs a job on the hosts that answer, or that Kubernetes calls Ready, without pods; and ends it when told to.
. "$(dirname "$0")/lib.sh"
scripts=$here/../../scripts
mpirun_cluster() { run "$scripts/owner/mpirun_cluster.sh" --ssh "ssh -F $PWD/config" --program "$LAPILLI" "$@"; }
"$LAPILLI" generate blobs --size 40 --porosity 0.45 --seed 1 -o rock.tif --ranks 1 >/dev/null || fail 'no image to test with'
"$LAPILLI" diffusivity rock.tif --voxel 2um --out one --quiet --ranks 1 >/dev/null || fail 'one process failed'
expect_result() { # FOLDER HOSTS
  expect_code 0
  [ "$(json "$1/result.json" run hosts)" = "$2" ] || fail "did not run on $2 hosts"
  run "$LAPILLI" compare --bits one "$1"
  expect_code 0
}

# The port is that of the inventory, the key that of the user's own configuration.
grep -v Port "$CLUSTER/ssh_config" >config
for n in 1 2 3; do echo "agent 10.77.0.1$n user=$(id -un) port=2222"; done >inventory
echo 'server 10.77.0.19 port=2222' >>inventory
mpirun_cluster --inventory inventory diffusivity "$PWD/rock.tif" --voxel 2um --out "$PWD/three" --quiet
expect_result three 3
node off 3
mpirun_cluster --inventory inventory diffusivity "$PWD/rock.tif" --voxel 2um --out "$PWD/two" --quiet
expect_result two 2

# By Kubernetes: a node that is not Ready is left out, and so is the server.
echo '    Port 2222' >>config
mkdir bin
printf '#!/bin/sh\nsed "s/^/|/; s/ /|||1|/" nodes\n' >bin/kubectl && chmod +x bin/kubectl
export PATH=$PWD/bin:$PATH
printf 'True 10.77.0.11\nTrue 10.77.0.12\nUnknown 10.77.0.13\n' >nodes
mpirun_cluster diffusivity "$PWD/rock.tif" --voxel 2um --out "$PWD/ready" --quiet
expect_result ready 2

# Another version, or none, on a host.
printf '#!/bin/sh\n[ "$(hostname)" != node2 ] || { echo "lapilli 9.9.9" && exit 0; }\nexec "%s" "$@"\n' "$LAPILLI" >other && chmod +x other
mpirun_cluster --program "$PWD/other" info "$PWD/rock.tif"
expect_code 2
expect_contains stderr "$err" '10.77.0.12 has lapilli 9.9.9, and this host lapilli'
mpirun_cluster --program "$PWD/nowhere" info "$PWD/rock.tif"
expect_code 2
expect_contains stderr "$err" "there is no $PWD/nowhere here"

# Words.
for pair in '|there is no verb' '--hostfile hosts info|--hostfile is what this script makes' \
  '--inventory|--inventory needs a value' '--retries x info|--retries x is not'; do
  # shellcheck disable=SC2086 # words
  mpirun_cluster ${pair%%|*}
  expect_code 2
  expect_contains stderr "$err" "${pair#*|}"
done

# Whoever stops it stops the job, which is large enough to be at work then.
"$LAPILLI" generate blobs --size 192 --porosity 0.45 --seed 1 -o large.tif --ranks 1 >/dev/null || fail 'no large image to test with'
"$scripts/owner/mpirun_cluster.sh" --ssh "ssh -F $PWD/config" --program "$LAPILLI" \
  diffusivity "$PWD/large.tif" --axis x --accuracy 1e-300 --max-iterations 100000000 --out "$PWD/endless" >.out 2>.err &
pid=$!
await '[ "$(grep -c iteration endless/progress.jsonl)" -ge 3 ]'
kill -TERM $pid
expect_end 143 60
for n in 1 2; do [ -z "$(node pids $n 'endless$')" ] || fail "ranks are left on node$n"; done
finish
