# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# scripts/install_k3s.sh when the first server fails, when clocks differ, and when K3s is to go from hosts that do not answer.
. "$(dirname "$0")/fake_hosts.sh"
trouble() { # CODE, WHAT IS SAID OF A HOST, WHAT IS SAID AT THE END
  cluster --wait 1
  expect_error "$1" "$3"
  expect_contains stderr "$err" "$2"
}

# The first server fails.
fresh && echo 'level=fatal msg="no space left on device"' >fake/10.0.0.4/log
trouble 1 'its last error: level=fatal msg="no space left on device"' 'the server 10.0.0.4 is not ready, so nothing else was done'
expect_no_call '10.0.0.5 install.sh'
fresh && fails 'laptop ssh .*cat .*/agent-token' 'Connection reset by peer'
trouble 1 '' 'the tokens could not be fetched from 10.0.0.4'
fresh && fails 'laptop ssh .*cat .*/k3s.yaml' 'cat: No such file or directory'
trouble 1 '' '10.0.0.4 has no kubeconfig of K3s'
touch fake/10.0.0.4/away
provision kubeconfig --inventory inventory --wait 1
expect_error 1 'no server answers'

# Clocks.
fresh && echo 90 >fake/10.0.0.6/clock
cluster
expect_code 0
grep -q 'warning: the clock of 10.0.0.6 is \(89\|9[0-9]\) s ahead' .err || fail "no word of the clock: $err"
grep -q 'clock' <(fresh && cluster; cat .err) && fail 'a word of clocks that are right'

# Away with what is not there, or not reached.
cluster && expect_code 0
touch fake/10.0.0.5/away
provision uninstall --inventory inventory --wait 1
expect_error 1 'K3s is still on some hosts'
[ ! -e fake/10.0.0.6/usr/local/bin/k3s ] || fail 'an agent that answers keeps K3s'
rm fake/10.0.0.5/away
provision uninstall --inventory inventory
expect_code 0
finish
