# shellcheck shell=bash disable=SC2034,SC2154,SC2317 # it shares the variables of the scripts that it is part of
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of submit.sh, fetch_results.sh and jobs.sh: what is left behind, whichever way they end: nothing.

scratch=   # a folder for as long as the script runs
arriving=  # a folder that is not whole yet
last_word= # said after Ctrl-C

leave() {
    local status=$?
    trap '' INT TERM
    set +e # one thing that fails is not to keep the others
    end_transfer
    forget_partial
    end_log
    close_volume
    rm -rf "$scratch" ${arriving:+"$arriving"}
    exit "$status"
}

interrupted() { # exit code
    [[ -z $last_word ]] || say "$last_word"
    exit "$1"
}

clean_up_at_the_end() {
    scratch=$(mktemp -d) || stop 1 "there is no room for a temporary folder; see df"
    trap leave EXIT
    trap 'interrupted 130' INT
    trap 'interrupted 143' TERM
}
