# shellcheck shell=bash disable=SC2034,SC2154 # it shares the variables of the scripts that it is part of
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of install_k3s.sh, import_image.sh, hostfile.sh: what is done on hosts, by ssh, as root, and for a limited time.

remote=.lapilli-node # folder in the home of the user there

# The command that reaches a host; it asks nothing, and takes the key of a host that it sees for the first time.
use_ssh() {
    read -r -a ssh <<<"$ssh_command"
    ssh+=(-o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=5 -o ServerAliveCountMax=3 -o StrictHostKeyChecking=accept-new)
}
ask_shell() { # HOST'S NUMBER, SECONDS, COMMAND
    local i=$1
    bounded "$2" "${ssh[@]}" ${ports[i]:+-p "${ports[i]}"} "${users[i]:+${users[i]}@}${hosts[i]}" "$3"
}

# Runs a command as root on a host. Standard input goes along: secrets must go that way.
on() { # HOST'S NUMBER, SECONDS, WORD...
    local i=$1 limit=$2 command
    shift 2
    printf -v command '%q ' "$@"
    # shellcheck disable=SC2016 # for the shell there
    ask_shell "$i" "$limit" 'if [ "$(id -u)" -eq 0 ]; then sudo=; else sudo="sudo -n"; fi; $sudo '"$command"
}
# A verb of install_k3s.sh on a host; a step there may wait for --wait seconds, and a few of them follow each other.
there() { # HOST'S NUMBER, VERB, OPTION...
    local i=$1
    shift
    on "$i" $((3 * wait_s + 1200)) bash "$remote/scripts/owner/install_k3s.sh" "$@"
}

briefly() { echo $((wait_s < 10 ? wait_s : 10)); } # for hosts that should be up
now_ms() {
    local now
    now=$(date +%s%3N)
    [[ $now =~ ^[0-9]{13}$ ]] || now=$(date +%s)500 # macOS
    echo "$now"
}

# Waits until a host answers, and learns by how much its clock differs. What will not heal is said at once.
reach() { # HOST'S NUMBER, SECONDS
    local i=$1 until=$((SECONDS + $2)) before answer=''
    while :; do
        before=$(now_ms)
        if answer=$(ask_shell "$i" 30 'date +%s%3N' 2>"$scratch/$i.ssh" </dev/null) && [[ ${answer##*$'\n'} =~ ^[0-9]+$ ]]; then break; fi
        answer=$(tail -n 1 "$scratch/$i.ssh" | tr -d '\r')
        case $answer in
            *': Permission denied ('*) stop 2 "${hosts[i]} does not let ${users[i]:-you} in: $answer; expected ssh with a key; \
set user= in the inventory, or --ssh 'ssh -i KEY'" ;;
            *'verification failed'*) stop 2 "${hosts[i]} has another key than before; if it was made anew: ssh-keygen -R ${hosts[i]}" ;;
        esac
        ((SECONDS < until)) || stop 1 "${hosts[i]} does not answer to ssh for $2 s (${answer:-no answer}); is it switched on, and is its \
address right?"
        sleep 2
    done
    # the middle of question and answer
    echo $((${answer##*$'\n'} - (before + $(now_ms)) / 2)) >"$scratch/$i.clock"
    on "$i" 30 true 2>"$scratch/$i.ssh" </dev/null ||
        stop 2 "${users[i]:-the user} of ${hosts[i]} may not become root without a password ($(tail -n 1 "$scratch/$i.ssh")); \
expected root or a rule for sudo with NOPASSWD"
}

# Brings this script to a host.
send_scripts() { # HOST'S NUMBER
    local file parts=()
    for file in scripts/owner/install_k3s.sh scripts/limits.sh scripts/owner/k3s scripts/owner/install_guard.sh scripts/owner/guard \
        k8s/namespace k8s/storage k8s/guard; do
        [[ ! -e $source_folder/$file ]] || parts+=("$file")
    done
    (cd "$source_folder" && COPYFILE_DISABLE=1 tar -cf - "${parts[@]}") |
        ask_shell "$1" 120 "umask 077 && mkdir -p $remote && tar -C $remote -xf - --no-same-owner" ||
        stop 1 "the script could not be copied to ${hosts[$1]} (the message stands above); expected space in the home there; try again"
}
# Brings files that are not there yet, each whole or not at all.
send_files() { # HOST'S NUMBER, FOLDER THERE, FILE...
    local i=$1 folder=$remote/$2 file name have
    shift 2
    have=$(ask_shell "$i" 300 "umask 077 && mkdir -p $folder && cd $folder && { cksum * 2>/dev/null || true; }" </dev/null) ||
        stop 1 "${hosts[i]} does not tell which files it has; try again"
    for file; do
        name=${file##*/}
        [[ $'\n'$have$'\n' != *$'\n'"$(cksum <"$file") $name"$'\n'* ]] || continue
        ask_shell "$i" 3600 "umask 077 && cd $folder && cat >'$name.part' && mv '$name.part' '$name'" <"$file" ||
            stop 1 "$name could not be copied to ${hosts[i]} (the message stands above); expected space in the home there; try again"
    done
}

# Does something to many hosts at once. What each of them says and answers is then in $scratch/NUMBER.err and .out, its code in .code.
each() { # FUNCTION, HOST'S NUMBER...
    local work=$1 i
    shift
    for i; do
        touch "$scratch/$i.facts"
        (
            trap - EXIT
            code=0
            ("$work" "$i") >"$scratch/$i.out" 2>"$scratch/$i.err" </dev/null || code=$?
            echo $code >"$scratch/$i.code"
            [[ $code -eq 0 ]] || report "$i"
        ) &
    done
    wait
}
succeeded() { [[ $(cat "$scratch/$1.code" 2>/dev/null) == 0 ]]; }
# Why it did not go well there: the error that was said last, else the last line.
sentence_of() { # HOST'S NUMBER
    local line
    line=$(sed -n 's/^[a-z0-9_]*: error: //p' "$scratch/$1.err" | tail -n 1)
    [[ -n $line ]] || line=$(grep -v '^ *$' "$scratch/$1.err" | tail -n 1)
    echo "error: ${line:-it ended with code $(cat "$scratch/$1.code" 2>/dev/null)}"
}
# With the words of another program, if the sentence speaks of them.
report() { # HOST'S NUMBER
    local sentence
    sentence=$(sentence_of "$1")
    if [[ $sentence == *' above)'* ]]; then
        grep -v '^ *$\|^[a-z0-9_]*_[a-z0-9]*: ' "$scratch/$1.err" | tail -n 3 | sed "s/^/    ${hosts[$1]}: /" >&2
    fi
    say "${roles[$1]} ${hosts[$1]}: $sentence"
}
fact() { sed -n "s/^$2 //p" "$scratch/$1.facts" 2>/dev/null | sed -n 1p; } # HOST'S NUMBER, WHICH
