# shellcheck shell=bash disable=SC2034,SC2154 # it shares the variables of install_k3s.sh
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of install_k3s.sh: its options, of the command line and of inventories.

inventory='' kubeconfig=${HOME:-}/.kube/lapilli.yaml ssh_command=ssh forced=false
url=${K3S_URL:-} node_ip='' nodes=() forget='' tls_san=() labels=() taint=false cluster_init=false plain=false with_guard=true
plan=false wait_s=300 airgap='' checksum='' docker=false storage=nfs image='' registry='' flannel_iface='' allow_cgroup_v1=false
traefik=false
role='' # of this host
unset K3S_URL # else the installer of K3s would keep it, too

verb='' words=() given=' '
with_value=" --inventory --kubeconfig --ssh --url --token-file --node-ip --nodes --forget --tls-san --label --role --wait --airgap \
--checksum --storage --image --registry --flannel-iface "
of_inventories=" --docker --traefik --allow-cgroup-v1 --no-guard --wait --airgap --checksum --storage --image --registry --flannel-iface \
--kubeconfig "

set_option() { # WHERE OPTION VALUE
    local what="$1$2 " address='[0-9a-fA-F.:]+'
    case $2 in
        --inventory) inventory=$3 ;;
        --kubeconfig) kubeconfig=$3 ;;
        --ssh) ssh_command=$3 ;;
        --url) check_word "$what" "$3" "https://([[:alnum:]._-]+|\[$address\])(:[0-9]+)?" 'https://HOST:6443' && url=$3 ;;
        --token-file) token_file=$3 ;;
        --node-ip) check_word "$what" "$3" "$address" 'an address, e.g. 10.0.0.4' && node_ip=$3 ;;
        --nodes)
            check_word "$what" "$3" "$address(/[0-9]+)?(,$address(/[0-9]+)?)*" 'addresses, e.g. 10.0.0.4,10.0.0.5, or networks'
            IFS=, read -r -a nodes <<<"$3"
            ;;
        --forget) check_word "$what" "$3" "$address" 'an address' && forget=$3 ;;
        --tls-san) check_word "$what" "$3" '[[:alnum:].:_-]+' 'a name or an address' && tls_san+=("$3") ;;
        --label) check_word "$what" "$3" '[[:alnum:]./_-]+=[[:alnum:]._-]*' 'KEY=VALUE' && labels+=("$3") ;;
        --role) check_word "$what" "$3" 'server|agent' 'server or agent' && role=$3 ;;
        --wait) check_word "$what" "$3" '[1-9][0-9]{0,4}' 'seconds, e.g. 300' && wait_s=$3 ;;
        --airgap) airgap=$3 ;;
        --checksum) check_word "$what" "$3" '[0-9a-f]{64}' 'the 64 digits that sha256sum prints' && checksum=$3 ;;
        --storage) check_storage "$what" "$3" && storage=$3 ;;
        --image) image=$3 ;;
        --registry) check_registry "$what" "$3" && registry=$3 ;;
        --flannel-iface) check_word "$what" "$3" '[[:alnum:]._-]+' 'the name of an interface, e.g. eth1' && flannel_iface=$3 ;;
    esac
}
set_flag() { # OPTION
    case $1 in
        --force) forced=true ;;
        --taint) taint=true ;;
        --cluster-init) cluster_init=true ;;
        --plain) plain=true ;;
        --no-guard) with_guard=false ;;
        --plan) plan=true ;;
        --docker) docker=true ;;
        --traefik) traefik=true ;;
        --allow-cgroup-v1) allow_cgroup_v1=true ;;
        *) return 1 ;;
    esac
}

# Of a line of the inventory; what was said on the command line counts more.
inventory_option() { # WHERE NAME[=VALUE]
    local name=--${2%%=*}
    [[ $of_inventories == *" $name "* ]] ||
        stop 2 "$1'$2' is no option for an inventory; expected one of the whole cluster, e.g. option storage=none"
    if [[ $given == *" $name "* ]]; then return; fi
    if [[ $with_value == *" $name "* ]]; then
        [[ $2 == *=?* ]] || stop 2 "$1'$2' has no value; expected option ${2%%=*}=VALUE"
        set_option "$1" "$name" "${2#*=}"
    else
        [[ $2 != *=* ]] || stop 2 "$1'$2' has a value; expected option ${2%%=*}"
        set_flag "$name"
    fi
}

read_options() { # of the command line
    while [[ $# -gt 0 ]]; do
        case $1 in
            --help | -h) echo "$usage" && exit 0 ;;
            --*=*)
                set -- "${1%%=*}" "${1#*=}" "${@:2}"
                continue
                ;;
            -*)
                given+="$1 "
                if [[ $with_value == *" $1 "* ]]; then
                    [[ -n ${2:-} ]] || stop 2 "$1 needs a value; see scripts/install_k3s.sh --help"
                    set_option '' "$1" "$2"
                    shift
                else
                    set_flag "$1" || stop 2 "$1 is unknown; see scripts/install_k3s.sh --help"
                fi
                ;;
            *) if [[ -z $verb ]]; then verb=$1; else words+=("$1"); fi ;;
        esac
        shift
    done
}
