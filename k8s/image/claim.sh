# shellcheck shell=bash
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of lapilli-pod: which of the pods that share images is at work on one. A claim is a file NAME.1 with the pod's name, which the pod
# touches every few seconds. One that has stayed as it was for 20 s is a dead pod's: who takes over makes NAME.2, which only one can,
# and so on; the highest number counts. Should the dead pod live all the same, the lease of the result folder decides.

claims() ( # NAME: their numbers, the highest last
    shopt -s nullglob
    printf '%s\n' "$1".* | sed -n 's/.*\.\([0-9][0-9]*\)$/\1/p' | sort -n
)

# Takes what bears that name for this pod, and sets $claim; false while another pod is at it.
declare -A touched=() since=() # of each claim
take() { # NAME
    local before last file owner='' now
    before=$(claims "$1")
    last=${before##*$'\n'}
    last=${last:-0}
    file=$1.$last
    if ((last > 0)); then
        read -r owner <"$file" || true # network disks look again at a file that is opened
        now=$(stat -c '%i %y' "$file") || return
        if [[ $now != "${touched[$file]:-}" ]]; then touched[$file]=$now since[$file]=$SECONDS; fi
        [[ $owner == "$HOSTNAME" ]] || ((SECONDS - since[$file] >= 20)) || return
    fi
    (set -o noclobber && echo "$HOSTNAME" >"$1.$((last + 1))") || return
    claim=$1.$((last + 1))
    # who had looked before somebody else was done would be one of two
    if [[ $(claims "$1") != "${before:+$before$'\n'}$((last + 1))" ]]; then
        rm -f "$claim"
        return 1
    fi
    for last in $before; do rm -f "$1.$last"; done
} 2>/dev/null

give_back() { rm -f "$claim"; }
