# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# scripts/user/fetch_results.sh brings results whole or not at all, and writes over nothing that it was not told to.
# tests/cluster/fake_kubectl plays the cluster.
. "$(dirname "$0")/fake.sh"

finished() {
  fresh
  mkdir -p fake/work/rock/result/checkpoint
  echo '{}' >fake/work/rock/result/result.json
  head -c 3000000 /dev/urandom >"fake/work/rock/result/a field.h5"
  echo 'u1|t|Created Succeeded' >fake/mpijob.before
}
same() { diff -r fake/work/rock/result "$1" || fail "$ran: other files in $1"; }
left() { [ -z "$(ls -d "$1".* 2>/dev/null)" ] || fail "$ran left $(ls -d "$1".*)"; }

finished
chown -R 1000:1000 fake/work 2>/dev/null # as in the pods
fetch rock
expect_code 0
same rock.lapilli
expect_contains stderr "$err" 'rock.lapilli (2 files, 3 MB)'
expect_call 'delete pod volume-rock'
[ "$(stat -c %U rock.lapilli/result.json)" = "$(id -un)" ] || fail 'the results are somebody else'"'s"
mkdir empty
for folder in empty 'new/my results'; do
  fetch rock "$folder"
  expect_code 0
  same "$folder"
  left "$folder"
done

# What is there is kept.
fetch rock
expect_error fetch_results 2 'rock.lapilli has files already'
echo mine >rock.lapilli/mine
echo old >rock.lapilli/result.json
fetch rock --force
expect_code 0
[ "$(cat rock.lapilli/mine)" = mine ] || fail '--force has deleted a file'
rm rock.lapilli/mine
same rock.lapilli
left rock.lapilli
fetch rock rock.lapilli/result.json
expect_error fetch_results 2 'is a file'

# Results that do not arrive whole are not taken for results.
finished
for harm in 'head -c 1000000' 'tar -f - --delete ./result.json'; do
  echo "$harm" >fake/harm
  fetch rock harmed
  expect_error fetch_results 1 'arrive'
  [ ! -e harmed ] || fail 'a harmed folder is there'
  left harmed
done

# What is not there.
rm fake/mpijob.before
fetch stone
expect_error fetch_results 2 'there is no job stone'
finished
rm fake/work/rock/result/result.json
fetch rock other
expect_error fetch_results 2 'has no results (Succeeded)'
fresh && touch fake/no_claim
fetch rock other
expect_error fetch_results 2 'there are no results'
fresh && touch fake/down
fetch rock other
expect_error fetch_results 75 'does not answer'
fetch ../rock
expect_error fetch_results 2 "'../rock'"
fetch rock other more
expect_error fetch_results 2 'one word too many'
fetch --forse rock
expect_error fetch_results 2 '--forse is unknown'
[ ! -e other ] || fail 'a folder without results'

# The jobs that have results.
finished
mkdir -p fake/work/empty/result
fetch
expect_code 0
expect_contains stdout "$out" 'NAME'
expect_contains stdout "$out" 'rock  '
case $out in *empty*) fail 'lists a job without results' ;; esac
fresh
fetch
expect_code 0
expect_out ''
expect_contains stderr "$err" 'no job has results yet'
finish
