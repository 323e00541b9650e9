# shellcheck shell=bash
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of build_wheel.sh and of tests: a bare Debian in a folder, to run programs in. It needs root, and make_debian.sh.

unpack_debian() { # FOLDER RELEASE
    local archive
    archive=$("$(dirname "${BASH_SOURCE[0]}")/make_debian.sh" "$2") || return
    mkdir -p "$1"
    tar -xpf "$archive" -C "$1" --numeric-owner --exclude='./dev/*'
    cp --dereference /etc/resolv.conf "$1/etc/" # of this machine's network, like the certificates that it trusts
    if [[ -r /etc/ssl/certs/ca-certificates.crt ]]; then cp --dereference /etc/ssl/certs/ca-certificates.crt "$1/etc/ssl/certs/"; fi
}

# A command in that Debian, with processes, devices and a network; mounts end with it.
enter_debian() { # FOLDER USER COMMAND...
    # shellcheck disable=SC2016 # the inner shell expands them
    unshare --mount --pid --fork --kill-child bash -c '
        root=$1 user=$2 && shift 2 && mount -t proc proc "$root/proc" && mount --rbind /dev "$root/dev" && mount -t tmpfs tmpfs "$root/tmp" &&
        exec chroot "$root" setpriv --reuid "$user" --regid "$user" --clear-groups \
            env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/home DEBIAN_FRONTEND=noninteractive "$@"' enter "$@"
}
