# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# What scripts/user/submit.sh makes of k8s/mpijob: every word arrives as it was typed, every number in its place, and nothing is left as it
# was in silence. No cluster is asked.
. "$(dirname "$0")/fake.sh"
printf '#!/bin/sh\ntouch asked\nexit 1\n' >bin/kubectl
touch rock.tif

dry() { submit --dry-run "$@"; }
refused() { # part of the sentence, arguments
  sentence=$1
  shift
  dry "$@"
  expect_code 2
  [ "$(wc -l <.err)" -eq 1 ] || fail "$ran: more or less than one line: $err"
  case $err in 'submit: error: '*) ;; *) fail "$ran: says $err" ;; esac
  expect_contains stderr "$err" "$sentence"
  [ -z "$out" ] || fail "$ran: printed $out"
}

dry rock.tif -n 5 --slots 4 --memory 3Gi --elastic --voxel 2um
expect_code 0
for line in '  slotsPerWorker: 4 #' '      replicas: 5' '{requests: {cpu: "3750m", memory: "3Gi"}, limits: {memory: "3Gi"}}' \
  'args: [launch, "--elastic", "analyze", "/work/rock/rock.tif", "--voxel", "2um", "--out", "/work/rock/result"]'; do
  expect_contains stdout "$out" "$line"
done
[ "$(grep -c 'name: "rock"' .out)" -eq 5 ] || fail "not 5 times the name: $out"
dry -n 1 --name=mine --cpu=500m --image registry.example:5000/lapilli:1 rock.tif
for line in '      replicas: 1' '{requests: {cpu: "500m", memory: "256Mi"}, limits: {memory: "1Gi"}}' \
  'image: &image "registry.example:5000/lapilli:1"' '"/work/mine/rock.tif", "--out", "/work/mine/result"]' 'name: mine-case,'; do
  expect_contains stdout "$out" "$line"
done

# Hostile words: a reader of YAML, and Kubernetes, which then replaces $(NAME), see them as they are.
hostile=('' ' a  b ' "it's" '"quoted"' '$HOME' '$(HOSTNAME)' '$$(X)' '$$' 'x$' 'back\slash\n' $'tab\tline\nend' $'\x01\x1f\x7f'
  'µm 岩石 😀' $'\xc2\x85\xe2\x80\xa8\xe2\x80\xa9\xef\xbb\xbf' '{a: [b, c]}' '# no comment' ' # sample' '- x' '&a *b !c' '%' '@' 'null'
  '&' '\&' '--name' '-n' "/work/sample/result]")
name=$'it\'s "a" $(HOME) & \\ 岩石.tif'
touch -- "$name"
dry "./$name" -n 1 --name on -- "${hostile[@]}"
expect_code 0
printf '%s\0' analyze "/work/on/$name" "${hostile[@]}" --out /work/on/result >expected
cat >read_words.py <<'END'
import sys, yaml
def expand(text):  # as k8s.io/kubernetes/third_party/forked/golang/expansion does it, with no variable defined
    result, at = "", 0
    while at < len(text):
        if text[at] == "$" and at + 1 < len(text):
            if text[at + 1] == "$":
                result, at = result + "$", at + 2
                continue
            if text[at + 1] == "(" and ")" in text[at:]:
                sys.exit(f"a variable in {text!r}")
        result, at = result + text[at], at + 1
    return result
job, policy = yaml.safe_load_all(open(".out", encoding="utf-8"))
replicas = job["spec"]["mpiReplicaSpecs"]
words = replicas["Launcher"]["template"]["spec"]["containers"][0]["args"]
assert words[0] == "launch" and job["metadata"]["name"] == policy["metadata"]["name"] == "on", words
assert policy["spec"]["podSelector"]["matchLabels"]["training.kubeflow.org/job-name"] == "on"
open("found", "wb").write(b"".join(expand(word).encode() + b"\0" for word in words[1:]))
END
if python3 -c 'import yaml' 2>/dev/null; then
  python3 read_words.py || fail 'the YAML cannot be read'
  cmp expected found || fail "other words: $(tr '\0' '\n' <found)"
fi

# The name of the job by that of the file.
for pair in 'My Scan (2).TIF=my-scan-2' 3d.tif=job-3d 岩石.tif=job sample.tif=sample a.b.raw.gz=a-b .tif=tif null.tif=null \
  'plugs.h5:/exchange/data=plugs' "$(printf 'x%.0s' {1..39})-y.tif=$(printf 'x%.0s' {1..39})"; do
  file=${pair%=*}
  touch -- "${file%%:*}"
  dry "$file" -n 1
  expect_contains stdout "$out" "  name: \"${pair##*=}\""
