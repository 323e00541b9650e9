# shellcheck shell=bash disable=SC2154 # it shares the variables of install_k3s.sh
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of install_k3s.sh: packages of Debian, Ubuntu, Fedora, Rocky and SUSE for shared folders and downloads.

# What stands for a package: a program that only it brings.
has_program() { command -v "$1" >/dev/null; }

install_packages() {
    local missing=() family
    family=$(package_family)
    if [[ $storage != none && $storage != hostpath ]] && ! has_program mount.nfs; then
        missing+=("$(package_of nfs "$family")")
    fi
    # in some families both are one package
    if exports_here && ! has_program exportfs && [[ ${missing[*]-} != "$(package_of nfs_server "$family")" ]]; then
        missing+=("$(package_of nfs_server "$family")")
    fi
    if [[ -z $airgap ]] && ! has_program curl; then missing+=(curl ca-certificates); fi
    ((${#missing[@]} > 0)) || return 0
    [[ $family != unknown ]] || stop 2 "there is no apt-get, dnf or zypper here; install what corresponds to ${missing[*]} by hand"
    change "install packages: ${missing[*]}" add_packages "$family" "${missing[@]}"
}

package_family() {
    local program
    for program in apt-get dnf zypper; do
        if command -v "$program" >/dev/null; then echo "$program" && return; fi
    done
    echo unknown
}
package_of() { # nfs|nfs_server FAMILY
    case $2:$1 in
        apt-get:nfs | unknown:nfs) echo nfs-common ;;
        dnf:*) echo nfs-utils ;;
        zypper:nfs) echo nfs-client ;;
        *) echo nfs-kernel-server ;;
    esac
}

add_packages() { # FAMILY PACKAGE...
    local family=$1 log=$scratch/log
    shift
    if ! case $family in
        apt-get)
            apt_get update && apt_get install --yes --no-install-recommends "$@"
            ;;
        dnf) dnf --quiet --assumeyes install "$@" ;;
        zypper) zypper --quiet --non-interactive install "$@" ;;
    esac >"$log" 2>&1 </dev/null; then
        tail -n 3 "$log" >&2
        stop 1 "$family could not install $*; expected its package sources to answer; set them right or install these by hand \
(--storage none needs no NFS)"
    fi
}
apt_get() { DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@"; }
