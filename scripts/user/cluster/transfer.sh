# shellcheck shell=bash disable=SC2154 # it shares the variables of the scripts that it is part of
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of submit.sh, fetch_results.sh and jobs.sh: bytes to the volume and back.

partial=  # a file on the volume that is not whole yet
transfer= # the process that moves bytes

size() { # BYTES
    if (($1 < 1000000)); then echo "$((($1 + 999) / 1000)) kB"; else echo "$((($1 + 500000) / 1000000)) MB"; fi
}

file_bytes() { wc -c <"$1" | tr -d ' '; }

file_sha256() { # FILE
    if command -v sha256sum >/dev/null; then
        sha256sum <"$1"
    else
        shasum -a 256 <"$1"
    fi | cut -d ' ' -f 1
}

end_transfer() {
    if [[ -n $transfer ]]; then end "$transfer"; fi
    transfer=
}

# Waits for $transfer, showing how far it is; ends it when no byte has moved for $stall_s.
await_transfer() { # BYTES WHAT COMMAND... that prints how many there are
    local total=$1 what=$2 moved=0 before=-1 since=$SECONDS result=0
    shift 2
    while is_alive "$transfer"; do
        sleep 0.5
        moved=$("$@" 2>/dev/null) || moved=
        moved=${moved:-0}
        if [[ $moved != "$before" ]]; then before=$moved since=$SECONDS; fi
        [[ ! -t 2 ]] || printf '\r%s: %s: %s of %s ' "$program" "$what" "$(size "$moved")" "$(size "$total")" >&2
        if ((SECONDS - since >= stall_s)); then
            end_transfer
            stop 1 "$what: no byte has moved for $stall_s s; is the node of the pod $helper up, and the network? try again"
        fi
    done
    [[ ! -t 2 ]] || printf '\r\033[K' >&2
    wait "$transfer" || result=$?
    transfer=
    return "$result"
}

# The file, piece by piece, so that one sees how far it has come.
feed() { # FILE BYTES
    local piece=0 size=4194304
    while ((piece * size < $2)); do
        dd if="$1" bs=$size skip=$piece count=1 2>/dev/null || return
        piece=$((piece + 1))
        echo $((piece * size < $2 ? piece * size : $2)) >"$scratch/sent"
    done
}

# What the other side said first, in parentheses.
said() { sed -n '1s/.*/ (&)/p' "$scratch/said" 2>/dev/null || true; }

# Brings a file to the volume, unless it is there. It gets its name when it is whole, whatever happens on the way.
upload() { # FILE TARGET
    local bytes there what=${1##*/}
    bytes=$(file_bytes "$1")
    # shellcheck disable=SC2016 # for the shell of the pod
    there=$(on_volume $((60 + bytes / 10000000)) sh -c '[ "$(stat -c %s "$1" 2>/dev/null)" != "$2" ] || sha256sum <"$1"' \
        sh "$2" "$bytes") || stop 1 "the pod $helper does not answer; try again"
    if [[ -n $there && ${there%% *} == "$(file_sha256 "$1")" ]]; then
        say "$what is on the volume already"
        return
    fi
    say "uploading $what ($(size "$bytes"))"
    # A name of its own: the shell of an upload that was broken off may live on in the pod, and takes away what it has begun.
    partial=${2%/*}/.${2##*/}.part-$$
    # shellcheck disable=SC2016
    feed "$1" "$bytes" | "${kubectl[@]}" exec -i "$helper" -c volume -- sh -c \
        'mkdir -p "${1%/*}" && rm -f "${3%-*}"-* && trap "rm -f \"\$3\"" EXIT && cat >"$3" &&
            [ "$(stat -c %s "$3" 2>/dev/null)" = "$2" ] && mv "$3" "$1"' sh "$2" "$bytes" "$partial" 2>"$scratch/said" &
    transfer=$!
    await_transfer "$bytes" "uploading $what" cat "$scratch/sent" ||
        stop 1 "$what did not arrive whole$(said); is there room on the volume? try again"
    partial=
}

# Takes away what an upload that was broken off has left.
forget_partial() {
    if [[ -n $partial ]]; then on_volume 20 rm -f "$partial" >/dev/null 2>&1 || true; fi
    partial=
}

bytes_in() { echo $(($(du -sk "$1" | cut -f 1) * 1024)); }

# Brings a folder of the volume into a folder here.
download() { # SOURCE BYTES FOLDER
    local tar
    mkfifo "$scratch/tar"
    tar -xof - -C "$3" <"$scratch/tar" &
    tar=$!
    "${kubectl[@]}" exec "$helper" -c volume -- tar -C "$1" -cf - . >"$scratch/tar" 2>"$scratch/said" &
    transfer=$!
    await_transfer "$2" "fetching ${1%/result}" bytes_in "$3" && wait "$tar"
}
