# shellcheck shell=bash disable=SC2034,SC2154 # it shares the variables of install_k3s.sh
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of install_k3s.sh: what is done, and only if it is needed. Parts that a laptop runs do with bash 3.2 and the tools
# of macOS: inventory, ssh, cluster, remove, kubeconfig, table and this one.

# shellcheck source=/dev/null
. "$source_folder/scripts/limits.sh"
changes=0 # steps that were needed

# Does a step and says so; with --plan it only says so.
change() { # WHAT COMMAND...
    changes=$((changes + 1))
    if $plan; then
        say "would $1"
        return
    fi
    say "$1"
    shift
    "$@"
}

scratch= # a folder for this user only, which goes when the script ends; tokens rest in it, too
make_scratch() {
    scratch=$(mktemp -d) || exit 1
    trap 'rm -rf "$scratch"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
}

# Asks until the answer is yes, for so many seconds at most.
await() { # SECONDS COMMAND...
    local until=$((SECONDS + $1))
    shift
    until "$@"; do
        ((SECONDS < until)) || return 1
        sleep 2
    done
}

# Writes a file whole or not at all, for root only, if it has another content. In a plan, and elsewhere, what it holds is never shown.
put_file() { # WHAT FILE CONTENT
    if [[ -f $2 && $(<"$2") == "$3" ]]; then return; fi
    change "$1" write_file "$2" "$3"
}
write_file() { # FILE CONTENT
    local folder
    folder=$(dirname "$1")
    { mkdir -p "$folder" && rm -f "$1.new" && (umask 077 && printf '%s\n' "$2" >"$1.new") && mv "$1.new" "$1"; } ||
        stop 1 "$1 cannot be written; expected space and permission there; free some, and try again"
}
