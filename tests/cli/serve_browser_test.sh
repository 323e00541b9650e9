#!/usr/bin/env bash
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# The dashboard in a real browser: list, live run, planes, surface, comparison; nothing on its console, nothing asked of others.
set -uo pipefail
# shellcheck source=tests/browser/lib.sh
. "$LAPILLI_SOURCE_DIR/tests/browser/lib.sh"

"$LAPILLI" generate spheres --size 64 --porosity 0.4 --seed 1 --voxel 2um -o rock.tif --ranks 1 >made.txt
"$LAPILLI" analyze rock.tif --drainage --network --rev --fields --blocks 0 --ranks 1 --quiet --out runs/done >>made.txt
"$LAPILLI" pore-size rock.tif --crop 0:48,:,: --ranks 1 --quiet --out runs/other >>made.txt
mkdir -p runs/live runs/evil
printf '%s\n' '{"stage":"diffusivity","axis":"x","iteration":2,"value":0.2,"bound":0.01,"done":0.3,"eta_all_s":20}' >runs/live/progress.jsonl
sed 's|rock.tif|<img src=x onerror=alert(1)>.tif|' runs/done/result.json >runs/evil/result.json

"$LAPILLI" serve runs --listen 127.0.0.1:0 >serving.txt &
server=$!
trap 'kill "$server"' EXIT
for _ in {1..100}; do
  address=$(sed -n 's|.* at \(http://.*\)/$|\1|p' serving.txt)
  [ -n "$address" ] && break
  sleep 0.1
done
touch runs/live/progress.jsonl
run timeout 100 node "$LAPILLI_SOURCE_DIR/tests/browser/dashboard.mjs" "$modules" "$chromium" "$address" "$PWD/runs"
expect_code 0
[ "$code" -eq 0 ] || echo "$out"
finish
