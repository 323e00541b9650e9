# shellcheck shell=bash disable=SC2154 # it shares the variables of install_k3s.sh
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of install_k3s.sh: the two secrets of a cluster. Servers join with the token, agents with the agent token, which cannot make a
# server. They live in files for root and in variables of this shell: in no argument, no environment of a program, no message.

token=${K3S_TOKEN:-} token_file=${K3S_TOKEN_FILE:-} agent_token=${K3S_AGENT_TOKEN:-}
unset K3S_TOKEN K3S_TOKEN_FILE K3S_AGENT_TOKEN # else all programs would inherit them, and the installer of K3s keep them

# From --token-file (- is standard input) or as K3s' own installer takes them. A server's file has its token in the first line and
# the agents' in the second.
read_tokens() { # server|agent
    if [[ $token_file == - ]]; then
        { read -r token && read -r agent_token; } || true
    elif [[ -n $token_file ]]; then
        [[ -r $token_file ]] || stop 2 "the token file $token_file cannot be read; expected a file with the token in its first line"
        { read -r token && read -r agent_token; } <"$token_file" || true
    fi
    [[ $token$agent_token =~ ^[[:graph:]]*$ ]] || stop 2 "the token has spaces or control characters in it; expected one word"
    if [[ $1 == agent ]]; then
        [[ $token != *::server:* ]] || stop 2 "that is the token of a server; expected the agents' token, which is in \
/var/lib/rancher/k3s/server/agent-token of a server; an agent is not to know the other"
        [[ -n $token || -s $etc/token ]] || $plan ||
            stop 2 "there is no token; expected that of /var/lib/rancher/k3s/server/agent-token of a server; give it with --token-file"
    fi
}

new_secret() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }

write_tokens() { # server|agent
    if [[ $1 == server ]]; then
        [[ -z $token || ! -s $etc/token || $(<"$etc/token") == "$token" ]] || [[ -n $url ]] ||
            stop 2 "this server has another token already; expected the same, or none; change it with: k3s token rotate"
        if [[ -s $etc/token ]]; then token=$(<"$etc/token"); fi
        if [[ -s $etc/agent-token ]]; then agent_token=$(<"$etc/agent-token"); fi
        [[ -z $url || -n $token || $plan == true ]] ||
            stop 2 "there is no token; expected that of /var/lib/rancher/k3s/server/token of the first server; give it with --token-file"
        token=${token:-$(new_secret)} agent_token=${agent_token:-$(new_secret)}
        put_file 'write the token of the agents' "$etc/agent-token" "$agent_token"
    fi
    [[ -z $token ]] || put_file 'write the token' "$etc/token" "$token"
}
