# shellcheck shell=bash disable=SC2154 # it shares the variables of the scripts that it is part of
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of submit.sh: the log of the launcher, every line once, whatever happens to the launcher and to the connection.

log_of=   # "UID STARTS" of the container whose log is read
reader=   # the process that reads it
printer=  # and the one that prints it

# Prints the lines that are newer than the last one, without their times; --since-time knows whole seconds only. What kubectl itself
# says has no time.
print_new_lines() {
    local line stamp last
    last=$(cat "$scratch/last" 2>/dev/null) || last=
    while IFS= read -r line || [[ -n $line ]]; do
        stamp=${line%% *}
        [[ $stamp == [0-9][0-9][0-9][0-9]-*T*:* && $stamp > $last ]] || continue
        last=$stamp
        echo "$last" >"$scratch/last"
        line=${line#"$stamp"}
        printf '%s\n' "${line# }"
    done
}

# The options for a log from the last line on.
since() {
    local last
    last=$(cat "$scratch/last" 2>/dev/null) || return 0
    [[ -z $last ]] || echo "--since-time=$last"
}

# Prints what is missing of the log of a container that has ended.
print_rest() { # POD [--previous]
    # shellcheck disable=SC2046 # no option, or one
    bounded 30 "${kubectl[@]}" logs "$@" -c launcher --timestamps $(since) 2>/dev/null | print_new_lines || true
}

end_log() {
    if [[ -z $reader ]]; then return 0; fi
    end "$reader"
    wait "$printer" 2>/dev/null || true
    reader='' printer=''
}

# Reads on if the log is that of another container, or if the connection broke. To be called again and again while the launcher runs.
follow_log() {
    local now="$launcher_uid $launcher_starts"
    if [[ $log_of == "$now" ]] && is_alive "$reader"; then return; fi
    await_end "$reader" 1
    end_log
    if [[ ${log_of% *} != "$launcher_uid" ]]; then
        rm -f "$scratch/last"
    elif [[ $log_of != "$now" ]]; then
        print_rest "$launcher" --previous
    fi
    log_of=$now
    rm -f "$scratch/log"
    mkfifo "$scratch/log"
    print_new_lines <"$scratch/log" &
    printer=$!
    # shellcheck disable=SC2046 # no option, or one
    "${kubectl[@]}" logs -f "$launcher" -c launcher --timestamps $(since) >"$scratch/log" 2>/dev/null &
    reader=$!
}

# Prints the log to its end.
finish_log() {
    await_end "$reader" 1
    end_log
    if [[ -z $launcher ]]; then return; fi
    if [[ ${log_of% *} != "$launcher_uid" ]]; then rm -f "$scratch/last"; fi
    print_rest "$launcher"
}
