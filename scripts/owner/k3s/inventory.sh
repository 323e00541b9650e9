# shellcheck shell=bash disable=SC2034,SC2154 # it shares the variables of the scripts that it is part of
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of install_k3s.sh, import_image.sh, hostfile.sh: the inventory, a file that says of which hosts a cluster is made.
#   server HOST [user=NAME] [ip=ADDRESS] [port=N] [labels=KEY=VALUE,...]
#   agent HOST ...
#   option NAME[=VALUE]      an option of install_k3s.sh cluster, without its dashes
# HOST is what ssh calls it, ip its address among the nodes. Empty lines and what follows a # do not count.

hosts=() roles=() users=() ips=() ports=() host_labels=() # of all hosts, in the order of the inventory

# For those whom they do not concern; options.sh has another one.
inventory_option() { :; }

check_word() { # WHERE WORD PATTERN EXPECTED
    local pattern="^($3)\$"
    [[ $2 =~ $pattern ]] || stop 2 "$1'$2' is not possible; expected $4"
}

# A host, by the words of its line.
add_host() { # WHERE ROLE HOST [KEY=VALUE...]
    local where=$1 role=$2 host=${3:-} user='' ip='' port='' labels='' word
    check_word "$where" "$host" '[[:alnum:]][[:alnum:].:_-]*' "the name or address of a host behind $role, e.g. $role 10.0.0.4 user=debian"
    [[ " ${hosts[*]-} " != *" $host "* ]] || stop 2 "$where$host is there twice; expected each host once; remove one of its lines"
    shift 3
    for word; do
        case $word in
            user=*) check_word "$where" "$word" 'user=[[:alnum:]_][[:alnum:]._-]*' 'user=NAME' && user=${word#*=} ;;
            ip=*) check_word "$where" "$word" 'ip=[0-9a-fA-F.:]+' 'ip=ADDRESS, e.g. ip=10.0.0.4' && ip=${word#*=} ;;
            port=*) check_word "$where" "$word" 'port=[1-9][0-9]{0,4}' 'port=N, e.g. port=2222' && port=${word#*=} ;;
            labels=*)
                check_word "$where" "$word" 'labels=[[:alnum:]./_-]+=[[:alnum:]._-]*(,[[:alnum:]./_-]+=[[:alnum:]._-]*)*' \
                    'labels=KEY=VALUE,...'
                labels=${word#*=}
                ;;
            *) stop 2 "$where'$word' is unknown; expected user=, ip=, port= or labels=, e.g. $role 10.0.0.4 user=debian" ;;
        esac
    done
    hosts+=("$host") roles+=("$role") users+=("$user") ips+=("$ip") ports+=("$port") host_labels+=("$labels")
}

read_inventory() { # FILE
    local line words number=0
    [[ -n $1 ]] || stop 2 "it is not said which hosts; expected --inventory FILE with lines such as 'server 10.0.0.4 user=debian'"
    [[ -f $1 && -r $1 ]] || stop 2 "the inventory $1 cannot be read; expected lines such as 'server 10.0.0.4 user=debian'"
    while read -r line || [[ -n $line ]]; do
        number=$((number + 1)) words=()
        read -r -a words <<<"${line%%#*}"
        case ${words[0]:-} in
            '') ;;
            server | agent) add_host "$1:$number: " "${words[@]}" ;;
            option)
                [[ ${#words[@]} -eq 2 ]] || stop 2 "$1:$number: expected option NAME or option NAME=VALUE, e.g. option storage=none"
                inventory_option "$1:$number: " "${words[1]}"
                ;;
            *) stop 2 "$1:$number: '${words[0]}' is unknown; expected server, agent or option, e.g. agent 10.0.0.5 user=debian" ;;
        esac
    done <"$1"
    [[ ${#hosts[@]} -gt 0 ]] || stop 2 "the inventory $1 names no host; expected lines such as 'server 10.0.0.4 user=debian'"
}

count() { # ROLE
    local role n=0
    for role in "${roles[@]}"; do [[ $role != "$1" ]] || n=$((n + 1)); done
    echo "$n"
}
check_counts() {
    case $(count server) in
        1 | 3) ;;
        0) stop 2 "the inventory has no server; expected 1, or 3 of which one may fail; make one of its lines 'server HOST'" ;;
        *) stop 2 "the inventory has $(count server) servers; expected 1, or 3 of which one may fail; change lines to 'agent HOST'" ;;
    esac
}
all_hosts() { seq 0 $((${#hosts[@]} - 1)); }
# Numbers of the hosts of a role.
with_role() { # ROLE
    local i
    for ((i = 0; i < ${#hosts[@]}; i++)); do [[ ${roles[i]} != "$1" ]] || echo "$i"; done
}
