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

sha256=(sha256sum)
command -v sha256sum >/dev/null || sha256=(shasum -a 256)

# One sum over the bytes of a file, or over the names and the bytes of all files of a folder.
sum_of() { # FILE or FOLDER
    if [[ -d $1 ]]; then
        (cd -- "$1" && find -L . -type f | LC_ALL=C sort | tr '\n' '\0' | xargs -0 "${sha256[@]}") | "${sha256[@]}"
    else
        "${sha256[@]}" <"$1"
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

# The folder in the same way, as tar packs it, with what links in it point to.
feed_folder() { # FOLDER BYTES
    local sent=0 piece
    COPYFILE_DISABLE=1 tar -C "$1" -chf - . | while LC_ALL=C dd bs=65536 count=64 2>"$scratch/piece"; do
        piece=$(sed -n '$s/ .*//p' "$scratch/piece")
        ((piece > 0)) || break
        sent=$((sent + piece))
        echo $((sent < $2 ? sent : $2)) >"$scratch/sent"
    done
}

# What the other side said first, in parentheses.
said() { sed -n '1s/.*/ (&)/p' "$scratch/said" 2>/dev/null || true; }

# For the shell of the pod. The sum of a target, empty where that is of another kind or size; and how what comes in gets its name when it
# is whole, whatever happens on the way: under another one, $3, until it has its size, $2, in bytes or in files.
# shellcheck disable=SC2016
{
    sum_of_file='[ "$(stat -c %s "$1" 2>/dev/null)" != "$2" ] || sha256sum <"$1"'
    sum_of_folder='[ ! -d "$1" ] || { cd "$1" && find . -type f | LC_ALL=C sort | tr "\n" "\0" | xargs -0 sha256sum | sha256sum; }'
    begin='mkdir -p "${1%/*}" && rm -rf "${3%-*}"-* && trap "rm -rf \"\$3\"" EXIT'
    receive_file="$begin"' && cat >"$3" && [ "$(stat -c %s "$3" 2>/dev/null)" = "$2" ] && mv "$3" "$1"'
    receive_folder="$begin"' && mkdir "$3" && tar -xof - -C "$3" && [ "$(find "$3" -type f | wc -l)" -eq "$2" ] && rm -rf "$1" && mv "$3" "$1"'
}

# Brings a file or a folder to the volume, unless it is there.
upload() { # FILE or FOLDER, TARGET
    local bytes whole there what=${1##*/} feed=feed sum=$sum_of_file receive=$receive_file
    if [[ -d $1 ]]; then
        feed=feed_folder sum=$sum_of_folder receive=$receive_folder
        bytes=$(bytes_in "$1") whole=$(find -L "$1" -type f | wc -l | tr -d ' ')
    else
        bytes=$(file_bytes "$1") whole=$bytes
    fi
    there=$(on_volume $((60 + bytes / 10000000)) sh -c "$sum" sh "$2" "$whole") || stop 1 "the pod $helper does not answer; try again"
    if [[ -n $there && ${there%% *} == "$(sum_of "$1")" ]]; then
        say "$what is on the volume already"
        return
    fi
    say "uploading $what ($(size "$bytes"))"
    # A name of its own: the shell of an upload that was broken off may live on in the pod, and takes away what it has begun.
    partial=${2%/*}/.${2##*/}.part-$$
    "$feed" "$1" "$bytes" | "${kubectl[@]}" exec -i "$helper" -c volume -- sh -c "$receive" sh "$2" "$whole" "$partial" 2>"$scratch/said" &
    transfer=$!
    await_transfer "$bytes" "uploading $what" cat "$scratch/sent" ||
        stop 1 "$what did not arrive whole$(said); is there room on the volume? try again"
    partial=
}

# Takes away what an upload that was broken off has left.
forget_partial() {
    if [[ -n $partial ]]; then on_volume 20 rm -rf "$partial" >/dev/null 2>&1 || true; fi
    partial=
}

bytes_in() { echo $(($(du -skL "$1" | cut -f 1) * 1024)); }

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
