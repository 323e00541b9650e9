# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# What scripts/install_k3s.sh says when hosts of an inventory are in trouble, and how far it goes nevertheless.
. "$(dirname "$0")/fake_hosts.sh"
untouched() { expect_no_call ' curl \| apt-get \|install.sh server\| systemctl restart'; }
trouble() { # CODE, WHAT IS SAID OF A HOST, WHAT IS SAID AT THE END
  cluster --wait 1
  expect_error "$1" "$3"
  expect_contains stderr "$err" "$2"
}

# Nothing is done where the first server cannot be had, or a host cannot become what it is to be.
fresh && touch fake/10.0.0.4/away
trouble 1 '10.0.0.4 does not answer to ssh for 1 s' 'the first server, 10.0.0.4, does not answer, so nothing was changed' && untouched
fresh && touch fake/10.0.0.5/denied
trouble 2 '10.0.0.5 does not let debian in' 'nothing was changed' && untouched
fresh && fails 'laptop ssh .*10.0.0.6' 'Host key verification failed.'
trouble 2 'ssh-keygen -R 10.0.0.6' 'nothing was changed' && untouched
fresh && touch fake/10.0.0.6/{user,no_sudo}
trouble 2 'debian of 10.0.0.6 may not become root without a password' 'nothing was changed' && untouched
fresh && touch fake/10.0.0.6/no_route
trouble 2 'agent 10.0.0.6: error: this host has no default route' 'nothing was changed' && untouched
fresh && echo node-5 >fake/10.0.0.6/name
trouble 2 '' 'several hosts are called node-5' && untouched

# An agent that cannot be had does not keep the others away; the same command goes on where it has ended.
fresh && touch fake/10.0.0.5/away
trouble 1 'agent 10.0.0.5: error: 10.0.0.5 does not answer' 'the cluster is not complete (see above); the same command goes on'
expect_contains table "$out" 'no answer'
[ "$(grep -c ' Ready ' <<<"$out")" -eq 2 ] || fail "the others are not there: $out"
rm fake/10.0.0.5/away
cluster
expect_code 0
[ "$(grep -c 'nothing had to be changed' .err)" -eq 1 ] || fail "not just the server was left alone: $err"
fresh && touch fake/10.0.0.6/full
trouble 1 'the script could not be copied to 10.0.0.6' 'the cluster is not complete'
grep -qx '    10.0.0.6: cat: write error: No space left on device' .err || fail "not said why: $err"
fresh && fails 'laptop ssh .*10.0.0.6 .*cat >' 'No space left on device'
trouble 1 'lapilli-0.1.0.tar could not be copied to 10.0.0.6' 'the cluster is not complete'
fresh && fails 'laptop ssh .*10.0.0.6 .*cksum' 'Connection reset by peer'
trouble 1 '10.0.0.6 does not tell which files it has' 'the cluster is not complete'
finish