done
dry plugs.h5:/exchange/data -n 1
expect_contains stdout "$out" '"/work/plugs/plugs.h5:/exchange/data"'
dry /work/scans/a.h5:/d -n 1
expect_contains stdout "$out" '"analyze", "/work/scans/a.h5:/d", "--out", "/work/a/result"]'

# Folders of Zarr, DICOM and slices, whatever they are called by, and another verb.
mkdir -p 'scans/Dry Rock.zarr/1' slices
for word in 'scans/Dry Rock.zarr' 'scans/Dry Rock.zarr/' './scans//Dry Rock.zarr/.'; do
  dry "$word" -n 1 --verb permeability
  expect_contains stdout "$out" '"permeability", "/work/dry-rock/Dry Rock.zarr", "--out", "/work/dry-rock/result"]'
done
dry 'scans/Dry Rock.zarr:/1' -n 1
expect_contains stdout "$out" '"analyze", "/work/dry-rock/Dry Rock.zarr:/1", "--out", "/work/dry-rock/result"]'
(cd slices && dry . -n 1 && cp .out .err ..)
expect_contains stdout "$(cat .out)" '"analyze", "/work/slices/slices", "--out", "/work/slices/result"]'

# Case files: the image that they name goes along, and is named behind them.
mkdir -p cases data
touch data/deep.raw
printf '# image = "other.tif"\nimage   =  "../data/deep.raw" # here\nshape = [1, 2, 3]\n' >cases/deep.toml
printf "image = '/work/scans/a.tif'\n" >cases/there.toml
printf 'voxel = "2um"\n' >cases/none.toml
dry cases/deep.toml -n 1 --axis x
expect_contains stdout "$out" '"analyze", "/work/deep/deep.toml", "/work/deep/deep.raw", "--axis", "x", "--out", "/work/deep/result"]'
dry cases/there.toml -n 1
expect_contains stdout "$out" '"analyze", "/work/there/there.toml", "--out"'
refused 'names no image' cases/none.toml -n 1

# Nonsense is refused with a sentence.
refused 'there is no image' -n 1
refused 'how many workers' rock.tif
refused '-n 0' rock.tif -n 0
refused '-n two' rock.tif -n two
refused '-n needs a value' rock.tif -n
refused '--slots 08' rock.tif -n 1 --slots 08
refused '--memory 4GB' rock.tif -n 1 --memory 4GB
refused '--memory 4 ' rock.tif -n 1 --memory 4
refused '--cpu 1,5' rock.tif -n 1 --cpu 1,5
refused '--wait -1' rock.tif -n 1 --wait -1
refused "'3d'" rock.tif -n 1 --name 3d
refused "'a_b'" rock.tif -n 1 --name a_b
refused '--image a"b' rock.tif -n 1 --image 'a"b'
refused '--out' rock.tif -n 1 --out here
refused '-ohere' rock.tif -n 1 -ohere
refused 'stands where the image is expected' --voxel 2um rock.tif -n 1
refused 'no file missing.tif' missing.tif -n 1
mkfifo pipe
refused 'pipe is neither a file nor a folder' pipe -n 1
refused '--verb porosity' rock.tif -n 1 --verb porosity
refused '--namespace Team is not possible' rock.tif -n 1 --namespace Team
refused 'not UTF-8' rock.tif -n 1 --voxel $'\xff'
cp rock.tif result
refused 'folder of results' ./result -n 1

# A manifest that has changed is not rendered by halves.
mkdir -p copy
cp -r "$here/../../k8s" "$here/../../scripts" copy
scripts=copy/scripts
template=copy/k8s/mpijob/mpijob.yaml
cp $template kept.yaml
for edit in 's/slotsPerWorker: /slots: /' 's/replicas: 3/replica: 3/' 's/name: sample$/name: samples/' '/job-name: sample}/d' \
  's/Worker:/Workers:/' 's/args: \[launch, /args: [start, /' 's/cpu: 500m, //' 's/image: \*image/image: lapilli:0.1.0/' \
  '$a # sample' 's/sample-case/a-case/'; do
  sed "$edit" kept.yaml >$template
  cmp -s kept.yaml $template && fail "$edit changes nothing"
  refused 'has changed' rock.tif -n 1
done
rm $template
refused 'is missing' rock.tif -n 1
[ ! -e asked ] || fail 'a cluster was asked'
finish
