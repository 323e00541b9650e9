# shellcheck shell=bash disable=SC2154,SC2004 # it shares the variables of lapilli-launch
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of lapilli-launch: one run of mpirun, and what ends it.

mpirun=    # its process
helpers=() # processes that watch it or end it
stopped=   # exit code, once somebody asked this program to stop

export_settings() { # FILE
    local line
    while read -r line; do
        [[ $line =~ ^([A-Z][A-Za-z0-9_]*)= ]] || continue
        [[ -v ${BASH_REMATCH[1]} ]] || export "${line?}"
    done <"$1"
    # containers forbid ranks to read each other's memory, and Open MPI complains at every large message
    export OMPI_MCA_btl_vader_single_copy_mechanism="${OMPI_MCA_btl_vader_single_copy_mechanism:-none}"
    export OMPI_MCA_smsc="${OMPI_MCA_smsc:-^cma}"
}

# SIGTERM or Ctrl-C: mpirun would answer either by killing the ranks after 2 s, but it passes on SIGUSR1.
stop() { # exit code
    if [[ -z $mpirun ]]; then exit "$1"; fi
    if [[ -n $stopped ]]; then
        say "asked a second time; killing the ranks"
        kill -KILL "$mpirun" 2>/dev/null
        return
    fi
    stopped=$1
    say "asked to stop; the ranks have $grace_s s for a checkpoint"
    end_job USR1 "$((grace_s + 1))" & # ranks end themselves when the grace is over
    helpers+=("$!")
}

# Ends mpirun by a signal, by SIGTERM if that is not enough after some time, and 3 s later by SIGKILL.
end_job() { # SIGNAL SECONDS
    kill "-$1" "$mpirun"
    nap "$2"
    kill -0 "$$" && kill -TERM "$mpirun"
    nap 3
    kill -0 "$$" && kill -KILL "$mpirun"
} 2>/dev/null

# Starts mpirun in a session of its own, since Ctrl-C must reach it through this program only; it ends if this one is killed.
start_mpirun() {
    local host ranks=0 promises=() with_us=()
    for host in "${used[@]}"; do
        echo "$host slots=${slots[$host]}"
        ranks=$((ranks + slots[$host]))
    done >"$scratch/hostfile"
    [[ " ${arguments[*]} " == *" --expect-ranks"* ]] || promises+=(--expect-ranks "$ranks")
    [[ " ${arguments[*]} " == *" --grace"* ]] || promises+=(--grace "${grace_s}s")
    [[ " ${arguments[*]} " == *" --expect-hosts"* ]] || promises+=(--expect-hosts "${#used[@]}")
    if command -v setpriv >/dev/null; then with_us=(setpriv --pdeathsig TERM); fi
    say "starting $ranks ranks on ${#used[@]} hosts"
    setsid "${with_us[@]}" mpirun --hostfile "$scratch/hostfile" -np "$ranks" -x "LAPILLI_RUN=$run_id" \
        "$program" "${arguments[@]}" "${promises[@]}" </dev/null &
    mpirun=$!
}

# Ends a run that has lost a host and does not know it: Open MPI 4.1 hangs for ever after it has lost two at once. A host that is
# alive answers by ssh and has a process of this run. Progress, to which all ranks belong, is a sign of life of all hosts: where they
# or this one are too busy for ssh, there is no other; but it is not asked for, since it may take its time. With --elastic, ends
# the run also for hosts that answer again.
watch_hosts() {
    local host state lost returned back=0 progress before='' seen=$SECONDS
    local start_s=40 # until ranks appear, on slow disks
    local -A answered=() ran=()
    for host in "${used[@]}"; do answered[$host]=$SECONDS ran[$host]=$((SECONDS + start_s)); done
    while nap "$check_s" && kill -0 "$$" 2>/dev/null; do # or the launcher was killed, and mpirun with it
        while read -r host state; do
            answered[$host]=$SECONDS
            [[ $state != runs ]] || ran[$host]=$SECONDS
        done < <(where "if grep -qs LAPILLI_RUN=$run_id /proc/[0-9]*/environ; then echo runs; fi" "${used[@]}")
        progress=$(progress_trace)
        if [[ $progress != "$before" ]]; then # at the latest look it was not there yet
            for host in "${used[@]}"; do
                ((answered[$host] >= seen)) || answered[$host]=$seen
                ((ran[$host] >= seen)) || ran[$host]=$seen
            done
        fi
        before=$progress seen=$SECONDS lost=()
        for host in "${used[@]}"; do
            ((SECONDS - answered[$host] < lost_s && SECONDS - ran[$host] < lost_s)) || lost+=("$host")
        done
        if ((${#lost[@]} > 0)); then
            say "no answer from ${lost[*]}, or no rank there, for $lost_s s; ending mpirun"
            end_job TERM 3
            return
        fi
        if $elastic && ((${#dropped[@]} > 0)); then
            returned=$(where true "${dropped[@]}")
            if [[ -n $returned ]]; then back=$((back + 1)); else back=0; fi
            if ((back >= 3)); then
                say "there again: ${returned//[[:space:]]/ }- stopping at a checkpoint to take them in"
                end_job USR1 "$((grace_s + 1))"
                return
            fi
        fi
    done
}

# Runs the program once on the hosts in use. Returns the exit code of mpirun.
run_job() {
    local code
    run_id=$HOSTNAME.$$.$SECONDS.$RANDOM
    start_mpirun
    watch_hosts &
    helpers+=("$!")
    while :; do
        wait "$mpirun"
        code=$?
        kill -0 "$mpirun" || break # else a signal interrupted the waiting
    done 2>/dev/null
    mpirun=
    kill "${helpers[@]}" 2>/dev/null
    wait "${helpers[@]}" 2>/dev/null
    helpers=()
    return "$code"
}
