# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# scripts/user/submit.sh brings an image to a cluster, whole and once, and says in one sentence what is wrong before it sends anything.
# tests/cluster/fake_kubectl plays the cluster.
. "$(dirname "$0")/fake.sh"
head -c 9000000 /dev/urandom >rock.tif # three pieces

# All goes well.
fresh
submit rock.tif -n 3 --voxel 2um
expect_code 0
expect_out $'line 1\nline 2\nline 3'
cmp rock.tif fake/work/rock/rock.tif || fail 'the image did not arrive'
[ "$(ls -A fake/work/rock)" = rock.tif ] || fail "more is there: $(ls -A fake/work/rock)"
expect_contains applied "$(cat fake/applied)" '"/work/rock/rock.tif", "--voxel", "2um", "--out", "/work/rock/result"]'
expect_call 'delete pod volume-rock'
expect_no_call 'patch job'
expect_call 'patch networkpolicy rock --type merge --patch {"metadata": {"ownerReferences": [{"apiVersion": "kubeflow.org/v2beta1", "kind": "MPIJob", "name": "rock", "uid": "u1"}]}}'
expect_no_call 'apply -f /'
expect_contains stderr "$err" 'scripts/user/fetch_results.sh rock'

# What is there is not sent again, but another file of the same size is.
cp -r fake/work kept
for change in '' 'printf x | dd of=rock.tif conv=notrunc'; do
  fresh
  cp -r kept/. fake/work
  eval "$change" 2>/dev/null
  submit rock.tif -n 3 --detach
  expect_code 0
  cmp rock.tif fake/work/rock/rock.tif || fail 'the image is another one'
  if [ -z "$change" ]; then expect_no_call 'exec -i'; else expect_call 'exec -i'; fi
  expect_no_call logs
done

# A case and its image, a file that is there, one that is not; what the user keeps is left.
mkdir -p deep
echo 'image = "../rock.tif"' >deep/case.toml
fresh
touch fake/kept
submit deep/case.toml -n 1 --detach
expect_code 0
cmp rock.tif fake/work/case/rock.tif && cmp deep/case.toml fake/work/case/case.toml || fail 'a case did not arrive'
expect_no_call 'delete pod'
submit /work/case/rock.tif -n 1 --detach --replace
expect_code 0
submit /work/case/rock.h5:/a -n 1 --detach --replace
expect_error submit 2 '/work/case/rock.h5:/a'

# What an image is not read without goes with it; other files do not.
mkdir -p heads
for head in 'a.mhd ElementDataFile = a.raw' 'b.nhdr data file: b.raw.gz' 'c.vgi Name = D:\scans\c 1.vol' 'd.hdr x' 'e.mhd ElementDataFile = LOCAL' \
  'f.raw.json {}' 'f.info x' 'f.log x'; do
  printf 'first\r\n%s\r\nlast\n' "${head#* }" >"heads/${head%% *}"
done
touch heads/{a.raw,b.raw.gz,'c 1.vol',d.img,e.raw,f.raw,f.mhd}
for files in 'a.mhd|a.raw' 'b.nhdr|b.raw.gz' 'c.vgi|c 1.vol' 'd.hdr|d.img' 'e.mhd' 'f.raw|f.info|f.mhd|f.raw.json'; do
  fresh
  submit "heads/${files%%|*}" -n 3 --name x --detach
  expect_code 0
  [ "$(ls fake/work/x | LC_ALL=C sort)" = "$(tr '|' '\n' <<<"$files" | LC_ALL=C sort)" ] || fail "$ran: sent $(ls fake/work/x)"
done
fresh && mv 'heads/c 1.vol' heads/g.vol
submit heads/c.vgi -n 3
expect_error submit 2 'there is no file heads/c 1.vol, where heads/c.vgi says that its voxels are'

# A folder arrives with all that is in it and that links in it point to, and is sent again when a byte or a name has changed.
mkdir -p scan.zarr/0
head -c 5000000 rock.tif >scan.zarr/0/0.0.0
echo '{}' >'scan.zarr/.z array'
ln -s ../../deep/case.toml scan.zarr/0/link
fresh
for change in : 'printf y | dd of=scan.zarr/0/0.0.0 conv=notrunc' 'mv scan.zarr/0/link scan.zarr/0/other' ''; do
  eval "$change" 2>/dev/null
  : >fake/calls
  submit scan.zarr/ -n 3 --detach --replace
  expect_code 0
  diff -r scan.zarr fake/work/scan/scan.zarr || fail "another folder arrived after '$change'"
  if [ -z "$change" ]; then expect_no_call 'exec -i'; else expect_call 'exec -i'; fi
