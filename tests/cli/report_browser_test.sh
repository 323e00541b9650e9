#!/usr/bin/env bash
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Pages of runs in a real browser: numbers, sliders, surface, print, dark, narrow; nothing on its console, nothing asked of the network.
set -uo pipefail
# shellcheck source=tests/browser/lib.sh
. "$LAPILLI_SOURCE_DIR/tests/browser/lib.sh"

{
  "$LAPILLI" generate spheres --size 64 --porosity 0.35 --seed 1 --voxel 2um -o rock.tif --ranks 1
  "$LAPILLI" analyze rock.tif --ranks 1 --quiet --out rock.lapilli
  "$LAPILLI" generate array --size 24 --lattice bcc --voxel 1um -o array.tif --ranks 1
  "$LAPILLI" analyze array.tif --boundary periodic --ranks 1 --quiet --out array.lapilli
  "$LAPILLI" generate layers --shape 16x24x32 --thickness 4 --labels 0,1,2 -o layers.tif --ranks 1
  "$LAPILLI" analyze layers.tif --conductivity 0=1 --conductivity 2=0.1 --ranks 1 --quiet --out layers.lapilli
  "$LAPILLI" generate blobs --shape 1x48x64 --porosity 0.75 --seed 1 --voxel 1um -o plane.tif --ranks 1
  "$LAPILLI" analyze plane.tif --axis x,y --blocks 0 --ranks 1 --quiet --out plane.lapilli
  mkdir killed.lapilli
  cp rock.lapilli/pictures.json killed.lapilli
  head -n 20 rock.lapilli/progress.jsonl >killed.lapilli/progress.jsonl
  "$LAPILLI" report killed.lapilli
} >made.txt
run timeout 100 node "$LAPILLI_SOURCE_DIR/tests/browser/report.mjs" "$modules" "$chromium" "$PWD"/{rock,array,layers,plane,killed}.lapilli
expect_code 0
[ "$code" -eq 0 ] || echo "$out"
finish
