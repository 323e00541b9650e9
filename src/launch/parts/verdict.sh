# shellcheck shell=bash disable=SC2154,SC2004 # it shares the variables of lapilli-launch
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of lapilli-launch: which exit codes are final, and how a launcher that is started again by Kubernetes learns of them.

# Without some of the hosts a refusal may be for want of their memory.
is_final() { [[ $1 == [034] || ($1 == 2 && ${#dropped[@]} -eq 0) ]]; }

# The folder of --out; empty without.
result_folder() {
    local n word
    for ((n = 0; n < ${#arguments[@]}; ++n)); do
        word=${arguments[n]}
        case $word in
            -o | --out) echo "${arguments[n + 1]:-}" ;;
            --out=*) echo "${word#--out=}" ;;
            -o*) echo "${word#-o}" ;;
        esac
    done
}

# Which file of that name lies in the folder.
trace() { # NAME
    local file
    file=$(result_folder)/$1
    [[ -f $file ]] && read -r <"$file" # network disks look again at a file that is opened
    stat -c '%i %y %s' "$file"
} 2>/dev/null
result_trace() { trace result.json; }
progress_trace() { trace progress.jsonl; }

# Whether a code 0 is true, since mpirun of Open MPI 5 returns it also after it has lost a host: there must be a new result.json, or,
# where none is to be expected, all hosts must still be there.
is_done() { # result_trace from before
    if [[ -e $(result_folder)/progress.jsonl ]]; then
        [[ "$(result_trace)" != "$1" ]]
    else
        (($(where true "${used[@]}" | wc -l) == ${#used[@]}))
    fi
}

# Another launcher may hold the lease of the same folder, or have hosts with more memory: codes 2 and 4 are the verdicts of one launcher's
# host only. Pods that follow each other have the same host name.
verdict_file() { # code
    echo "$(result_folder)/verdict$([[ $1 != [24] ]] || echo ".${LAPILLI_POD:-$HOSTNAME}")"
}

# Digest of the command and of the sizes and times of the files that it names: a changed image asks for another answer.
command_digest() {
    local word
    {
        printf '%s\n' "$PWD" "${arguments[@]}"
        for word in "$program" "${arguments[@]}"; do
            if [[ -f ${word%%:/*} ]]; then stat -L -c '%n %s %y' -- "${word%%:/*}"; fi
        done
    } | sha256sum | cut -d ' ' -f 1
}

# Prints the code that this command has ended with before; false if it has not.
earlier_verdict() {
    local file code digest
    [[ -n $(result_folder) ]] || return 1
    for file in "$(verdict_file 0)" "$(verdict_file 4)"; do
        [[ -f $file ]] && read -r code digest 2>/dev/null <"$file" || continue
        if is_final "$code" && [[ $digest == "$(command_digest)" ]]; then echo "$code" && return; fi
    done 2>/dev/null
    return 1
}

# Whether nothing is lost if a verdict takes the place of that: there is none, or an earlier verdict.
may_hold_verdict() { # FILE
    [[ -e $1 || -L $1 ]] || return 0
    [[ -f $1 && -w $1 ]] && { [[ ! -s $1 ]] || [[ $(head -c 80 "$1" | tr '\0' '?') =~ ^[0-9]+\ [0-9a-f]{64}$ ]]; }
}

write_verdict() { # code
    local file new=
    [[ -d $(result_folder) ]] || return
    file=$(verdict_file "$1")
    { may_hold_verdict "$file" && new=$(mktemp "$file.XXXXXX") && echo "$1 $(command_digest)" >"$new" && chmod "$(file_mode)" "$new" &&
        sync "$new" && mv "$new" "$file"; } 2>/dev/null || {
        [[ -z $new ]] || rm -f "$new"
        say "the verdict could not be written to $file; a launcher that is started again will not know of it"
    }
    file=$(verdict_file 4) # an earlier one of this host
    if [[ $1 != [24] ]] && may_hold_verdict "$file"; then rm -f "$file"; fi
}
file_mode() { printf '%o\n' $((0666 & ~0$(umask))); } # as the shell gives it; mktemp lets nobody else read