done
[ "$(ls -A fake/work/scan)" = scan.zarr ] && [ ! -L fake/work/scan/scan.zarr/0/other ] || fail "more or less is there: $(ls -lAR fake/work/scan)"
for cut in 600 1000000; do
  fresh && echo "$cut" >fake/cut && echo 0 >fake/stuck
  submit scan.zarr -n 3
  expect_error submit 1 'scan.zarr did not arrive whole'
  [ -z "$(ls -A fake/work/scan)" ] || fail "an upload left $(ls -A fake/work/scan)"
done

# An upload that is broken off leaves nothing, whoever breaks it off.
for cut in '5000 0' '5000000 0' '5000 3'; do
  fresh
  echo "${cut% *}" >fake/cut
  echo "${cut#* }" >fake/stuck
  submit rock.tif -n 3
  expect_error submit 1 'did not arrive whole'
  [ -z "$(ls -A fake/work/rock)" ] || fail "an upload left $(ls -A fake/work/rock)"
  [ ! -e fake/submitted ] || fail 'a job without its image'
done
for signal in INT TERM; do
  fresh
  echo 5000 >fake/cut
  echo 5 >fake/stuck
  set -m # as from a terminal
  "$BASH_OF_USER" "$scripts/user/submit.sh" rock.tif -n 3 >.out 2>.err &
  pid=$!
  set +m
  await '[ -s fake/work/rock/.rock.tif.part-* ]'
  kill -$signal -- -$pid
  wait $pid
  code=$? ran="submit and SIG$signal"
  expect_code $([ $signal = INT ] && echo 130 || echo 143)
  [ -z "$(ls -A fake/work/rock)" ] || fail "$ran left $(ls -A fake/work/rock)"
  expect_call 'delete pod volume-rock'
done

# The shell in the pod of an upload that is cut off does not end at once, and leaves the next upload alone when it does.
fresh
echo 5000 >fake/cut
echo 3 >fake/stuck
"$BASH_OF_USER" "$scripts/user/submit.sh" rock.tif -n 3 >.out 2>.err &
pid=$!
await '[ -s fake/work/rock/.rock.tif.part-* ]'
kill -KILL $pid
wait $pid 2>/dev/null
echo 9000000 >fake/cut
echo 5 >fake/stuck
submit rock.tif -n 3 --detach
expect_code 0
cmp rock.tif fake/work/rock/rock.tif || fail 'an upload did not survive the end of another one'

# What is not as it should be is said before anything is sent.
refused() { # code, part of the sentence, arguments
  local code_expected=$1 sentence=$2
  shift 2
  submit rock.tif -n 3 --wait 2 "$@"
  expect_error submit "$code_expected" "$sentence"
  expect_no_call 'exec -i'
  [ ! -e fake/submitted ] || fail "$ran: submitted all the same"
}
fresh && touch fake/down
refused 75 'the cluster does not answer (The connection to the server 192.0.2.1:6443 was refused'
fresh && touch fake/no_operator
refused 2 'kubectl apply --server-side -f https://'
fresh && echo 'u9||Created Running' >fake/mpijob.before
refused 2 '--replace'
fresh && mkdir -p fake/work/rock/result && touch fake/work/rock/result/result.json
refused 2 'fetch them with scripts/user/fetch_results.sh rock'
# What no scheduling could bring to the nodes is not submitted; what could run if they were free, is. A worker of 2 slots asks for 1750m.
nodes() { # cpu and memory of each; a server that takes no pods
  fresh
  printf 'server|8|16Gi||NoSchedule\nagent-0|8|16Gi|true|\n' >fake/nodes
  local i=0 node
  for node; do i=$((i + 1)) && echo "agent-$i|${node% *}|${node#* }||" >>fake/nodes; done
}
nodes '2 4039424Ki' '2 4039424Ki' '2 4039424Ki'
refused 2 'agent-1 has 2 cpu and 4039424Ki, agent-2 has 2 cpu and 4039424Ki, agent-3 has' --slots 2 --cpu 2
refused 2 '3 workers of 500m cpu and 4Gi and a launcher of 200m cpu and 64Mi do not fit on the nodes' --memory 4Gi
refused 2 'ask for less with -n, --cpu or --memory' --slots 3
submit rock.tif -n 3 --slots 2 --detach
expect_code 0
expect_contains applied "$(cat fake/applied)" 'cpu: "1750m"'
fresh
submit rock.tif -n 3 --namespace team --detach
expect_code 0
expect_call '--namespace team --request-timeout 20s apply -f -'
expect_contains stderr "$err" 'fetch_results.sh rock --namespace team'
fresh && touch fake/no_claim && submit rock.tif -n 3 --namespace team --detach
for kind in Namespace PersistentVolumeClaim MPIJob Pod; do grep -qx "kind: $kind" fake/applied || fail "$ran: applied no $kind"; done
! grep -n 'namespace: "*lapilli' fake/applied || fail "$ran: applied something to another namespace"
grep -A 2 -x 'kind: Namespace' fake/applied | grep -qx '  name: "team"' || fail "$ran: made another namespace"
nodes '3900m 8Gi' '2 2000000000'
refused 2 'agent-2 has 2 cpu and 2000000000' --cpu 1.9 --memory 2G
submit rock.tif -n 3 --cpu 1.7 --memory 2G --detach
expect_code 0
# Root may write everywhere, so somebody else looks at the volume.
if [ "$(id -u)" -eq 0 ]; then
  fresh && chmod 777 fake/work && mkdir -m 555 fake/work/rock && echo 'setpriv --reuid 65534 --regid 65534 --clear-groups' >fake/as
  refused 2 'the folder /work/rock of the volume belongs to uid 0; expected uid 1000, as which pods run; there, e.g.: chown -R 1000:1000 /srv/lapilli/rock'
