# shellcheck shell=bash disable=SC2154 # it shares the variables of the scripts that it is part of
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of all scripts that run on a laptop (bash 3.2 and the tools of macOS are enough): what they say, of which version they are, and
# how long the programs may take that they call.

say() { echo "$program: $*" >&2; }
stop() { # exit code, message
    say "error: $2"
    exit "$1"
}

# The version of Lapilli, by the image of its manifests: they lie beside the scripts in the sources and where a package installs both.
own_version() {
    local manifest
    manifest=$(dirname "${BASH_SOURCE[0]}")/../k8s/mpijob/mpijob.yaml
    sed -n 's/^.* image: &image lapilli:\([0-9.]*\).*/\1/p' "$manifest"
}

is_alive() { [[ -n $1 ]] && kill -0 "$1" 2>/dev/null; }

# Waits for the end of a process for so many seconds at most.
await_end() { # PID SECONDS
    local until=$((SECONDS + $2)) pause=0.02
    while is_alive "$1" && ((SECONDS <= until)); do
        sleep "$pause"
        pause=0.1
    done
}

# Ends a process that may be deaf.
end() { # PID
    kill "$1" 2>/dev/null || return 0
    await_end "$1" 2
    kill -KILL "$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
}

# Runs a program for so many seconds at most; 124 if that was not enough. (macOS has no timeout.)
bounded() { # SECONDS PROGRAM...
    local limit=$1 pid
    shift
    "$@" <&0 &
    pid=$!
    await_end "$pid" "$limit"
    if is_alive "$pid"; then
        end "$pid"
        return 124
    fi
    wait "$pid"
}
