# shellcheck shell=bash disable=SC2034,SC2154 # it shares the variables of install_k3s.sh
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of install_k3s.sh: the host that it runs on, what is known of it, and what K3s needs of it.

# LAPILLI_ROOT stands for / in tests.
root_folder=${LAPILLI_ROOT:-}
etc=$root_folder/etc/rancher/k3s
data=$root_folder/var/lib/rancher/k3s
bin=$root_folder/usr/local/bin
units=$root_folder/etc/systemd/system
state=$root_folder/var/lib/lapilli # what uninstall has to take back
shared=$root_folder/srv/lapilli
PATH=$PATH:$bin:$root_folder/usr/sbin:$root_folder/sbin # not in that of every su and sudo

node_name() { hostname | tr '[:upper:]' '[:lower:]'; }
architecture() {
    case $(uname -m) in
        x86_64 | amd64) echo amd64 ;;
        aarch64 | arm64) echo arm64 ;;
        *) uname -m ;;
    esac
}
has_default_route() { [[ -n $(ip -o route show default; ip -o -6 route show default 2>/dev/null) ]]; }
has_cgroup_v2() { [[ $(stat -fc %T "$root_folder/sys/fs/cgroup" 2>/dev/null) == cgroup2fs ]]; }

# The address by which the other nodes know this one: as told, else that of the interface as told, else that of the default route.
node_address() {
    if [[ -n $node_ip ]]; then
        echo "$node_ip"
    elif [[ -n $flannel_iface ]]; then
        ip -o addr show dev "$flannel_iface" scope global | sed -n '1s/.* inet6\{0,1\} \([^ /]*\).*/\1/p'
    else
        ip -o route get 192.0.2.1 2>/dev/null | sed -n 's/.* src \([^ ]*\).*/\1/p'
    fi
}
networks() {
    ip -o -4 addr show scope global | sed -n 's/^[0-9]*: *\([^ ]*\) *inet \([^ /]*\).*/\1:\2/p' |
        grep -Ev '^(cni|flannel|docker|veth|kube)' | tr '\n' ' '
}

# Of K3s: the unit that there is, and the version of the binary.
unit() {
    local name
    for name in k3s k3s-agent; do [[ ! -e $units/$name.service ]] || echo $name; done | sed -n 1p
}
installed_version() { [[ ! -x $bin/k3s ]] || "$bin/k3s" --version 2>/dev/null | sed -n 's/^k3s version \([^ ]*\).*/\1/p'; }
is_running() { [[ -n $1 ]] && systemctl is-active --quiet "$1" 2>/dev/null; }

# One line for each fact, for people and for the script on the laptop.
print_facts() {
    local name
    name=$(unit)
    echo "name $(node_name)"
    # shellcheck source=/dev/null
    echo "system $(. "$root_folder/etc/os-release" 2>/dev/null && echo "${ID:-unknown} ${VERSION_ID:-}") $(architecture)"
    echo "address $(node_address)"
    echo "networks $(networks)"
    echo "k3s $(version=$(installed_version) && echo "${version:-none}")"
    case $name in
        '') echo 'service none' ;;
        *) echo "service $name $(is_running "$name" && echo active || echo inactive)" ;;
    esac
    if [[ -n $name ]]; then print_images; fi
}

# What K3s would stumble over later, in one sentence each.
check_host() { # server|agent
    local name installed
    [[ $(id -u) -eq 0 ]] || stop 2 "this needs root; run it with sudo"
    command -v systemctl >/dev/null || stop 2 "there is no systemd on this host; expected it for the service of K3s; take another host"
    [[ $(architecture) == a??64 ]] || stop 2 "this host is $(uname -m); expected x86_64 or aarch64; take another host"
    name=$(node_name)
    [[ $name =~ ^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$ && $name != localhost ]] ||
        stop 2 "this host is called '$name'; expected a name of its own of a-z, 0-9, '-' and '.'; give it one with hostnamectl set-hostname"
    has_default_route || stop 2 "this host has no default route; K3s needs one to choose its address, also where it leads nowhere; \
add it: ip route add default via ADDRESS"
    [[ -n $(node_address) ]] || stop 2 "this host has no address${flannel_iface:+ on $flannel_iface}; expected one for the other nodes; \
give it with --node-ip, or another interface with --flannel-iface"
    has_cgroup_v2 || $allow_cgroup_v1 || stop 2 "this host has version 1 of control groups, which Kubernetes 1.35 refuses; expected \
version 2; boot with systemd.unified_cgroup_hierarchy=1, or use --allow-cgroup-v1"
    if $docker; then
        docker info >/dev/null 2>&1 || stop 2 "docker does not answer on this host; expected it to run for --docker; install and start it"
    fi
    installed=$(unit)
    [[ -z $installed || $installed == "$(unit_of "$1")" ]] ||
        stop 2 "this host has $installed already; expected none, or the same part; uninstall it first: install_k3s.sh uninstall"
    [[ -z $installed ]] || is_ours || stop 2 "K3s was installed on this host by other means; expected none, or one of this script; \
uninstall it first: install_k3s.sh uninstall"
    installed=$(installed_version)
    [[ -z $installed || $(printf '%s\n' "$installed" "$K3S_VERSION" | sort -V | tail -n 1) == "$K3S_VERSION" ]] ||
        stop 2 "K3s $installed is newer than $K3S_VERSION of this script; expected the same or an older one; take a newer Lapilli"
    check_volume
}
unit_of() { if [[ $1 == server ]]; then echo k3s; else echo k3s-agent; fi; }