fi
fresh && touch fake/no_claim && echo Pending >fake/claim && echo 'Pending||' >fake/helper.2
refused 2 'k8s/storage'
for kind in Namespace NetworkPolicy PersistentVolumeClaim; do
  grep -qx "kind: $kind" fake/applied || fail "$ran: applied no $kind"
done
fresh && echo Pending >fake/claim && echo 'Pending||' >fake/helper.2 && printf 'other|theirs\nlapilli-shared|lapilli-work\n' >fake/volumes
refused 2 "the volume lapilli-work, with its data, is Released, since it belonged to a claim that was deleted; give it to this one with: \
kubectl patch pv lapilli-work --type json -p '[{\"op\": \"remove\", \"path\": \"/spec/claimRef\"}]'"
fresh && echo 'Pending||' >fake/helper.2 && echo 'ErrImageNeverPull|no such image' >fake/helper.waits
refused 1 'ErrImageNeverPull: no such image; bring the image to all nodes with scripts/owner/import_image.sh'
fresh && echo 'Pending||' >fake/helper.2 && echo 'ErrImagePull|not found' >fake/helper.waits
began=$SECONDS
refused 1 'ErrImagePull: not found; bring the image to all nodes' --wait 100 # given up long before
((SECONDS - began < 40)) || fail "a wrong image was waited for: $((SECONDS - began)) s"
fresh && echo 'Pending||' >fake/helper.2 && echo 'mount failed: bad option' >fake/events && echo 'ContainerCreating|' >fake/helper.waits
refused 1 'the pod volume-rock does not start: mount failed: bad option'
fresh
mkdir -p few
for tool in bash cat cut dd dirname grep head iconv mkfifo mktemp rm sed sha256sum sleep tail touch tr wc; do
  ln -sf "$(command -v $tool)" few/
done
run env PATH="$PWD/few" bash "$scripts/user/submit.sh" rock.tif -n 3
expect_error submit 2 'there is no kubectl'
printf '#!/bin/sh\nPATH=%s; shift; exec kubectl "$@"\n' "$PATH" >few/k3s
chmod +x few/k3s
run env PATH="$PWD/few" bash "$scripts/user/submit.sh" rock.tif -n 3
expect_code 0

# A job of the same name.
for before in 'u9||Created Running' 'u9|t|Created Failed'; do
  fresh && echo "$before" >fake/mpijob.before
  mkdir -p fake/work/rock/result && touch fake/work/rock/result/journal.jsonl
  flags=
  [ "${before%Failed}" != "$before" ] || flags=--replace
  submit rock.tif -n 3 --detach $flags
  expect_code 0
  expect_call 'delete mpijob rock'
  [ -e fake/work/rock/result/journal.jsonl ] || fail 'a job that was replaced cannot resume'
done
fresh
echo 'u9|t|Created Failed' >fake/mpijob.before
echo rock-worker-1 >fake/pods.left
submit rock.tif -n 3 --wait 3
expect_error submit 1 'do not end: rock-worker-1'
finish
